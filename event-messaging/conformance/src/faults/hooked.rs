//! A store that can be down, and that stops at certain places.

use super::brake::{Brake, Place};
use event_messaging::clock::{self, Instant};
use event_messaging::{
    Admission, Backlog, Claimed, InboxEntry, InboxStore, Lease, NewlyParked, OutboxStore, Parked,
    ParkedBacklog, ParkedLease, Release,
};
use std::collections::BTreeMap;
use std::error::Error as StdError;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Whether the database is down, and how often it was called. Cheap to clone; clones are the same switch.
#[derive(Clone, Debug, Default)]
pub(crate) struct Switch(Arc<Mutex<Calls>>);

#[derive(Debug, Default)]
struct Calls {
    all: BTreeMap<Operation, u64>,
    outage: Option<Outage>,
}

/// What is counted by itself; everything else together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Operation {
    Claim,
    Begin,
    ClaimParked,
    Other,
}

/// A time in which the database was down.
#[derive(Clone, Debug)]
pub(crate) struct Outage {
    since: Instant,
    failed: BTreeMap<Operation, Vec<Instant>>,
}

impl Outage {
    pub(crate) fn lasted(&self) -> Duration {
        self.since.elapsed()
    }

    /// When an operation was tried.
    pub(crate) fn tries(&self, operation: Operation) -> &[Instant] {
        self.failed.get(&operation).map_or(&[], Vec::as_slice)
    }
}

impl Switch {
    /// One whose database is down.
    pub(crate) fn down() -> Self {
        let switch = Self::default();
        switch.set_down(true);
        switch
    }

    /// Takes it down, where it is not, or brings it back.
    pub(crate) fn set_down(&self, is_down: bool) {
        let outage = &mut self.calls_so_far().outage;
        if !is_down {
            *outage = None;
        } else if outage.is_none() {
            *outage = Some(Outage {
                since: clock::now(),
                failed: BTreeMap::new(),
            });
        }
    }

    /// How often an operation was begun.
    pub(crate) fn calls(&self, operation: Operation) -> u64 {
        self.calls_so_far().all.get(&operation).copied().unwrap_or(0)
    }

    /// What was tried since it is down.
    ///
    /// # Panics
    ///
    /// When it is not.
    pub(crate) fn outage(&self) -> Outage {
        self.calls_so_far().outage.clone().expect("the database is down")
    }

    fn pass<E>(&self) -> Result<(), Failed<E>> {
        self.pass_as(Operation::Other)
    }

    fn pass_as<E>(&self, operation: Operation) -> Result<(), Failed<E>> {
        let mut calls = self.calls_so_far();
        *calls.all.entry(operation).or_default() += 1;
        match &mut calls.outage {
            None => Ok(()),
            Some(outage) => {
                outage.failed.entry(operation).or_default().push(clock::now());
                Err(Failed::Down)
            }
        }
    }

    fn calls_so_far(&self) -> MutexGuard<'_, Calls> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
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
        self.switch.pass_as(Operation::Claim)?;
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
        self.switch.pass_as(Operation::Begin)?;
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
        self.switch.pass_as(Operation::ClaimParked)?;
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
