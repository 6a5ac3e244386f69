use super::{Catalogue, Signals};
use crate::store::StoreError;
use crate::store::audit::{self, Record};
use crate::store::idempotency::{self, Known, RequestKey, StoredAnswer};
use event_contracts::{Envelope, Event};
use event_messaging::OutboxWriter;
use event_messaging_sqlite::SqliteStore;
use product_types::Timestamp;
use serde::Serialize;
use sqlx::{Sqlite, SqliteConnection, Transaction};
use std::sync::Arc;
use std::time::Duration;

/// Who says so, in the envelope of an event.
const SOURCE: &str = "product-service";

/// Who changes the catalogue, and on whose request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Author {
    /// Stands in events and in the audit record: a user's or a service's id, or a name such as `import`.
    pub(crate) actor: String,
    /// Stands in the envelope of each event.
    pub(crate) correlation_id: String,
}

/// Changes that happen together with their events and records, or not at all.
///
/// Every change is one method; [`commit`](Self::commit) makes them all true at once, and dropping the unit of work
/// undoes them. A refused change leaves the unit of work as it was, so that others may follow.
#[derive(Debug)]
pub(crate) struct UnitOfWork {
    transaction: Transaction<'static, Sqlite>,
    outbox: SqliteStore,
    author: Author,
    now: Timestamp,
    keys_kept_for: Duration,
    /// Whether a price is to change by itself.
    reschedules: bool,
    signals: Arc<Signals>,
}

impl UnitOfWork {
    pub(super) fn new(
        catalogue: &Catalogue,
        transaction: Transaction<'static, Sqlite>,
        author: Author,
    ) -> Self {
        Self {
            transaction,
            outbox: catalogue.store.outbox().clone(),
            author,
            now: catalogue.clock.now(),
            keys_kept_for: catalogue.keys_kept_for,
            reschedules: false,
            signals: Arc::clone(&catalogue.signals),
        }
    }

    /// Makes all changes true, and wakes those who wait for events.
    ///
    /// # Cancel safety
    ///
    /// Once begun it goes on without its caller: a client that hangs up in this moment must not keep from the scheduler
    /// that there is something to wait for.
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        let Self {
            transaction,
            signals,
            reschedules,
            ..
        } = self;
        let committed = tokio::spawn(async move {
            transaction.commit().await?;
            if let Some(relay) = &signals.relay {
                relay.wake();
            }
            if reschedules {
                signals.schedule.notify_one();
            }
            Ok(())
        });
        match committed.await {
            Ok(result) => result,
            Err(died) if died.is_panic() => std::panic::resume_unwind(died.into_panic()),
            // The runtime is on its way out.
            Err(_) => Err(sqlx::Error::WorkerCrashed.into()),
        }
    }

    /// What is known about a request with an `Idempotency-Key`.
    pub(crate) async fn recall(&mut self, request: &RequestKey) -> Result<Known, StoreError> {
        idempotency::find(&mut self.transaction, request, self.now, self.keys_kept_for).await
    }

    /// Keeps the answer to such a request.
    pub(crate) async fn remember(
        &mut self,
        request: &RequestKey,
        answer: &StoredAnswer,
    ) -> Result<(), StoreError> {
        idempotency::put(
            &mut self.transaction,
            request,
            answer,
            self.now,
            self.keys_kept_for,
        )
        .await
    }

    pub(super) fn connection(&mut self) -> &mut SqliteConnection {
        &mut self.transaction
    }

    pub(super) fn now(&self) -> Timestamp {
        self.now
    }

    pub(super) fn actor(&self) -> &str {
        &self.author.actor
    }

    /// Has the scheduler look again after the commit.
    pub(super) fn reschedule(&mut self) {
        self.reschedules = true;
    }

    /// Writes the event that tells of a change of this unit of work, behind all others of its key.
    pub(super) async fn emit<E: Event + Send>(&mut self, event: E) -> Result<(), StoreError> {
        let envelope = Envelope::new(event, SOURCE, &self.author.correlation_id, self.now);
        self.outbox.append(&mut self.transaction, envelope).await?;
        Ok(())
    }

    /// Writes the audit record of a change: `kind` is that of the entity, before and after tell which it was.
    pub(super) async fn record<T: Serialize>(
        &mut self,
        kind: &'static str,
        entity_id: &str,
        before: Option<&T>,
        after: Option<&T>,
    ) -> Result<(), StoreError> {
        let action = match (before, after) {
            (None, _) => "create",
            (Some(_), Some(_)) => "update",
            (Some(_), None) => "delete",
        };
        let record = Record {
            at: self.now,
            actor: &self.author.actor,
            correlation_id: &self.author.correlation_id,
            action,
            kind,
            entity_id,
            before,
            after,
        };
        audit::append(&mut self.transaction, record).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::run_scheduler;
    use crate::clock::{Clock, ManualClock};
    use crate::domain::{NewCategory, NewProduct, NewVariant, SetPrice};
    use crate::store::{Location, Store};
    use product_types::CurrencyCode;
    use std::future::Future as _;
    use std::pin::pin;
    use std::task::{Context, Waker};

    fn author() -> Author {
        Author {
            actor: "test".to_owned(),
            correlation_id: "test".to_owned(),
        }
    }

    #[tokio::test]
    async fn a_commit_whose_caller_went_away_still_tells_the_scheduler() {
        let start: Timestamp = "2026-11-23T08:00:00Z".parse().unwrap();
        let hour = Duration::from_secs(3_600);
        let clock = ManualClock::at(start);
        let store = Store::open(&Location::Memory, 1).await.unwrap();
        let catalogue = Catalogue::new(store, Clock::Manual(clock.clone()), hour, None);
        let price = |amount: &str| SetPrice::regular(amount.parse().unwrap(), CurrencyCode::USD);

        let mut work = catalogue.begin(author()).await.unwrap();
        let category = work.create_category(NewCategory::named("Coats")).await.unwrap();
        let mut product = NewProduct::draft("Jacket", "Northwind", vec![category.id]);
        let mut variant = NewVariant::active("J-L", "L");
        variant.price = Some(price("119.90"));
        product.variants.push(variant);
        let (_, variants) = work.create_product(product).await.unwrap();
        work.commit().await.unwrap();
        let scheduler = tokio::spawn(run_scheduler(catalogue.clone()));
        // It has seen that there is nothing to wait for.
        tokio::task::yield_now().await;
        catalogue.events().await.unwrap();

        let mut work = catalogue.begin(author()).await.unwrap();
        let mut later = price("150.00");
        later.effective_from = start.checked_add(hour);
        work.set_price(&variants[0].id, &later).await.unwrap();
        {
            let mut commit = pin!(work.commit());
            // Begun, and then nobody asks any more.
            let begun = commit.as_mut().poll(&mut Context::from_waker(Waker::noop()));
            assert!(
                begun.is_pending(),
                "it is not done at once, or there is nothing to go away from"
            );
        }
        let events = async || catalogue.events().await.unwrap().pending;
        while events().await < 2 {
            tokio::task::yield_now().await;
        }
        clock.advance(hour);
        let effective = async {
            while events().await < 3 {
                tokio::task::yield_now().await;
            }
        };
        let in_time = tokio::time::timeout(Duration::from_secs(10), effective).await;
        assert!(in_time.is_ok(), "the price never came into force");
        scheduler.abort();
    }
}
