mod config;
mod counters;
mod lanes;
mod prune;
mod rests;
mod step;
mod store;

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
use step::Held;
use tokio::sync::Notify;

/// Sends what the outbox holds, in the order of each key, until the broker has confirmed it.
///
/// Keys are independent. Messages go out in waves of one a key, each when the one before it in its key was confirmed;
/// while a wave is on its way, what the last one came to is written down, and what is free is claimed for the next. So
/// a key with thousands of messages goes on at its own pace and no other waits for it, up to
/// [`batch`](RelayConfig::batch) keys at once. A message that could not be sent rests with what is behind it in its
/// key. One that no queue is bound for is never marked sent: it stays pending, counted and visible in
/// [`backlog`](OutboxStore::backlog). Several relays may share one outbox.
pub struct Relay<S, P> {
    office: Office<S, P>,
    held: Held,
    wake: Arc<Notify>,
    /// When to look for sent rows that are too old; at once after the start.
    next_prune: Option<Instant>,
    meters: RelayMeters,
    report_at: Option<Instant>,
}

/// Whom the relay works with, and how: what several of its calls share while they run.
struct Office<S, P> {
    store: S,
    publisher: P,
    config: RelayConfig,
    counters: RelayCounters,
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

/// What a step came to.
enum Step {
    /// There was something to do; there may be more.
    Worked,
    /// Nothing is held, and nothing was free.
    Idle { pause: Duration },
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
        Ok(Self {
            office: Office {
                store,
                publisher,
                config,
                counters: RelayCounters::default(),
            },
            held: Held::new(random),
            wake: Arc::default(),
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
        self.office.counters.clone()
    }

    /// Runs until `shutdown` completes, then sends what is still free to send, for at most the drain timeout, and
    /// says what it has done.
    ///
    /// In the end what was sent is written down and the rest is given back, so no lease is left behind. Dropping the
    /// future instead leaves rows leased: they are sent when the lease has run out, perhaps a second time.
    pub async fn run(mut self, shutdown: impl Future<Output = ()>) -> RelayCounts {
        let mut shutdown = pin!(shutdown);
        let mut failures = 0;
        loop {
            self.prune_if_due().await;
            match self.step().await {
                Step::Worked => {
                    failures = 0;
                    self.report().await;
                    tokio::select! {
                        biased;
                        () = &mut shutdown => break,
                        () = tokio::task::yield_now() => {}
                    }
                }
                Step::Idle { pause } => {
                    failures = 0;
                    self.report().await;
                    tokio::select! {
                        biased;
                        () = &mut shutdown => break,
                        () = self.wake.notified() => {}
                        () = clock::sleep(pause) => {}
                    }
                }
                Step::StoreFailed => {
                    // The counts alone: the store is not to be asked for more.
                    self.meters.report(self.office.counters.snapshot());
                    let pause = self.pause(&mut failures);
                    tokio::select! {
                        biased;
                        () = &mut shutdown => break,
                        () = clock::sleep(pause) => {}
                    }
                }
            }
        }
        self.drain().await;
        self.give_back().await;
        let counts = self.office.counters.snapshot();
        self.meters.report(counts);
        counts
    }

    /// Reports the counts, and depth and age of the outbox, when it is time to.
    async fn report(&mut self) {
        if !RelayMeters::ARE_RECORDED || self.report_at.is_some_and(|at| clock::now() < at) {
            return;
        }
        self.report_at = Some(clock::now() + meters::INTERVAL);
        self.meters.report(self.office.counters.snapshot());
        if let Some(backlog) = self.office.asked("backlog", self.office.store.backlog()).await {
            self.meters.outbox(&backlog);
        }
    }

    /// Sends what is still free to send; what rests stays pending.
    async fn drain(&mut self) {
        let deadline = clock::now() + self.office.config.drain_timeout;
        self.held.ends = Some(deadline);
        let mut failures = 0;
        while clock::now() < deadline {
            match self.step().await {
                Step::Worked => failures = 0,
                Step::Idle { .. } => break,
                Step::StoreFailed => {
                    let pause = self.pause(&mut failures);
                    clock::sleep_until(deadline.min(clock::now() + pause)).await;
                }
            }
        }
    }

    /// Gives back what was not sent and writes down what was, trying again while the leases last.
    async fn give_back(&mut self) {
        for (term, row) in self.held.lanes.rest() {
            self.held.settled.untried(&row, term);
        }
        let mut failures = 0;
        loop {
            let settled = self.held.settled.take(clock::now());
            if settled.is_empty() {
                break;
            }
            let told = self.office.tell(settled, 0).await;
            self.held.settled.put_back(told.left);
            if told.has_failed {
                let pause = self.pause(&mut failures);
                clock::sleep(pause).await;
            }
        }
    }

    /// How long to leave the store alone after one more failure.
    fn pause(&mut self, failures: &mut u32) -> Duration {
        *failures = failures.saturating_add(1);
        self.office.config.backoff.delay(*failures, &mut self.held.random)
    }
}

/// Neither the store nor the publisher has to be printable.
impl<S, P> fmt::Debug for Relay<S, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Relay")
            .field("config", &self.office.config)
            .field("counts", &self.office.counters.snapshot())
            .finish_non_exhaustive()
    }
}
