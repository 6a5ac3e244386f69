use super::control::Phase;
use super::engine::Engine;
use super::job::Unsettled;
use super::worker::Worker;
use super::{ConsumerConfig, ConsumerCounts, Control, Handler, housekeeping};
use crate::clock::{self, Instant};
use crate::error::Kind;
use crate::{DeadLetters, Delivery, Error, InboxStore, NoInbox, Source, reason};
use event_contracts::FromEnvelope;
use std::fmt;
use std::future::{Future, poll_fn};
use std::marker::PhantomData;
use std::pin::pin;
use std::sync::atomic::Ordering;
use std::task::Poll;

/// Hands the messages of a queue to a typed handler: one at a time for each key, several keys at once, and
/// acknowledges each after its effect.
///
/// - A handler that fails is called again after each [retry level](super::Retries); until then the later messages of
///   its key wait, and other keys go on. Then, or at once when the failure is
///   [permanent](super::HandlerError::permanent), the message goes to the [dead letters](DeadLetters), and the next one
///   of its key flows.
/// - With an [inbox](Self::with_inbox) the effect happens exactly once, and a key that fails for long is parked in the
///   store.
/// - A message of a type that the handler does not take is acknowledged and counted, or put aside: a
///   [policy](super::UnknownTypes).
/// - A message that cannot be decoded, or that makes its decoder panic, never will be: it goes to the dead letters, and
///   the next one flows.
/// - At most `prefetch` messages are held; a consumer that is behind leaves the rest in the queue.
///
/// All handlers run within the one future of [`run`](Self::run): no task is spawned, and a handler that computes
/// for long should spawn its work.
pub struct Consumer<S, H, D, M, I = NoInbox> {
    source: S,
    worker: Worker<H, D, I>,
    message: PhantomData<fn() -> M>,
}

/// How many messages are taken at once while they come without a wait; then others have their turn.
const BURST: usize = 64;

impl<S, H, D, M> Consumer<S, H, D, M> {
    /// A consumer of `source`, which puts what it cannot handle among `dead_letters`, and has no inbox.
    ///
    /// # Errors
    ///
    /// When values of the configuration are out of their range.
    pub fn new(source: S, handler: H, dead_letters: D, config: ConsumerConfig) -> Result<Self, Error> {
        config.validate()?;
        Ok(Self {
            source,
            worker: Worker::new(handler, dead_letters, config),
            message: PhantomData,
        })
    }

    /// Writes each message's id into `inbox`, in the transaction that the handler gets and writes its effect with.
    #[must_use]
    pub fn with_inbox<I: InboxStore>(self, inbox: I) -> Consumer<S, H, D, M, I> {
        Consumer {
            source: self.source,
            worker: self.worker.with_inbox(inbox),
            message: PhantomData,
        }
    }
}

impl<S, H, D, M, I> Consumer<S, H, D, M, I> {
    /// The handle, by which the consumer is watched and told to pause or to end.
    #[must_use]
    pub fn control(&self) -> Control {
        self.worker.control.clone()
    }
}

impl<S, H, D, M, I> Consumer<S, H, D, M, I>
where
    S: Source,
    I: InboxStore,
    H: Handler<M, I::Transaction>,
    D: DeadLetters,
    M: FromEnvelope + Send,
{
    /// Runs until `shutdown` completes, [`Control::drain`] is called or the source is closed, and says what it has
    /// done.
    ///
    /// Then nothing more is received, handlers that run may finish within the drain timeout, and all other
    /// messages go back to the queue. Dropping the future gives back at once all that is not settled.
    ///
    /// # Errors
    ///
    /// When the source is broken for good; what was begun was finished, as at a shutdown.
    pub async fn run(self, shutdown: impl Future<Output = ()>) -> Result<ConsumerCounts, Error> {
        let Self { source, worker, .. } = self;
        let (received, ()) = tokio::join!(
            Self::receive(source, &worker, shutdown),
            housekeeping::keep::<_, _, _, M>(&worker)
        );
        worker.meters.report(worker.counters().snapshot());
        received.map(|()| worker.counters().snapshot())
    }

    async fn receive(
        mut source: S,
        worker: &Worker<H, D, I>,
        shutdown: impl Future<Output = ()>,
    ) -> Result<(), Error> {
        let config = &worker.config;
        let mut phase = worker.control.watch();
        let mut engine = Engine::new(config.concurrency, &worker.store, |job| {
            worker.attempt::<Queued<S::Delivery>, M>(job)
        });
        let mut key = String::new();
        let mut shutdown = pin!(shutdown);
        let mut broken = None;
        loop {
            let is_paused = match *phase.borrow_and_update() {
                Phase::Draining { .. } => break,
                now => now == Phase::Paused,
            };
            engine.stop(is_paused);
            worker.counters().in_flight(engine.held());
            let wake_at = engine.wake_at();
            let first = tokio::select! {
                biased;
                () = &mut shutdown => break,
                _ = phase.changed() => {
                    engine.stop(*phase.borrow() != Phase::Running);
                    engine.wake().await;
                    continue;
                }
                () = engine.progress() => continue,
                () = at(wake_at) => {
                    engine.wake().await;
                    continue;
                }
                received = source.recv(), if !is_paused && engine.held() < config.prefetch => received,
            };
            let mut accept = |cx: &mut std::task::Context<'_>, delivery| {
                let job = worker.open(Queued(delivery), &mut key);
                engine.accept(cx, Some(&*key).filter(|key| !key.is_empty()), job);
                engine.take_done();
                engine.held() < config.prefetch
            };
            // What is there already is taken without asking everybody else in between.
            let mut next = Some(first);
            let mut taken = 0;
            let ended = poll_fn(|cx| {
                loop {
                    let received = match next.take() {
                        Some(received) => received,
                        None => match pin!(source.recv()).poll(cx) {
                            Poll::Ready(received) => received,
                            Poll::Pending => return Poll::Ready(None),
                        },
                    };
                    let delivery = match received {
                        Ok(Some(delivery)) => delivery,
                        ended => return Poll::Ready(Some(ended.map(|_| ()))),
                    };
                    taken += 1;
                    if !accept(cx, delivery) || taken == BURST {
                        return Poll::Ready(None);
                    }
                }
            })
            .await;
            worker.counters().received(taken);
            match ended {
                Some(Ok(())) => break,
                Some(Err(cause)) => {
                    tracing::error!(
                        consumer = config.name,
                        error = reason::with_causes(&cause),
                        "the source is broken for good: the consumer ends"
                    );
                    broken = Some(Error::new(Kind::Source(Box::new(cause))));
                    break;
                }
                None if taken == BURST => tokio::task::yield_now().await,
                None => {}
            }
        }
        worker.control.drain();
        engine.drain(clock::now() + config.drain_timeout).await;
        let settling = worker.settling.load(Ordering::Relaxed);
        worker.counters().given_back(engine.held() - settling);
        worker.counters().in_flight(0);
        broken.map_or(Ok(()), Err)
    }
}

/// Neither the source nor the handler has to be printable: a closure is not.
impl<S, H, D, M, I> fmt::Debug for Consumer<S, H, D, M, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Consumer")
            .field("config", &self.worker.config)
            .field("counts", &self.worker.control.counts())
            .finish_non_exhaustive()
    }
}

/// Waits for an instant, or for ever.
pub(super) async fn at(instant: Option<Instant>) {
    match instant {
        Some(instant) => clock::sleep_until(instant).await,
        None => std::future::pending().await,
    }
}

/// A message of a queue: settled by acknowledging it, and given back by dropping it.
struct Queued<D>(D);

impl<D: Delivery> Unsettled for Queued<D> {
    type Message = D;
    type Place = ();

    fn message(&self) -> &D {
        &self.0
    }

    fn place(&self) {}

    async fn settle(self) -> bool {
        let settled = self.0.ack().await;
        if let Err(error) = &settled {
            tracing::warn!(
                error = reason::with_causes(error),
                "message not acknowledged: it will come again"
            );
        }
        settled.is_ok()
    }
}
