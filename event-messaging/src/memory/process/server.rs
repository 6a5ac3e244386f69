use super::image::Image;
use super::journal::Journal;
use super::session;
use crate::memory::recorder::Recorder;
use crate::memory::{Broker, Log};
use std::fs;
use std::future::Future;
use std::io;
use std::path::Path;
use std::pin::pin;
use std::sync::Arc;
use tokio::net::UnixListener;
use tokio::task::JoinSet;

/// A broker and a log behind a socket: the whole of the server's program is
///
/// ```no_run
/// use event_messaging::memory::process::Server;
///
/// #[tokio::main]
/// async fn main() -> std::io::Result<()> {
///     let server = Server::bind("/tmp/broker.sock".as_ref(), Some("/tmp/broker.journal".as_ref()))?;
///     server.run(std::future::pending()).await
/// }
/// ```
#[derive(Debug)]
pub struct Server {
    listener: UnixListener,
    shared: Arc<Shared>,
}

/// What all sessions share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) broker: Broker,
    pub(super) log: Log,
    pub(super) journal: Option<Arc<Journal>>,
}

impl Server {
    /// A server at `socket`, whose file is made anew. With a `journal`, it begins with what that file says was there,
    /// and a message is confirmed when the file has it for certain; without, everything is gone with the process.
    ///
    /// The journal is written anew, without what is gone, whenever a server begins, and while it runs when the file has
    /// grown above 64 MiB and to twice of what it was then.
    ///
    /// # Errors
    ///
    /// When the socket cannot be made, or the journal not read and written. A journal whose last entry is not whole is
    /// none such: its writer was killed.
    pub fn bind(socket: &Path, journal: Option<&Path>) -> io::Result<Self> {
        match fs::remove_file(socket) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let listener = UnixListener::bind(socket)?;
        let mut image = Image::default();
        let mut writer = None;
        if let Some(path) = journal {
            image = Image::read(path)?;
            writer = Some(Journal::new(path, image.write(path)?)?);
        }
        let recorder = || writer.clone().map(|journal| journal as Arc<dyn Recorder>);
        let (broker, log) = (Broker::recorded_by(recorder()), Log::recorded_by(recorder()));
        image.restore(&broker, &log).map_err(io::Error::other)?;
        let shared = Shared {
            broker,
            log,
            journal: writer,
        };
        Ok(Self {
            listener,
            shared: Arc::new(shared),
        })
    }

    /// Sets the size, in bytes, above which the journal is written anew.
    #[must_use]
    pub fn with_journal_limit(self, bytes: u64) -> Self {
        if let Some(journal) = &self.shared.journal {
            journal.set_limit(bytes);
        }
        self
    }

    /// The broker, to be looked at from inside. What is declared here is not journalled.
    #[must_use]
    pub fn broker(&self) -> &Broker {
        &self.shared.broker
    }

    /// The log, to be looked at from inside. What is created here is not journalled.
    #[must_use]
    pub fn log(&self) -> &Log {
        &self.shared.log
    }

    /// Serves until `shutdown` completes; then, or when the future is dropped, all connections end.
    ///
    /// # Errors
    ///
    /// When connections cannot be accepted any more, or the journal not be written.
    pub async fn run(self, shutdown: impl Future<Output = ()>) -> io::Result<()> {
        let mut shutdown = pin!(shutdown);
        let mut sessions = JoinSet::new();
        let journal = self.shared.journal.clone();
        let mut broken = pin!(async {
            match &journal {
                Some(journal) => journal.failed().await,
                None => std::future::pending().await,
            }
        });
        loop {
            tokio::select! {
                () = &mut shutdown => return Ok(()),
                () = &mut broken => return Err(io::Error::other("the journal cannot be written")),
                accepted = self.listener.accept() => {
                    let (stream, _) = accepted?;
                    sessions.spawn(session::run(stream, Arc::clone(&self.shared)));
                }
                Some(_) = sessions.join_next(), if !sessions.is_empty() => {}
            }
        }
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        if let Some(journal) = &self.journal {
            journal.close();
        }
    }
}
