//! What can be done with the catalogue: reading it as a caller may see it, and changing it together with the events
//! and the records that each change leaves.

mod categories;
mod error;
mod events;
mod prices;
mod products;
mod reading;
mod scheduler;
mod unit_of_work;
mod variants;
mod visibility;

pub(crate) use error::CatalogueError;
pub(crate) use scheduler::run as run_scheduler;
pub(crate) use unit_of_work::{Author, UnitOfWork};
pub(crate) use visibility::Visibility;

use crate::clock::Clock;
use crate::store::{Store, StoreError};
use event_messaging::RelayWaker;
use product_types::Timestamp;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;

/// The catalogue. Cloning shares it.
#[derive(Clone, Debug)]
pub(crate) struct Catalogue {
    store: Store,
    clock: Clock,
    /// How long the answer to a request with an `Idempotency-Key` is kept.
    keys_kept_for: Duration,
    signals: Arc<Signals>,
}

/// What a commit wakes.
#[derive(Debug, Default)]
struct Signals {
    /// There are new events in the outbox.
    relay: Option<RelayWaker>,
    /// The next moment at which a price changes by itself may be another one.
    schedule: Notify,
}

impl Catalogue {
    /// `relay` is woken when there are new events.
    pub(crate) fn new(
        store: Store,
        clock: Clock,
        keys_kept_for: Duration,
        relay: Option<RelayWaker>,
    ) -> Self {
        Self {
            store,
            clock,
            keys_kept_for,
            signals: Arc::new(Signals {
                relay,
                schedule: Notify::new(),
            }),
        }
    }

    /// What time it is for whoever validates an input before a change begins.
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Begins a change. It waits until the change before has ended; so be quick, and never read through the
    /// catalogue meanwhile: a unit of work reads for itself.
    pub(crate) async fn begin(&self, author: Author) -> Result<UnitOfWork, StoreError> {
        let transaction = self.store.writer().await?;
        Ok(UnitOfWork::new(self, transaction, author))
    }
}
