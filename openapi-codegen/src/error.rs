//! What can go wrong, told so that it can be mended.

use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::refusal::{self, Refusal};

/// Why no code was generated, or why the code on disk is not what it should be.
#[derive(Debug)]
pub struct Error {
    kind: Box<Kind>,
}

#[derive(Debug)]
enum Kind {
    Read { path: PathBuf, cause: io::Error },
    Write { path: PathBuf, cause: io::Error },
    Refused(Vec<Refusal>),
    Name(String),
    NoFormatter(io::Error),
    Format(String),
    ByHand(PathBuf),
    Drift { files: Vec<String>, command: String },
}

impl Error {
    pub(crate) fn read(path: &Path, cause: io::Error) -> Self {
        Self::of(Kind::Read {
            path: path.to_owned(),
            cause,
        })
    }

    pub(crate) fn write(path: &Path, cause: io::Error) -> Self {
        Self::of(Kind::Write {
            path: path.to_owned(),
            cause,
        })
    }

    /// Refusals in the order of the document, each told once however often its place was reached.
    pub(crate) fn refused(mut refusals: Vec<Refusal>) -> Self {
        refusals.sort_by(|a, b| a.line().cmp(&b.line()).then_with(|| a.what().cmp(b.what())));
        refusals.dedup();
        Self::of(Kind::Refused(refusals))
    }

    pub(crate) fn name(name: &str) -> Self {
        Self::of(Kind::Name(name.to_owned()))
    }

    pub(crate) fn no_formatter(cause: io::Error) -> Self {
        Self::of(Kind::NoFormatter(cause))
    }

    pub(crate) fn format(reason: String) -> Self {
        Self::of(Kind::Format(reason))
    }

    pub(crate) fn by_hand(path: &Path) -> Self {
        Self::of(Kind::ByHand(path.to_owned()))
    }

    pub(crate) fn drift(files: Vec<String>, command: &str) -> Self {
        Self::of(Kind::Drift {
            files,
            command: command.to_owned(),
        })
    }

    fn of(kind: Kind) -> Self {
        Self { kind: Box::new(kind) }
    }

    /// What the generator refuses in the document; empty when that was not the reason.
    #[must_use]
    pub fn refusals(&self) -> &[Refusal] {
        match &*self.kind {
            Kind::Refused(refusals) => refusals,
            _ => &[],
        }
    }

    /// Whether files on disk differ from what their document generates. Run the generator and commit the result.
    #[must_use]
    pub fn is_drift(&self) -> bool {
        matches!(*self.kind, Kind::Drift { .. })
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.kind {
            Kind::Read { path, cause } => write!(f, "can't read {}: {cause}", path.display()),
            Kind::Write { path, cause } => write!(f, "can't write {}: {cause}", path.display()),
            Kind::Refused(refusals) => f.write_str(&refusal::listed(refusals)),
            Kind::Name(name) => write!(
                f,
                "`{name}` can't be the name of a client or of a type of its own; write it LikeThis, and not like a \
                 type of Rust or of the generated code"
            ),
            Kind::NoFormatter(cause) => {
                write!(
                    f,
                    "can't run rustfmt ({cause}); install it with `rustup component add rustfmt`"
                )
            }
            Kind::Format(reason) => write!(f, "rustfmt refused generated code: {reason}"),
            Kind::ByHand(path) => write!(
                f,
                "{} is not generated, and would be lost; move it away, or choose a folder for generated code alone",
                path.display()
            ),
            Kind::Drift { files, command } => write!(
                f,
                "generated code is not what its document says: {}; run `{command}` and commit the result",
                files.join(", ")
            ),
        }
    }
}

impl StdError for Error {}
