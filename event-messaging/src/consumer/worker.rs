use super::call;
use super::control::Control;
use super::counters::Counters;
use super::job::Decoded;
use super::park_level::ParkLevel;
use super::retries::Decision;
use super::{ConsumerConfig, Context, Handler, HandlerError};
use crate::clock::{self, Instant};
use crate::meters::ConsumerMeters;
use crate::{Backoff, DeadLetters, Failure, FailureKind, InboxStore, NoInbox, Received, reason};
use event_contracts::RawEnvelope;
use futures_util::FutureExt;
use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::Duration;
use tracing::Span;
use tracing::level_filters::LevelFilter;

/// What handling messages needs, whatever they come from.
pub(super) struct Worker<H, D, I> {
    pub(super) handler: H,
    pub(super) dead_letters: D,
    pub(super) inbox: I,
    pub(super) config: ConsumerConfig,
    pub(super) control: Control,
    pub(super) meters: ConsumerMeters,
    pub(super) store: StoreHealth,
    pub(super) park: ParkLevel,
    /// How many dead letters of parked messages in a row were not confirmed.
    pub(super) parked_not_put: AtomicU32,
    /// How many messages wait for the answer to their acknowledgement. They are counted already: should the drain not let
    /// them have it, they are not given back.
    pub(super) settling: AtomicUsize,
}

/// Whether the store answers, and how long to wait when it does not.
pub(super) struct StoreHealth {
    backoff: Backoff,
    has_answered: AtomicBool,
    random: Mutex<fastrand::Rng>,
}

/// An attempt that failed.
pub(super) struct Failed {
    pub(super) reason: String,
    pub(super) is_permanent: bool,
    pub(super) began: Instant,
}

impl<H, D> Worker<H, D, NoInbox> {
    pub(super) fn new(handler: H, dead_letters: D, config: ConsumerConfig) -> Self {
        let random = config
            .seed
            .map_or_else(fastrand::Rng::new, fastrand::Rng::with_seed);
        Self {
            handler,
            dead_letters,
            inbox: NoInbox,
            meters: ConsumerMeters::new(&config.name),
            store: StoreHealth {
                backoff: config.backoff,
                has_answered: AtomicBool::new(false),
                random: Mutex::new(random),
            },
            park: ParkLevel::default(),
            parked_not_put: AtomicU32::new(0),
            settling: AtomicUsize::new(0),
            config,
            control: Control::new(),
        }
    }

    pub(super) fn with_inbox<I>(self, inbox: I) -> Worker<H, D, I> {
        let Self {
            handler,
            dead_letters,
            inbox: NoInbox,
            config,
            control,
            meters,
            store,
            park,
            parked_not_put,
            settling,
        } = self;
        Worker {
            handler,
            dead_letters,
            inbox,
            config,
            control,
            meters,
            store,
            park,
            parked_not_put,
            settling,
        }
    }
}

impl<H, D: DeadLetters, I: InboxStore> Worker<H, D, I> {
    pub(super) fn counters(&self) -> &Counters {
        &self.control.counters
    }

    /// Calls the handler, up to its deadline. A handler that panics has failed, like one that returns an error: a
    /// message that makes it panic must not end the consumer again and again.
    pub(super) async fn call<M>(
        &self,
        decoded: Decoded<M>,
        transaction: &mut I::Transaction,
        context: &Context<'_>,
    ) -> Result<(), Failed>
    where
        H: Handler<M, I::Transaction>,
    {
        if context.attempt() > 1 {
            self.counters().retried(1);
        }
        let Decoded { message, span } = decoded;
        // Inside the block, what a closure does before its future counts as the handler's, and so does the making of
        // its error.
        let handling = async move {
            let handled = self.handler.handle(*message, transaction, context).await;
            handled.map_err(Into::into)
        };
        let mut handling = pin!(AssertUnwindSafe(handling).catch_unwind());
        let mut handling = pin!(poll_fn(|cx| {
            // `instrument` does as much for a span that is none.
            let _entered = (!span.is_none()).then(|| span.enter());
            handling.as_mut().poll(cx)
        }));
        // Most handlers of projections end at once, and then no timer is set.
        let outcome = match clock::at_once(handling.as_mut()).await {
            Poll::Ready(outcome) => Some(outcome),
            Poll::Pending => clock::until(context.deadline(), handling).await,
        };
        let error = match outcome {
            Some(Ok(Ok(()))) => return Ok(()),
            Some(Ok(Err(error))) => error,
            Some(Err(panic)) => {
                HandlerError::transient(format!("the handler panicked: {}", reason::of_panic(&*panic)))
            }
            None => HandlerError::transient(format!(
                "the handler did not end within {} s",
                self.config.handler_deadline.as_secs_f64()
            )),
        };
        self.counters().failed(1);
        Err(Failed {
            reason: reason::with_causes(error.cause()),
            is_permanent: error.is_permanent(),
            began: context.began().unwrap_or_else(clock::now),
        })
    }

    /// What to do after `attempts` attempts.
    pub(super) fn decide(&self, attempts: u32, failed: &Failed) -> Decision {
        let retries = &self.config.retries;
        retries.decide(attempts, failed.is_permanent, I::PARKS, &mut self.store.random())
    }

    /// How long to wait after so many failures of the store, or of the place of the dead letters.
    pub(super) fn backoff(&self, failures: u32) -> Duration {
        self.store.backoff(failures)
    }

    pub(super) fn failure(
        &self,
        kind: FailureKind,
        reason: impl Into<String>,
        attempts: u32,
        tried_for: Duration,
    ) -> Failure {
        let mut failure = Failure::new(kind, reason, &*self.config.name);
        (failure.attempts, failure.tried_for) = (attempts, tried_for);
        failure
    }

    /// Puts a message among the dead letters; `false` when that is not safe yet.
    pub(super) async fn bury<R: Received>(&self, message: &R, failure: &Failure) -> bool {
        let put = self.dead_letters.put(message, failure);
        if let Err(error) = call::within(self.config.call_timeout, put).await {
            self.counters().dead_letter_failures(1);
            tracing::error!(
                consumer = self.config.name,
                routing_key = message.routing_key(),
                error = error.reason(),
                "the dead letter is not safe yet"
            );
            return false;
        }
        tracing::error!(
            consumer = self.config.name,
            routing_key = message.routing_key(),
            kind = failure.kind.as_str(),
            attempts = failure.attempts,
            reason = failure.reason,
            "message put among the dead letters"
        );
        true
    }
}

impl StoreHealth {
    /// How long to wait after so many failures.
    pub(super) fn backoff(&self, failures: u32) -> Duration {
        self.backoff.delay(failures, &mut self.random())
    }

    /// The store has opened a transaction.
    pub(super) fn answered(&self) {
        self.has_answered.store(true, Ordering::Relaxed);
    }

    /// Whether it has since its answers were forgotten.
    pub(super) fn has_answered(&self) -> bool {
        self.has_answered.load(Ordering::Relaxed)
    }

    pub(super) fn forget_answers(&self) {
        self.has_answered.store(false, Ordering::Relaxed);
    }

    fn random(&self) -> MutexGuard<'_, fastrand::Rng> {
        self.random.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads a message by code that may be its consumer's own: what makes that panic will make it panic again, and must not
/// end the consumer each time.
///
/// # Errors
///
/// Why the message cannot be read.
pub(super) fn read<T>(by: impl FnOnce() -> Result<T, event_contracts::Error>) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(by)) {
        Ok(read) => read.map_err(|error| reason::with_causes(&error)),
        Err(panic) => Err(format!("the decoder panicked: {}", reason::of_panic(&*panic))),
    }
}

/// Opens the span that the handling of a message is in.
pub(super) fn decoded<R: Received, M>(
    decoded: Box<M>,
    raw: &RawEnvelope<'_>,
    message: &R,
    attempt: u32,
) -> Decoded<M> {
    Decoded {
        message: decoded,
        span: span(raw, message, attempt),
    }
}

fn span<R: Received>(raw: &RawEnvelope<'_>, message: &R, attempt: u32) -> Span {
    // With `log`, a feature of tracing that drivers of databases turn on, a span that nobody wants is not free.
    if LevelFilter::current() < LevelFilter::INFO {
        return Span::none();
    }
    tracing::info_span!(
        "messaging.process",
        r#type = raw.message_type(),
        key = raw.partition_key(),
        message_id = raw.message_id(),
        correlation_id = raw.correlation_id(),
        causation_id = raw.causation_id(),
        traceparent = message.header("traceparent"),
        tracestate = message.header("tracestate"),
        attempt,
    )
}
