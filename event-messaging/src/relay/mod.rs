mod batch;
mod config;
mod counters;
mod lanes;
mod prune;

pub use config::RelayConfig;
pub use counters::{RelayCounters, RelayCounts};

use crate::clock::{self, Instant};
use crate::meters::{self, RelayMeters};
use crate::{Error, OutboxStore, Publisher};
use std::fmt;
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;

/// Sends what the outbox holds, in the order of each key, until the broker has confirmed it.
///
/// Keys are independent: a batch goes out in waves of one message a key, and a message that could not be sent
/// rests with what is behind it in its key, while the others go on. A message that no queue is bound for is never
/// marked sent: it stays pending, counted and visible in [`backlog`](OutboxStore::backlog). Several relays may
/// share one outbox.
pub struct Relay<S, P> {
    store: S,
    publisher: P,
    config: RelayConfig,
    wake: Arc<Notify>,
    counters: RelayCounters,
    random: fastrand::Rng,
    /// When the first row that was given back is due.
    next_due: Option<Instant>,
    /// When to look for sent rows that are too old; at once after the start.
    next_prune: Option<Instant>,
    meters: RelayMeters,
    report_at: Option<Instant>,
}

/// Wakes a relay after a commit, so that events leave at once and not at the next poll. Cheap to clone.
#[derive(Clone, Debug)]
pub struct RelayWaker(Arc<Notify>);

impl RelayWaker {
    /// Says that something was committed. Never blocks; many calls may count as one.
    pub fn wake(&self) {
        self.0.notify_one();
    }
}

/// What a round came to.
enum Round {
    /// There were rows; there may be more.
    Worked,
    /// Nothing was free when the store was asked.
    Idle { asked: Instant },
    /// The store failed.
    StoreFailed,
}

impl<S: OutboxStore, P: Publisher> Relay<S, P> {
    /// A relay from `store` to `publisher`.
    ///
    /// # Errors
    ///
    /// When a value of the configuration is out of its range.
    pub fn new(store: S, publisher: P, config: RelayConfig) -> Result<Self, Error> {
        config.validate()?;
        let random = config
            .seed
            .map_or_else(fastrand::Rng::new, fastrand::Rng::with_seed);
        let (wake, counters) = (Arc::default(), RelayCounters::default());
        Ok(Self {
            store,
            publisher,
            config,
            wake,
            counters,
            random,
            next_due: None,
            next_prune: None,
            meters: RelayMeters::new(),
            report_at: None,
        })
    }

    /// What wakes this relay after a commit.
    #[must_use]
    pub fn waker(&self) -> RelayWaker {
        RelayWaker(Arc::clone(&self.wake))
    }

    /// The counters, to be read while the relay runs.
    #[must_use]
    pub fn counters(&self) -> RelayCounters {
        self.counters.clone()
    }

    /// Runs until `shutdown` completes, then sends what is still free to send, for at most the drain timeout, and
    /// says what it has done.
    ///
    /// A batch that was begun is finished and settled first, so no lease is left behind. Dropping the future
    /// instead leaves rows leased: they are sent when the lease has run out, perhaps a second time.
    pub async fn run(mut self, shutdown: impl Future<Output = ()>) -> RelayCounts {
        let mut shutdown = pin!(shutdown);
        let mut failures = 0;
        loop {
            self.prune_if_due().await;
            match self.round(None).await {
                Round::Worked => {
                    failures = 0;
                    self.report().await;
                    tokio::select! {
                        biased;
                        () = &mut shutdown => break,
                        () = tokio::task::yield_now() => {}
                    }
                }
                Round::Idle { asked } => {
                    failures = 0;
                    self.report().await;
                    let pause = self.idle_time(asked);
                    tokio::select! {
                        biased;
                        () = &mut shutdown => break,
                        () = self.wake.notified() => {}
                        () = clock::sleep(pause) => {}
                    }
                }
                Round::StoreFailed => {
                    failures += 1;
                    let pause = self.config.backoff.delay(failures, &mut self.random);
                    tokio::select! {
                        biased;
                        () = &mut shutdown => break,
                        () = clock::sleep(pause) => {}
                    }
                }
            }
        }
        self.drain().await;
        let counts = self.counters.snapshot();
        self.meters.report(counts);
        counts
    }

    /// Reports the counts, and depth and age of the outbox, when it is time to.
    async fn report(&mut self) {
        if !RelayMeters::ARE_RECORDED || self.report_at.is_some_and(|at| clock::now() < at) {
            return;
        }
        self.report_at = Some(clock::now() + meters::INTERVAL);
        self.meters.report(self.counters.snapshot());
        match self.store.backlog().await {
            Ok(backlog) => self.meters.outbox(&backlog),
            Err(error) => self.store_failed("backlog", &error),
        }
    }

    /// Sends what is still free to send; what rests stays pending.
    async fn drain(&mut self) {
        let deadline = clock::now() + self.config.drain_timeout;
        let mut failures = 0;
        while clock::now() < deadline {
            match self.round(Some(deadline)).await {
                Round::Worked => failures = 0,
                Round::Idle { .. } => break,
                Round::StoreFailed => {
                    failures += 1;
                    let pause = self.config.backoff.delay(failures, &mut self.random);
                    clock::sleep_until(deadline.min(clock::now() + pause)).await;
                }
            }
        }
    }

    /// How long there is nothing to do: until the next poll, or until something that rests is due.
    fn idle_time(&mut self, asked: Instant) -> Duration {
        // What fell due after the store was asked has not been seen yet.
        self.next_due = self.next_due.filter(|due| *due > asked);
        let until_due = self
            .next_due
            .map(|due| due.saturating_duration_since(clock::now()));
        until_due.map_or(self.config.poll_interval, |until_due| {
            self.config.poll_interval.min(until_due)
        })
    }
}

/// Neither the store nor the publisher has to be printable.
impl<S, P> fmt::Debug for Relay<S, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Relay")
            .field("config", &self.config)
            .field("counts", &self.counters.snapshot())
            .finish_non_exhaustive()
    }
}
