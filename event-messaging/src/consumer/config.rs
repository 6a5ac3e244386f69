use crate::error::Kind;
use crate::{Backoff, Error};
use std::time::Duration;

/// How a [`Consumer`](super::Consumer) works. Plain values with defaults; [`Consumer::new`](super::Consumer::new)
/// checks them all.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConsumerConfig {
    /// How many messages are held unsettled at most, waiting for their turn included; 1 to 10,000. Default 10,
    /// the platform's `RABBITMQ_PREFETCH_COUNT`.
    pub prefetch: usize,
    /// How many handlers run at once at most, each for a key of its own; from 1. More than `prefetch` never run.
    /// Default 10.
    pub concurrency: usize,
    /// How long a failed message waits for its next try, and what is behind it in its key with it. Default 100 ms
    /// doubling to 30 s.
    pub backoff: Backoff,
    /// How long handlers that run may go on after the consumer was told to stop. Default 10 s.
    pub drain_timeout: Duration,
    /// Seeds the random part of the back-off, for a run that can be repeated. Default: random.
    pub seed: Option<u64>,
}

impl ConsumerConfig {
    /// Sets how many messages are held unsettled.
    #[must_use]
    pub fn with_prefetch(mut self, messages: usize) -> Self {
        self.prefetch = messages;
        self
    }

    /// Sets how many handlers run at once.
    #[must_use]
    pub fn with_concurrency(mut self, handlers: usize) -> Self {
        self.concurrency = handlers;
        self
    }

    /// Sets how long a failed message waits for its next try.
    #[must_use]
    pub fn with_backoff(mut self, backoff: Backoff) -> Self {
        self.backoff = backoff;
        self
    }

    /// Sets how long handlers may go on after the consumer was told to stop.
    #[must_use]
    pub fn with_drain_timeout(mut self, timeout: Duration) -> Self {
        self.drain_timeout = timeout;
        self
    }

    /// Seeds the random part of the back-off.
    #[must_use]
    pub fn with_seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    pub(super) fn validate(&self) -> Result<(), Error> {
        let refuse = |key, must| Err(Error::new(Kind::Config { key, must }));
        if !(1..=10_000).contains(&self.prefetch) {
            return refuse("consumer.prefetch", "from 1 to 10000");
        }
        if self.concurrency == 0 {
            return refuse("consumer.concurrency", "at least 1");
        }
        self.backoff.validate("consumer.backoff")
    }
}

impl Default for ConsumerConfig {
    fn default() -> Self {
        Self {
            prefetch: 10,
            concurrency: 10,
            backoff: Backoff::new(Duration::from_millis(100), Duration::from_secs(30)),
            drain_timeout: Duration::from_secs(10),
            seed: None,
        }
    }
}
