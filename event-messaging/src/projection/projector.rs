use super::counters::Counters;
use super::repairs::{InGap, Repairs};
use super::{
    Judgement, Position, ProjectionConfig, ProjectionCounts, ProjectionStore, Reading, Repair, RepairCause,
    SnapshotItem, SnapshotSource,
};
use crate::clock;
use crate::{Context, Error, Handler, HandlerError};
use futures_util::future::join_all;
use std::fmt;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};

/// Keeps a projection: starts it from a snapshot, applies events to it, and repairs it. Cheap to clone; clones are the
/// same projector.
///
/// It is the [`Handler`] of a [`Consumer`](crate::Consumer) (or [`LogConsumer`](crate::LogConsumer)), and besides
/// [`start`](Self::start) and [`keep`](Self::keep) are to be run; see the [module](super) for how.
pub struct Projector<S, P>(pub(super) Arc<Shared<S, P>>);

pub(super) struct Shared<S, P> {
    pub(super) store: S,
    pub(super) source: P,
    pub(super) config: ProjectionConfig,
    pub(super) repairs: Repairs,
    pub(super) counters: Counters,
    random: Mutex<fastrand::Rng>,
}

impl<S, P> Projector<S, P> {
    /// A projector of `source` into `store`.
    ///
    /// # Errors
    ///
    /// When values of the configuration are out of their range.
    pub fn new(store: S, source: P, config: ProjectionConfig) -> Result<Self, Error> {
        config.validate()?;
        let random = config
            .seed
            .map_or_else(fastrand::Rng::new, fastrand::Rng::with_seed);
        Ok(Self(Arc::new(Shared {
            store,
            source,
            repairs: Repairs::new(config.open_repairs),
            config,
            counters: Counters::default(),
            random: Mutex::new(random),
        })))
    }

    /// What it has done so far.
    #[must_use]
    pub fn counts(&self) -> ProjectionCounts {
        let repairs = &self.0.repairs;
        self.0.counters.snapshot(repairs.len(), repairs.crowded_out())
    }

    /// The keys that wait for their repair, and why.
    #[must_use]
    pub fn open_repairs(&self) -> Vec<Repair> {
        self.0.repairs.all()
    }

    /// Asks for a key to be read again; `false` when too many wait already, and then [`keep`](Self::keep) compares all
    /// keys with the source instead, before it is time to.
    pub fn repair(&self, key: &str) -> bool {
        self.0.repairs.want(key, RepairCause::Asked)
    }
}

impl<S: ProjectionStore, P: SnapshotSource<Payload = S::Payload>> Projector<S, P> {
    /// Repairs what is asked for, and reconciles from time to time, until `shutdown` completes. Dropping the future
    /// leaves nothing half done: what was not repaired is asked for again by its event, or found by a reconciliation.
    pub async fn keep(&self, shutdown: impl Future<Output = ()>) {
        let repairing = join_all((0..self.0.config.concurrency).map(|_| self.repair_all()));
        let reconciling = async {
            loop {
                let crowded_out = async {
                    self.0.repairs.overflowed().await;
                    // What is younger than that a reconciliation would leave alone.
                    clock::sleep(self.0.config.grace).await;
                };
                // No error: when it is time, those that were crowded out are looked at with all others.
                let _ = clock::until(clock::now() + self.0.config.reconcile_interval, crowded_out).await;
                self.reconcile().await;
            }
        };
        tokio::select! {
            biased;
            () = shutdown => {}
            _ = repairing => {}
            () = reconciling => {}
        }
    }

    /// Repairs one key after another, for ever. One that the source does not answer for goes behind the others, which
    /// it must not hold up.
    async fn repair_all(&self) {
        let mut failures = 0;
        loop {
            let repair = self.0.repairs.next().await;
            match self.in_time(self.0.source.read(&repair.key)).await {
                Ok(reading) => {
                    failures = 0;
                    self.take(&repair.key, reading).await;
                }
                Err(error) => {
                    self.0.repairs.put_back(repair);
                    self.source_failed("read", &error, &mut failures).await;
                }
            }
        }
    }

    /// Takes what the source says of a key, unless the projection is ahead of it. Whether the key is gone by that.
    pub(super) async fn take(&self, key: &str, reading: Reading<S::Payload>) -> bool {
        self.0.counters.repairs(1);
        let (position, payload) = match reading {
            Reading::Found(SnapshotItem {
                position, payload, ..
            }) => (position, Some(payload)),
            Reading::Gone { as_of } => (Position::of_snapshot(None, as_of), None),
        };
        self.stored("repair", || self.write(key, payload.as_ref(), &position))
            .await
    }

    async fn write(
        &self,
        key: &str,
        payload: Option<&S::Payload>,
        position: &Position,
    ) -> Result<bool, S::Error> {
        let store = &self.0.store;
        let mut transaction = store.begin().await?;
        let known = store.position(&mut transaction, key).await?;
        if !Position::admits(known.as_ref(), position, true) {
            return Ok(false);
        }
        let position = position.in_place_of(known.as_ref());
        store.replace(&mut transaction, key, payload, &position).await?;
        store.commit(transaction).await?;
        Ok(payload.is_none())
    }

    /// What a transaction comes to, however often it has to be tried.
    pub(super) async fn stored<T, F>(&self, operation: &'static str, transaction: impl Fn() -> F) -> T
    where
        F: Future<Output = Result<T, S::Error>>,
    {
        let mut failures = 0;
        loop {
            match transaction().await {
                Ok(answer) => return answer,
                Err(error) => {
                    self.0.counters.store_failures(1);
                    self.failed(operation, &error, &mut failures).await;
                }
            }
        }
    }

    pub(super) async fn failed(
        &self,
        operation: &'static str,
        error: &(dyn fmt::Display + Sync),
        failures: &mut u32,
    ) {
        *failures = failures.saturating_add(1);
        tracing::warn!(operation, failures, error = %error, "the projection's source or store failed");
        let delay = {
            let mut random = self.0.random.lock().unwrap_or_else(PoisonError::into_inner);
            self.0.config.backoff.delay(*failures, &mut random)
        };
        clock::sleep(delay).await;
    }
}

/// Applies what is news, leaves alone what is contained, and fails for an event in a gap, whose key it wants repaired:
/// the consumer holds the event, and its key, until its next attempt.
impl<S, P> Handler<S::Event, S::Transaction> for Projector<S, P>
where
    S: ProjectionStore,
    P: Send + Sync,
{
    type Error = HandlerError;

    async fn handle(
        &self,
        event: S::Event,
        transaction: &mut S::Transaction,
        _: &Context<'_>,
    ) -> Result<(), HandlerError> {
        let Shared {
            store,
            repairs,
            counters,
            ..
        } = &*self.0;
        let stamp = store.stamp(&event);
        let known = store.position(transaction, &stamp.key).await?;
        match Position::judge(known.as_ref(), &stamp) {
            Judgement::News { next, is_broken } => {
                store.apply(transaction, &event, &stamp.key, &next).await?;
                counters.applied(1);
                if is_broken {
                    counters.breaks(1);
                    tracing::warn!(
                        key = stamp.key,
                        "a chain of quantities is broken: the key is read again"
                    );
                    repairs.want(&stamp.key, RepairCause::BrokenChain);
                }
                Ok(())
            }
            Judgement::Contained { learnt } => {
                counters.contained(1);
                match learnt {
                    Some(position) => Ok(store.note(transaction, &stamp.key, &position).await?),
                    None => Ok(()),
                }
            }
            Judgement::Gap { missing } => {
                counters.gaps(1);
                let cause = RepairCause::Gap {
                    missing: missing.clone(),
                };
                let is_wanted = repairs.want(&stamp.key, cause);
                tracing::warn!(key = stamp.key, ?missing, is_wanted, "gap: the key is read again");
                Err(InGap(missing).into())
            }
        }
    }
}

impl<S, P> Clone for Projector<S, P> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

/// Neither the store nor the source has to be printable.
impl<S, P> fmt::Debug for Projector<S, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Projector")
            .field("config", &self.0.config)
            .field("counts", &self.counts())
            .finish_non_exhaustive()
    }
}
