//! The loop: receive, keep to the lanes, handle, settle; and the way out.

use super::job::{self, Job, Task};
use super::lanes::Lanes;
use super::{Consumer, ConsumerConfig, ConsumerCounters, ConsumerCounts, Context, Handler, HandlerError};
use crate::clock;
use crate::error::Kind;
use crate::{DeadLetters, Delivery, Error, Failure, FailureKind, Source};
use event_contracts::FromEnvelope;
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use std::error::Error as StdError;
use std::future::Future;
use std::pin::pin;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{Semaphore, watch};

impl<S: Source, H: Handler<M>, D: DeadLetters, M: FromEnvelope + Send> Consumer<S, H, D, M>
where
    S::Delivery: Sync,
{
    /// Runs until `shutdown` completes or the source ends, and says what it has done.
    ///
    /// Then nothing more is received, handlers that run may finish within the drain timeout, and all other
    /// messages go back to the queue. Dropping the future gives back at once all that is not settled.
    ///
    /// # Errors
    ///
    /// When the source is broken for good; what was begun was finished, as at a shutdown.
    pub async fn run(self, shutdown: impl Future<Output = ()>) -> Result<ConsumerCounts, Error> {
        let Self {
            mut source,
            handler,
            dead_letters,
            config,
            counters,
            ..
        } = self;
        let (draining, drain_begun) = watch::channel(false);
        let worker = Worker {
            handler: &handler,
            dead_letters: &dead_letters,
            config: &config,
            counters: &counters,
            slots: Semaphore::new(config.concurrency.min(Semaphore::MAX_PERMITS)),
            random: Mutex::new(
                config
                    .seed
                    .map_or_else(fastrand::Rng::new, fastrand::Rng::with_seed),
            ),
            drain_begun,
        };
        let mut lanes = Lanes::new();
        let mut running = FuturesUnordered::new();
        let mut held = 0;
        let mut broken = None;
        let mut shutdown = pin!(shutdown);
        loop {
            tokio::select! {
                biased;
                () = &mut shutdown => break,
                Some(key) = running.next(), if !running.is_empty() => {
                    held -= 1;
                    let key: Option<String> = key;
                    if let Some(next) = key.and_then(|key| lanes.finish(&key)) {
                        running.push(worker.work(next));
                    }
                }
                delivery = source.recv(), if held < config.prefetch => {
                    let delivery = match delivery {
                        Ok(Some(delivery)) => delivery,
                        Ok(None) => break,
                        Err(cause) => {
                            broken = Some(Error::new(Kind::Source(Box::new(cause))));
                            break;
                        }
                    };
                    held += 1;
                    counters.received();
                    let job = Job::new(delivery);
                    let ready = match job.key.clone() {
                        Some(key) => lanes.offer(&key, job),
                        None => Some(job),
                    };
                    running.extend(ready.map(|job| worker.work(job)));
                }
            }
        }
        draining.send_replace(true);
        counters.given_back(lanes.clear());
        let deadline = clock::now() + config.drain_timeout;
        while let Some(Some(_)) = clock::until(deadline, running.next()).await {}
        counters.given_back(running.len());
        drop(running);
        broken.map_or_else(|| Ok(counters.snapshot()), Err)
    }
}

/// What handling a message needs, shared by all that are being handled.
struct Worker<'a, H, D> {
    handler: &'a H,
    dead_letters: &'a D,
    config: &'a ConsumerConfig,
    counters: &'a ConsumerCounters,
    slots: Semaphore,
    random: Mutex<fastrand::Rng>,
    drain_begun: watch::Receiver<bool>,
}

impl<H, L: DeadLetters> Worker<'_, H, L> {
    /// Settles one message, trying as often as it takes, and gives back its key. Once the drain has begun,
    /// nothing is tried again: the message is dropped, which gives it back.
    async fn work<D: Delivery + Sync, M: FromEnvelope + Send>(&self, job: Job<D, M>) -> Option<String>
    where
        H: Handler<M>,
    {
        let Job { key, delivery, task } = job;
        let mut message = match task {
            Task::Handle(message) => message,
            Task::Skip => {
                settle(delivery).await;
                self.counters.skipped();
                return key;
            }
            Task::Reject(error) => {
                self.reject(delivery, &error).await;
                return key;
            }
        };
        let mut failures = 0;
        loop {
            let context = Context::of(&delivery, failures + 1, None);
            let Some(result) = self.attempt(message, &context).await else {
                break;
            };
            let Err(error) = result else {
                settle(delivery).await;
                self.counters.handled();
                return key;
            };
            failures += 1;
            self.counters.failed();
            let delay = self.delay(failures);
            tracing::warn!(
                key,
                failures,
                ?delay,
                error = error.cause() as &dyn StdError,
                "handler failed"
            );
            self.rest(delay).await;
            message = match job::decode(delivery.body()) {
                Ok(message) => message,
                Err(error) => {
                    self.reject(delivery, &error).await;
                    return key;
                }
            };
        }
        self.counters.given_back(1);
        key
    }

    /// One try, when a slot is free; `None` when the drain began before that.
    async fn attempt<M>(&self, message: M, context: &Context<'_>) -> Option<Result<(), HandlerError>>
    where
        H: Handler<M>,
    {
        let _slot = tokio::select! {
            biased;
            () = self.drain() => return None,
            slot = self.slots.acquire() => slot.ok()?,
        };
        Some(
            self.handler
                .handle(message, &mut (), context)
                .await
                .map_err(Into::into),
        )
    }

    async fn reject<D: Delivery + Sync>(&self, delivery: D, error: &event_contracts::Error) {
        tracing::error!(
            routing_key = delivery.routing_key(),
            error = error as &dyn StdError,
            "message put aside: it cannot be decoded"
        );
        let failure = Failure::new(FailureKind::Undecodable, error.to_string(), "consumer");
        let mut failures = 0;
        while let Err(error) = self.dead_letters.put(&delivery, &failure).await {
            failures += 1;
            tracing::error!(error = &error as &dyn StdError, "the dead letter is not safe yet");
            self.rest(self.delay(failures)).await;
            if *self.drain_begun.borrow() {
                self.counters.given_back(1);
                return;
            }
        }
        settle(delivery).await;
        self.counters.rejected();
    }

    fn delay(&self, failures: u32) -> Duration {
        let mut random = self.random.lock().unwrap_or_else(PoisonError::into_inner);
        self.config.backoff.delay(failures, &mut random)
    }

    /// Waits, but not beyond the beginning of the drain.
    async fn rest(&self, delay: Duration) {
        let _ = clock::until(clock::now() + delay, self.drain()).await;
    }

    /// Completes when the drain begins.
    async fn drain(&self) {
        let mut begun = self.drain_begun.clone();
        // An error would mean that the sender is gone, and it outlives every worker.
        let _ = begun.wait_for(|begun| *begun).await;
    }
}

/// A message that could not be acknowledged comes again.
async fn settle<D: Delivery>(delivery: D) {
    if let Err(error) = delivery.ack().await {
        tracing::warn!(
            error = &error as &dyn StdError,
            "message not acknowledged: it will come again"
        );
    }
}
