use super::control::Control;
use super::counters::Counters;
use super::job::Decoded;
use super::retries::Decision;
use super::{ConsumerConfig, Context, Handler, HandlerError};
use crate::clock::{self, Instant};
use crate::meters::ConsumerMeters;
use crate::{Backoff, DeadLetters, Failure, FailureKind, InboxStore, NoInbox, Received};
use event_contracts::{FromEnvelope, RawEnvelope};
use futures_util::FutureExt;
use std::error::Error as StdError;
use std::fmt::Write as _;
use std::future::{Future, poll_fn};
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::Duration;
use tracing::{Instrument, Span};

/// What handling messages needs, whatever they come from.
pub(super) struct Worker<H, D, I> {
    pub(super) handler: H,
    pub(super) dead_letters: D,
    pub(super) inbox: I,
    pub(super) config: ConsumerConfig,
    pub(super) control: Control,
    pub(super) meters: ConsumerMeters,
    pub(super) store: StoreHealth,
    /// How many dead letters of parked messages in a row were not confirmed.
    pub(super) parked_not_put: AtomicU32,
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
            parked_not_put: AtomicU32::new(0),
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
            parked_not_put,
        } = self;
        Worker {
            handler,
            dead_letters,
            inbox,
            config,
            control,
            meters,
            store,
            parked_not_put,
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
        mut decoded: Box<Decoded<M>>,
        transaction: &mut I::Transaction,
        context: &Context<'_>,
    ) -> Result<(), Failed>
    where
        H: Handler<M, I::Transaction>,
    {
        if context.attempt() > 1 {
            self.counters().retried(1);
        }
        let span = std::mem::replace(&mut decoded.span, Span::none());
        // Inside the block, what a closure does before its future counts as the handler's, too.
        let handling = async move { self.handler.handle(decoded.message, transaction, context).await };
        let mut handling = pin!(AssertUnwindSafe(handling).catch_unwind().instrument(span));
        // Most handlers of projections end at once, and then no timer is set.
        let outcome = match poll_fn(|cx| Poll::Ready(handling.as_mut().poll(cx))).await {
            Poll::Ready(outcome) => Some(outcome),
            Poll::Pending => clock::until(context.deadline(), handling).await,
        };
        let error = match outcome {
            Some(Ok(Ok(()))) => return Ok(()),
            Some(Ok(Err(error))) => error.into(),
            Some(Err(panic)) => HandlerError::transient(format!("the handler panicked: {}", words(&*panic))),
            None => HandlerError::transient(format!(
                "the handler did not end within {} s",
                self.config.handler_deadline.as_secs_f64()
            )),
        };
        self.counters().failed(1);
        Err(Failed {
            reason: with_causes(error.cause()),
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
        self.config.backoff.delay(failures, &mut self.store.random())
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
        if let Err(error) = self.dead_letters.put(message, failure).await {
            self.counters().dead_letter_failures(1);
            tracing::error!(
                consumer = self.config.name,
                routing_key = message.routing_key(),
                error = &error as &dyn StdError,
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

    pub(super) fn store_failed(&self, operation: &'static str, error: &I::Error) {
        self.counters().store_failures(1);
        tracing::warn!(
            consumer = self.config.name,
            operation,
            error = error as &dyn StdError,
            "the inbox store failed"
        );
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

/// Decodes a message, and opens the span that its handling is in.
pub(super) fn decode<R: Received, M: FromEnvelope>(
    raw: &RawEnvelope<'_>,
    message: &R,
    attempt: u32,
) -> Result<Box<Decoded<M>>, event_contracts::Error> {
    Ok(Box::new(Decoded {
        message: M::from_envelope(raw)?,
        span: span(raw, message, attempt),
    }))
}

fn span<R: Received>(raw: &RawEnvelope<'_>, message: &R, attempt: u32) -> Span {
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

/// An error and its causes, in one line.
pub(super) fn with_causes(error: &(dyn StdError + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        // Writing into a string does not fail.
        let _ = write!(text, ": {inner}");
        cause = inner.source();
    }
    text
}

fn words(panic: &(dyn std::any::Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("without words")
}
