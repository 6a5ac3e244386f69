//! The Product Service of the run: the reference server, in this process and over real HTTP.

use crate::failure::Failure;
use crate::order_service::projection::Projection;
use event_messaging::memory::Broker;
use reference_server::faults::Faults;
use reference_server::import::{ImportOptions, Report, Source};
use reference_server::{ReferenceServer, Role, Running};
use resilience::time;
use std::path::Path;
use std::time::Duration;

/// How often is looked whether every event has arrived.
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// When for so long no event moves though some are left, something is broken.
const STUCK: Duration = Duration::from_secs(15);

/// The running service.
#[derive(Debug)]
pub struct ProductService {
    running: Running,
}

impl ProductService {
    /// Starts the service on a free port, over a new database at `database`, with its events going to `broker`.
    ///
    /// # Errors
    ///
    /// When the port or the database cannot be had.
    pub async fn start(database: &Path, fault_seed: u64, broker: Broker) -> Result<Self, Failure> {
        let running = ReferenceServer::builder()
            // With the slashes, those that the path itself begins with remain its own.
            .database(format!("sqlite://{}", database.display()))
            .publisher(broker)
            .fault_seed(fault_seed)
            .start()
            .await
            .map_err(|cause| Failure::because("cannot start the Product Service", cause))?;
        Ok(Self { running })
    }

    /// Imports a file without the rows that are refused, or the catalogue that comes with the server.
    ///
    /// # Errors
    ///
    /// When the file cannot be read; nothing was imported then.
    pub async fn import(&self, file: Option<&Path>) -> Result<Report, Failure> {
        let source = file.map_or_else(Source::embedded, Source::file);
        let options = ImportOptions::default().keep_going(true);
        self.running
            .import(source, options)
            .await
            .map_err(|cause| Failure::because("--catalogue", cause))
    }

    /// Where clients find the API.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("{}/api/v1", self.running.url())
    }

    /// A token of a service that may read.
    #[must_use]
    pub fn reader_token(&self) -> String {
        self.running.token(&[], &["products:read"])
    }

    /// A token of somebody who may see and change everything in the catalogue.
    #[must_use]
    pub fn manager_token(&self) -> String {
        self.running.token(&[Role::Manager], &[])
    }

    /// The switches by which it fails on purpose.
    #[must_use]
    pub fn faults(&self) -> Faults {
        self.running.faults().clone()
    }

    /// Waits until every event was published and applied to `projection`; how many were published comes back.
    ///
    /// # Errors
    ///
    /// When events are left and none moves any more.
    pub async fn drained(&self, projection: &Projection) -> Result<u64, Failure> {
        let (mut last, mut moved) = ((0, 0), time::now());
        loop {
            let events = self
                .running
                .events()
                .await
                .map_err(|cause| Failure::because("cannot read the outbox", cause))?;
            let applied = projection.events_applied().await?;
            if events.waiting == 0 && applied >= events.published {
                return Ok(events.published);
            }
            let now = time::now();
            if last != (events.published, applied) {
                (last, moved) = ((events.published, applied), now);
            } else if now - moved > STUCK {
                return Err(Failure::new(format!(
                    "events are stuck: {} wait in the outbox, {} were published, {applied} applied",
                    events.waiting, events.published
                )));
            }
            time::sleep(LOOK_AGAIN).await;
        }
    }

    /// Stops it, after the requests that run.
    ///
    /// # Errors
    ///
    /// When it had stopped answering by itself.
    pub async fn shutdown(self) -> Result<(), Failure> {
        self.running
            .shutdown()
            .await
            .map_err(|cause| Failure::because("the Product Service did not stop well", cause))
    }
}
