use crate::auth::KeyFileError;
use crate::store::{InvalidDatabase, StoreError};
use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::net::SocketAddr;

/// The server did not start, or did not stop well. `Display` says in one line what to do about it; the cause, where
/// there is one, is in `source()`.
#[derive(Debug)]
pub struct Error(Box<Kind>);

#[derive(Debug)]
pub(super) enum Kind {
    Address(String),
    NotLoopback(SocketAddr),
    PortInUse(SocketAddr),
    Listen(SocketAddr, io::Error),
    Setting(&'static str, &'static str),
    Database(InvalidDatabase),
    Open(String, StoreError),
    Store(StoreError),
    Key(KeyFileError),
    Sign(jsonwebtoken::errors::Error),
    Relay(event_messaging::Error),
    Serve(tokio::task::JoinError),
}

impl Error {
    pub(super) fn new(kind: Kind) -> Self {
        Self(Box::new(kind))
    }

    /// Whether the address was the reason: ill-formed, in use, not allowed.
    #[must_use]
    pub fn is_listen(&self) -> bool {
        matches!(
            *self.0,
            Kind::Address(_) | Kind::NotLoopback(_) | Kind::PortInUse(_) | Kind::Listen(..)
        )
    }

    /// Whether the database was the reason: ill-named, in a folder that does not exist, unreadable.
    #[must_use]
    pub fn is_database(&self) -> bool {
        matches!(*self.0, Kind::Database(_) | Kind::Open(..) | Kind::Store(_))
    }

    /// Whether the key file was the reason.
    #[must_use]
    pub fn is_key_file(&self) -> bool {
        matches!(*self.0, Kind::Key(_))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Kind::Address(text) => {
                write!(
                    f,
                    "“{text}” is not an address to listen on; name one such as 127.0.0.1:8080"
                )
            }
            Kind::NotLoopback(address) => write!(
                f,
                "{address} is not a loopback address, and this server signs its own tokens; listen on 127.0.0.1:{}",
                address.port()
            ),
            Kind::PortInUse(address) => write!(
                f,
                "the port of {address} is in use; stop the program that has it, or choose another, 0 for a free one"
            ),
            Kind::Listen(address, _) => write!(f, "cannot listen on {address}; choose another address"),
            Kind::Setting(name, must) => write!(f, "{name} must be {must}"),
            Kind::Database(invalid) => invalid.fmt(f),
            Kind::Open(database, _) => write!(
                f,
                "the database {database} cannot be opened; check that it is a catalogue of this server and may be \
                 written, or choose another"
            ),
            Kind::Store(_) => f.write_str("the database failed"),
            Kind::Key(cause) => cause.fmt(f),
            Kind::Sign(_) => f.write_str("the token could not be signed"),
            Kind::Relay(_) => f.write_str("the relay of events cannot work as it is configured"),
            Kind::Serve(_) => f.write_str("the server stopped answering"),
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &*self.0 {
            Kind::Address(_)
            | Kind::NotLoopback(_)
            | Kind::PortInUse(_)
            | Kind::Setting(..)
            | Kind::Database(_) => None,
            Kind::Listen(_, cause) => Some(cause),
            Kind::Serve(cause) => Some(cause),
            Kind::Open(_, cause) | Kind::Store(cause) => Some(cause),
            // Its own phrase is this error's.
            Kind::Key(cause) => cause.source(),
            Kind::Sign(cause) => Some(cause),
            Kind::Relay(cause) => Some(cause),
        }
    }
}
