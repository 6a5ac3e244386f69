use super::{Catalogue, Signals};
use crate::store::audit::{self, Record};
use crate::store::idempotency::{self, Known, RequestKey, StoredAnswer};
use crate::store::{StoreError, outbox};
use event_contracts::Event;
use product_types::Timestamp;
use serde::Serialize;
use sqlx::{Sqlite, SqliteConnection, Transaction};
use std::sync::Arc;
use std::time::Duration;

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
            author,
            now: catalogue.clock.now(),
            keys_kept_for: catalogue.keys_kept_for,
            reschedules: false,
            signals: Arc::clone(&catalogue.signals),
        }
    }

    /// Makes all changes true, and wakes those who wait for events.
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        self.transaction.commit().await?;
        if let Some(relay) = &self.signals.relay {
            relay.wake();
        }
        if self.reschedules {
            self.signals.schedule.notify_one();
        }
        Ok(())
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

    /// Writes the event that tells of a change of this unit of work.
    pub(super) async fn emit<E: Event>(&mut self, event: E) -> Result<(), StoreError> {
        outbox::append(
            &mut self.transaction,
            event,
            &self.author.correlation_id,
            self.now,
        )
        .await
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
