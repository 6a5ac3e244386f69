use super::error::{Error, Kind};
use crate::auth::{Role, Tokens};
use crate::catalogue::Catalogue;
use crate::faults::Faults;
use crate::import::{self, ImportError, ImportOptions, Report, Source};
use crate::store::Store;
use event_messaging::clock;
use std::fmt;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// How long the tokens of [`Running::token`] are good.
const TOKEN_LIFETIME: Duration = Duration::from_secs(12 * 60 * 60);

/// A started server. Dropping it stops it without waiting; [`shutdown`](Self::shutdown) lets it finish.
pub struct Running {
    address: SocketAddr,
    catalogue: Catalogue,
    tokens: Tokens,
    faults: Faults,
    store: Store,
    tasks: Tasks,
}

pub(super) struct Tasks {
    pub(super) stop: watch::Sender<bool>,
    pub(super) serving: JoinHandle<()>,
    pub(super) relay: Option<JoinHandle<()>>,
    pub(super) scheduler: JoinHandle<()>,
    pub(super) drain_timeout: Duration,
}

/// How many events were written so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EventCounts {
    /// In the outbox: not handed to the broker yet, or not confirmed.
    pub waiting: u64,
    /// Confirmed by the broker.
    pub published: u64,
}

impl Running {
    pub(super) fn new(
        address: SocketAddr,
        catalogue: Catalogue,
        tokens: Tokens,
        faults: Faults,
        store: Store,
        tasks: Tasks,
    ) -> Self {
        Self {
            address,
            catalogue,
            tokens,
            faults,
            store,
            tasks,
        }
    }

    /// `http://127.0.0.1:PORT`. The business paths are under `/api/v1`, the health paths there and at the root.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Where the server listens.
    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.address
    }

    /// Makes a bearer token for a user of these roles, or for a service that holds these scopes (`products:read`),
    /// good for 12 hours.
    ///
    /// # Panics
    ///
    /// Never: signing with a key of this kind does not fail.
    #[must_use]
    pub fn token(&self, roles: &[Role], scopes: &[&str]) -> String {
        let subject = roles.first().map_or("service", |role| role.as_str());
        self.tokens
            .issue(subject, roles, scopes, TOKEN_LIFETIME)
            .expect("signing with HMAC does not fail")
    }

    /// The fault switches.
    #[must_use]
    pub fn faults(&self) -> &Faults {
        &self.faults
    }

    /// Imports a file, or whatever else the source names, in one transaction with its events.
    ///
    /// # Errors
    ///
    /// When the source cannot be read, part of it is refused and the import does not keep going, or the database
    /// fails. Nothing was imported then.
    ///
    /// # Cancel safety
    ///
    /// A dropped future has imported nothing; dropped while it commits, everything or nothing.
    pub async fn import(&self, source: Source, options: ImportOptions) -> Result<Report, ImportError> {
        import::import(&self.catalogue, source, options).await
    }

    /// How many events wait in the outbox, and how many were published; both at one moment.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn events(&self) -> Result<EventCounts, Error> {
        let counts = self
            .catalogue
            .events()
            .await
            .map_err(|cause| Error::new(Kind::Store(cause)))?;
        Ok(EventCounts {
            waiting: counts.pending,
            published: counts.sent,
        })
    }

    /// Stops the server: takes no new connection, lets requests that run end and events leave, for the drain timeout
    /// each, and closes the database.
    ///
    /// # Errors
    ///
    /// When the server had failed and answered no longer. All of it is stopped all the same.
    ///
    /// # Cancel safety
    ///
    /// A dropped future has told the server to stop, and does not wait for it.
    pub async fn shutdown(mut self) -> Result<(), Error> {
        self.tasks.stop.send_replace(true);
        self.tasks.scheduler.abort();
        let deadline = clock::now() + self.tasks.drain_timeout;
        let served = clock::until(deadline, &mut self.tasks.serving).await;
        if served.is_none() {
            tracing::warn!("requests that still ran were broken off");
            self.tasks.serving.abort();
        }
        if let Some(relay) = &mut self.tasks.relay {
            // It has a time limit of its own; one second more lets it write down what it has sent.
            let deadline = clock::now() + self.tasks.drain_timeout + Duration::from_secs(1);
            if clock::until(deadline, &mut *relay).await.is_none() {
                relay.abort();
            }
        }
        self.store.close().await;
        match served {
            Some(Err(cause)) => Err(Error::new(Kind::Serve(cause))),
            _ => Ok(()),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.tasks.stop.send_replace(true);
        self.tasks.scheduler.abort();
        if let Some(relay) = &self.tasks.relay {
            relay.abort();
        }
        self.tasks.serving.abort();
    }
}

impl fmt::Debug for Running {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Running")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}
