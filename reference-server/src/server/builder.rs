use super::Error;
use super::relay::Publish;
use super::running::Running;
use crate::auth::SigningKey;
use crate::clock::{Clock, ManualClock};
use crate::faults::Faults;
use event_messaging::{Publisher, RelayConfig};
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

/// Where the binary listens unless told otherwise. A server that is built in-process takes a free port of
/// `127.0.0.1`.
pub const DEFAULT_LISTEN: &str = "127.0.0.1:8080";

/// Where the binary keeps the catalogue unless told otherwise: a file in the folder where it is started. A server
/// that is built in-process keeps it in memory.
pub const DEFAULT_DATABASE: &str = "sqlite:product-service.sqlite";

/// A server to be started. Setters never fail; [`start`](Self::start) checks everything at once.
///
/// ```
/// use event_messaging::memory::Broker;
/// use reference_server::ReferenceServer;
/// use std::time::Duration;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let broker = Broker::new();
/// let queue = broker.declare_queue("my-service.catalogue", 10_000);
/// broker.bind("my-service.catalogue", "product.events", "product.#")?;
///
/// let server = ReferenceServer::builder()
///     .database("sqlite::memory:")
///     .publisher(broker)
///     .fault_seed(7)
///     .request_timeout(Duration::from_secs(5))
///     .start()
///     .await?;
/// # server.shutdown().await?;
/// # Ok(())
/// # }
/// ```
#[must_use = "a server that is not started does nothing"]
pub struct ReferenceServer {
    pub(super) listen: String,
    pub(super) database: String,
    pub(super) readers: u32,
    pub(super) key: KeySource,
    pub(super) body_limit: usize,
    pub(super) request_timeout: Duration,
    pub(super) keep_idempotency_keys: Duration,
    pub(super) drain_timeout: Duration,
    pub(super) faults: Faults,
    pub(super) clock: Clock,
    pub(super) publish: Option<Publish>,
    pub(super) relay: RelayConfig,
}

/// Where the key that signs tokens comes from.
#[derive(Clone, Debug)]
pub(super) enum KeySource {
    /// Made at the start, and gone with the server.
    Random,
    File(PathBuf),
    /// The file that the binary uses.
    DefaultFile,
}

impl ReferenceServer {
    /// A server with the defaults for a test: a free port of `127.0.0.1`, the catalogue in memory, a key of its own,
    /// no publisher, and no faults.
    pub fn builder() -> Self {
        Self {
            listen: "127.0.0.1:0".to_owned(),
            database: "sqlite::memory:".to_owned(),
            readers: 4,
            key: KeySource::Random,
            body_limit: 1024 * 1024,
            request_timeout: Duration::from_secs(30),
            keep_idempotency_keys: Duration::from_secs(24 * 60 * 60),
            drain_timeout: Duration::from_secs(10),
            faults: Faults::seeded(0),
            clock: Clock::Wall,
            publish: None,
            relay: RelayConfig::default(),
        }
    }

    /// The address, a loopback one: `127.0.0.1:8080`, `localhost:0`. Port 0 takes a free one. Default `127.0.0.1:0`.
    pub fn listen(mut self, address: impl Into<String>) -> Self {
        self.listen = address.into();
        self
    }

    /// The database: `sqlite::memory:`, `sqlite:relative/file`, `sqlite:///absolute/file`. A file is made when it is
    /// not there, its folder is not. Default `sqlite::memory:`.
    pub fn database(mut self, url: impl Into<String>) -> Self {
        self.database = url.into();
        self
    }

    /// How many connections read from a file at once, 1 to 64; one more writes. A database in memory has a single
    /// connection for both. Default 4.
    pub fn read_connections(mut self, connections: u32) -> Self {
        self.readers = connections;
        self
    }

    /// The file of the key that signs tokens, so that they outlive the server; made when it is not there. Default: a
    /// key that is gone with the server.
    pub fn key_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.key = KeySource::File(path.into());
        self
    }

    /// The key file that the binary uses; see [`development_token`](super::development_token).
    pub fn default_key_file(mut self) -> Self {
        self.key = KeySource::DefaultFile;
        self
    }

    /// The largest body of a request, in bytes; above it the answer is 413. Default 1 MiB, as the API documents.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    /// How long a request may take to arrive and to be answered; then the answer is 408. Default 30 s, above every
    /// overall timeout that the API documents.
    ///
    /// The time begins with the request's head. A connection has as long, and a second at least, to send the first
    /// head; then it is closed.
    pub fn request_timeout(mut self, timeout: Duration) -> Self {
        self.request_timeout = timeout;
        self
    }

    /// How long the answer to an `Idempotency-Key` is kept. Default 24 h, as the API documents.
    pub fn keep_idempotency_keys(mut self, duration: Duration) -> Self {
        self.keep_idempotency_keys = duration;
        self
    }

    /// How long requests that run may go on after the server was told to stop, and how long events may still leave
    /// it. Default 10 s.
    pub fn drain_timeout(mut self, timeout: Duration) -> Self {
        self.drain_timeout = timeout;
        self
    }

    /// Where the events go. Default: they stay in the outbox.
    pub fn publisher(mut self, publisher: impl Publisher + 'static) -> Self {
        self.publish = Some(Publish::to(publisher));
        self
    }

    /// How events are handed to the publisher. Default: [`RelayConfig::default`].
    pub fn relay(mut self, config: RelayConfig) -> Self {
        self.relay = config;
        self
    }

    /// The fault switches, all off, draw from this seed once they are on. Default 0.
    pub fn fault_seed(mut self, seed: u64) -> Self {
        self.faults = Faults::seeded(seed);
        self
    }

    /// Fault switches that were made elsewhere, and may be on from the first request.
    pub fn faults(mut self, faults: Faults) -> Self {
        self.faults = faults;
        self
    }

    /// A clock that the test turns: prices come into force and tokens expire by it. Default: the wall clock.
    pub fn clock(mut self, clock: ManualClock) -> Self {
        self.clock = Clock::Manual(clock);
        self
    }

    /// Starts the server; it answers when this returns.
    ///
    /// # Errors
    ///
    /// When a setting is out of its range, or address, database or key file cannot be had. The message says what to
    /// do.
    ///
    /// # Cancel safety
    ///
    /// A dropped future leaves nothing running; a database file may have been made.
    pub async fn start(self) -> Result<Running, Error> {
        super::start::start(self).await
    }
}

impl KeySource {
    pub(super) fn key(&self) -> Result<SigningKey, crate::auth::KeyFileError> {
        match self {
            Self::Random => SigningKey::random(),
            Self::File(path) => SigningKey::from_file(path),
            Self::DefaultFile => SigningKey::from_file(&SigningKey::default_path()?),
        }
    }
}

impl fmt::Debug for ReferenceServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReferenceServer")
            .field("listen", &self.listen)
            .field("database", &self.database)
            .field("publishes", &self.publish.is_some())
            .finish_non_exhaustive()
    }
}
