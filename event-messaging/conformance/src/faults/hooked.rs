//! A store that can be down, and that stops at certain places.

use super::brake::{Brake, Place};
use event_messaging::{
    Admission, Backlog, Claimed, InboxEntry, InboxStore, Lease, NewlyParked, OutboxStore, Parked,
    ParkedBacklog, ParkedLease, Release,
};
use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

/// Whether the database is down, and how often it was called. Cheap to clone; clones are the same switch.
#[derive(Clone, Debug, Default)]
pub(crate) struct Switch(Arc<Cells>);

#[derive(Debug, Default)]
struct Cells {
    is_down: AtomicBool,
    calls: AtomicU64,
}

impl Switch {
    pub(crate) fn set_down(&self, is_down: bool) {
        self.0.is_down.store(is_down, Ordering::SeqCst);
    }

    /// How many operations were begun, also while it was down.
    pub(crate) fn calls(&self) -> u64 {
        self.0.calls.load(Ordering::SeqCst)
    }

    fn pass<E>(&self) -> Result<(), Failed<E>> {
        self.0.calls.fetch_add(1, Ordering::SeqCst);
        if self.0.is_down.load(Ordering::SeqCst) {
            return Err(Failed::Down);
        }
        Ok(())
    }
}

/// A store with a switch and a brake before it.
#[derive(Debug)]
pub(crate) struct Hooked<S> {
    pub(crate) inner: S,
    pub(crate) switch: Switch,
    pub(crate) brake: Brake,
}

impl<S> Hooked<S> {
    pub(crate) fn new(inner: S, switch: Switch, brake: Brake) -> Self {
        Self { inner, switch, brake }
    }
}

/// Why a call failed.
#[derive(Debug)]
pub(crate) enum Failed<E> {
    Down,
    Store(E),
}

impl<E> fmt::Display for Failed<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Down => "the database is down",
            Self::Store(_) => "the store failed",
        })
    }
}

impl<E: StdError + 'static> StdError for Failed<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Down => None,
            Self::Store(cause) => Some(cause),
        }
    }
}

impl<S: OutboxStore> OutboxStore for Hooked<S> {
    type Error = Failed<S::Error>;

    async fn claim(&self, limit: usize, lease: Duration) -> Result<Vec<Claimed>, Self::Error> {
        self.switch.pass()?;
        self.inner.claim(limit, lease).await.map_err(Failed::Store)
    }

    async fn mark_sent(&self, rows: &[Lease]) -> Result<usize, Self::Error> {
        self.brake.reach(Place::Confirmed).await;
        self.switch.pass()?;
        self.inner.mark_sent(rows).await.map_err(Failed::Store)
    }

    async fn release(&self, rows: &[Release]) -> Result<usize, Self::Error> {
        self.switch.pass()?;
        self.inner.release(rows).await.map_err(Failed::Store)
    }

    async fn backlog(&self) -> Result<Backlog, Self::Error> {
        self.switch.pass()?;
        self.inner.backlog().await.map_err(Failed::Store)
    }

    async fn prune_sent(&self, age: Duration, limit: usize) -> Result<usize, Self::Error> {
        self.switch.pass()?;
        self.inner.prune_sent(age, limit).await.map_err(Failed::Store)
    }
}

impl<S: InboxStore> InboxStore for Hooked<S> {
    type Error = Failed<S::Error>;

    type Transaction = S::Transaction;

    const REMEMBERS: bool = S::REMEMBERS;

    const PARKS: bool = S::PARKS;

    async fn begin(&self) -> Result<S::Transaction, Self::Error> {
        self.switch.pass()?;
        self.inner.begin().await.map_err(Failed::Store)
    }

    async fn admit(
        &self,
        transaction: &mut S::Transaction,
        entry: InboxEntry<'_>,
    ) -> Result<Admission, Self::Error> {
        self.switch.pass()?;
        self.inner.admit(transaction, entry).await.map_err(Failed::Store)
    }

    async fn commit(&self, transaction: S::Transaction) -> Result<(), Self::Error> {
        self.switch.pass()?;
        self.inner.commit(transaction).await.map_err(Failed::Store)?;
        self.brake.reach(Place::Effected).await;
        Ok(())
    }

    async fn park(
        &self,
        transaction: &mut S::Transaction,
        message: NewlyParked<'_>,
    ) -> Result<(), Self::Error> {
        self.switch.pass()?;
        self.inner.park(transaction, message).await.map_err(Failed::Store)
    }

    async fn claim_parked(
        &self,
        consumer: &str,
        limit: usize,
        lease: Duration,
    ) -> Result<Vec<Parked>, Self::Error> {
        self.switch.pass()?;
        let claimed = self.inner.claim_parked(consumer, limit, lease).await;
        claimed.map_err(Failed::Store)
    }

    async fn unpark(
        &self,
        transaction: &mut S::Transaction,
        lease: ParkedLease,
    ) -> Result<bool, Self::Error> {
        self.switch.pass()?;
        self.inner.unpark(transaction, lease).await.map_err(Failed::Store)
    }

    async fn postpone(
        &self,
        lease: ParkedLease,
        attempts: u32,
        delay: Duration,
        reason: &str,
    ) -> Result<bool, Self::Error> {
        self.switch.pass()?;
        let postponed = self.inner.postpone(lease, attempts, delay, reason).await;
        postponed.map_err(Failed::Store)
    }

    async fn prune(&self, consumer: &str, age: Duration, limit: usize) -> Result<usize, Self::Error> {
        self.switch.pass()?;
        self.inner
            .prune(consumer, age, limit)
            .await
            .map_err(Failed::Store)
    }

    async fn parked(&self, consumer: &str) -> Result<ParkedBacklog, Self::Error> {
        self.switch.pass()?;
        self.inner.parked(consumer).await.map_err(Failed::Store)
    }
}
