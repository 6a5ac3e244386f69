mod config;
mod context;
mod counters;
mod handler;
mod job;
mod lanes;
mod run;

pub use config::ConsumerConfig;
pub use context::Context;
pub use counters::{ConsumerCounters, ConsumerCounts};
pub use handler::{Handler, HandlerError};

use crate::{DeadLetters, Error, Source};
use event_contracts::FromEnvelope;
use std::fmt;
use std::marker::PhantomData;

/// Hands the messages of a queue to a typed handler: one at a time for each key, several keys at once, and
/// acknowledges each after its handler succeeded.
///
/// - A handler that fails is called again after a back-off; until then the later messages of its key wait, and
///   other keys go on.
/// - A message of a type that the handler does not take is acknowledged and counted.
/// - A message that cannot be decoded never will be: it is put aside with the reason, and the next one flows.
/// - At most `prefetch` messages are held; a consumer that is behind leaves the rest in the queue.
///
/// All handlers run within the one future of [`run`](Self::run): no task is spawned, and a handler that computes
/// for long should spawn its work. A handler that panics ends `run` with its panic, and every message that was
/// held goes back to the queue.
pub struct Consumer<S, H, D, M> {
    source: S,
    handler: H,
    dead_letters: D,
    config: ConsumerConfig,
    counters: ConsumerCounters,
    message: PhantomData<fn() -> M>,
}

impl<S: Source, H: Handler<M>, D: DeadLetters, M: FromEnvelope + Send> Consumer<S, H, D, M> {
    /// A consumer of `source`, which puts what it cannot handle among `dead_letters`.
    ///
    /// # Errors
    ///
    /// When a value of the configuration is out of its range.
    pub fn new(source: S, handler: H, dead_letters: D, config: ConsumerConfig) -> Result<Self, Error> {
        config.validate()?;
        Ok(Self {
            source,
            handler,
            dead_letters,
            config,
            counters: ConsumerCounters::default(),
            message: PhantomData,
        })
    }

    /// The counters, to be read while the consumer runs.
    #[must_use]
    pub fn counters(&self) -> ConsumerCounters {
        self.counters.clone()
    }
}

/// Neither the source nor the handler has to be printable: a closure is not.
impl<S, H, D, M> fmt::Debug for Consumer<S, H, D, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Consumer")
            .field("config", &self.config)
            .field("counts", &self.counters.snapshot())
            .finish_non_exhaustive()
    }
}
