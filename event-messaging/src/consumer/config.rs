use super::{InboxConfig, ParkConfig, Retries};
use crate::error::Problem;
use crate::settings::range_of;
use crate::{Backoff, Error};
use std::time::Duration;

/// How a [`Consumer`](super::Consumer) or [`LogConsumer`](super::LogConsumer) works. Plain values with defaults; the
/// consumer checks them all, and so does [`validate`](Self::validate).
///
/// The README's table has every key, default and range; [`Settings`](crate::Settings) reads them from a file and
/// the environment.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ConsumerConfig {
    /// The consumer's name: the same for all processes that share its work, and its own among all that share a
    /// database, because the inbox knows by it whose messages were handled. Never empty.
    pub name: String,
    /// How many messages are held unsettled at most, waiting for their turn included; of a log, how many of each
    /// partition. 1 to 10,000. Default 10, the platform's `RABBITMQ_PREFETCH_COUNT`.
    pub prefetch: usize,
    /// How many handlers run at once at most, each for a key of its own; 1 to 10,000. More than `prefetch` never run.
    /// Default 10.
    pub concurrency: usize,
    /// How long one call of the handler may take; then it is dropped, and the attempt has failed. Above zero and at
    /// most 30 minutes, RabbitMQ's consumer timeout. Default 30 s.
    pub handler_deadline: Duration,
    /// When a failed message is tried again, and when it is given up.
    pub retries: Retries,
    /// What becomes of messages of a type that the handler does not take. Default: acknowledged, and counted.
    pub unknown_types: UnknownTypes,
    /// How long the consumer waits when the store, or the place of the dead letters, fails. Default 100 ms doubling
    /// to 30 s.
    pub backoff: Backoff,
    /// How long a call of the inbox, of the place of the dead letters, or of the log's group may take; then it is
    /// dropped, and counts as failed. Above zero, up to an hour. Default 30 s.
    pub call_timeout: Duration,
    /// How long handlers that run may go on after the consumer was told to stop, or a partition was revoked; up to an
    /// hour. Default 10 s. Of a log, the commit of what is done and the release of what was revoked have a second each
    /// beyond that, when the handlers take all of it.
    pub drain_timeout: Duration,
    /// How often the offsets of a log are committed; above zero, up to a minute. Default 1 s: what is handled again
    /// after a crash is at most that old.
    pub commit_interval: Duration,
    /// How many records of one partition may be waiting to be committed, those done behind one that is not included;
    /// at least `prefetch`, up to 1,000,000. Default 1,000.
    pub commit_window: usize,
    /// How long the inbox remembers.
    pub inbox: InboxConfig,
    /// How parked messages are tried again.
    pub park: ParkConfig,
    /// Seeds all random parts, for a run that can be repeated. Default: random.
    pub seed: Option<u64>,
}

/// What becomes of a message of a type that the handler does not take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum UnknownTypes {
    /// It is acknowledged and counted: a queue that is bound to more than the handler wants is no fault.
    #[default]
    Acknowledge,
    /// It goes to the dead letters: every message of this queue is meant for the handler.
    DeadLetter,
}

/// Ten of them: the longest time that is taken for meant.
const YEARS: Duration = Duration::from_secs(3_650 * 86_400);
const DAY: Duration = Duration::from_secs(86_400);
const HOUR: Duration = Duration::from_secs(3_600);
const MINUTE: Duration = Duration::from_secs(60);

impl ConsumerConfig {
    /// The defaults, for a consumer called `name`: `order-service.catalogue`, for one.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            prefetch: 10,
            concurrency: 10,
            handler_deadline: Duration::from_secs(30),
            retries: Retries::default(),
            unknown_types: UnknownTypes::default(),
            backoff: Backoff::new(Duration::from_millis(100), Duration::from_secs(30)),
            call_timeout: Duration::from_secs(30),
            drain_timeout: Duration::from_secs(10),
            commit_interval: Duration::from_secs(1),
            commit_window: 1_000,
            inbox: InboxConfig::default(),
            park: ParkConfig::default(),
            seed: None,
        }
    }

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

    /// Sets how long one call of the handler may take.
    #[must_use]
    pub fn with_handler_deadline(mut self, limit: Duration) -> Self {
        self.handler_deadline = limit;
        self
    }

    /// Sets when a failed message is tried again.
    #[must_use]
    pub fn with_retries(mut self, retries: Retries) -> Self {
        self.retries = retries;
        self
    }

    /// Sets what becomes of messages of a type that the handler does not take.
    #[must_use]
    pub fn with_unknown_types(mut self, policy: UnknownTypes) -> Self {
        self.unknown_types = policy;
        self
    }

    /// Sets how long the consumer waits when the store fails.
    #[must_use]
    pub fn with_backoff(mut self, backoff: Backoff) -> Self {
        self.backoff = backoff;
        self
    }

    /// Sets how long a call of the inbox, of the place of the dead letters, or of the log's group may take.
    #[must_use]
    pub fn with_call_timeout(mut self, limit: Duration) -> Self {
        self.call_timeout = limit;
        self
    }

    /// Sets how long handlers may go on after the consumer was told to stop.
    #[must_use]
    pub fn with_drain_timeout(mut self, timeout: Duration) -> Self {
        self.drain_timeout = timeout;
        self
    }

    /// Sets how often the offsets of a log are committed.
    #[must_use]
    pub fn with_commit_interval(mut self, interval: Duration) -> Self {
        self.commit_interval = interval;
        self
    }

    /// Sets how many records of one partition may be waiting to be committed.
    #[must_use]
    pub fn with_commit_window(mut self, records: usize) -> Self {
        self.commit_window = records;
        self
    }

    /// Sets how long the inbox remembers.
    #[must_use]
    pub fn with_inbox(mut self, inbox: InboxConfig) -> Self {
        self.inbox = inbox;
        self
    }

    /// Sets how parked messages are tried again.
    #[must_use]
    pub fn with_park(mut self, park: ParkConfig) -> Self {
        self.park = park;
        self
    }

    /// Seeds all random parts.
    #[must_use]
    pub fn with_seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// The longest time from a message's first attempt to its last failure: all waits, and every attempt up to its
    /// deadline.
    #[must_use]
    pub fn longest_trial(&self) -> Duration {
        let attempts = u32::try_from(self.retries.levels.len() + 1).unwrap_or(u32::MAX);
        let handling = self.handler_deadline.checked_mul(attempts);
        self.retries
            .longest()
            .saturating_add(handling.unwrap_or(Duration::MAX))
    }

    /// Checks every value.
    ///
    /// # Errors
    ///
    /// When any is out of its range: one error that names all of them, each with its range.
    pub fn validate(&self) -> Result<(), Error> {
        let mut problems = Vec::new();
        let mut check = |key: &'static str, is_right: bool| {
            if !is_right {
                problems.push(Problem::new(key, range_of(key)));
            }
        };
        let within = |value: Duration, most: Duration| !value.is_zero() && value <= most;
        let count = |value: usize, most: usize| (1..=most).contains(&value);
        let Retries {
            levels,
            jitter,
            hold_at_most,
        } = &self.retries;
        check("consumer.prefetch", count(self.prefetch, 10_000));
        check("consumer.concurrency", count(self.concurrency, 10_000));
        check(
            "consumer.handler_deadline",
            within(self.handler_deadline, 30 * MINUTE),
        );
        check(
            "consumer.retry_levels",
            levels.len() <= 100 && levels.iter().all(|level| within(*level, DAY)),
        );
        check("consumer.retry_jitter", (0.0..=1.0).contains(jitter));
        check("consumer.hold_at_most", *hold_at_most <= DAY);
        check("consumer.backoff_base", within(self.backoff.base, HOUR));
        check(
            "consumer.backoff_cap",
            (self.backoff.base..=HOUR).contains(&self.backoff.cap),
        );
        check("consumer.call_timeout", within(self.call_timeout, HOUR));
        check("consumer.drain_timeout", self.drain_timeout <= HOUR);
        check("consumer.commit_interval", within(self.commit_interval, MINUTE));
        check(
            "consumer.commit_window",
            (self.prefetch..=1_000_000).contains(&self.commit_window),
        );
        check("consumer.park_limit", count(self.park.limit, 10_000_000));
        check("consumer.park_concurrency", count(self.park.concurrency, 1_000));
        check(
            "consumer.park_poll_interval",
            within(self.park.poll_interval, HOUR),
        );
        check(
            "consumer.park_lease",
            self.park.lease > self.handler_deadline && self.park.lease <= DAY,
        );
        check("inbox.prune_interval", within(self.inbox.prune_interval, DAY));
        check("inbox.prune_batch", count(self.inbox.prune_batch, 10_000));
        check("inbox.redrive_window", self.inbox.redrive_window <= YEARS);
        if self.name.is_empty() {
            problems.push(Problem::new("consumer.name", "not empty"));
        }
        let needed = self.longest_trial().saturating_add(self.inbox.redrive_window);
        if self.inbox.retention < needed || self.inbox.retention > YEARS {
            let must = format!(
                "at least {} s (a message can be tried for {} s, and `inbox.redrive_window` is {} s) and at most \
                 3650d, and is {} s",
                needed.as_secs_f64().ceil(),
                self.longest_trial().as_secs_f64().ceil(),
                self.inbox.redrive_window.as_secs_f64(),
                self.inbox.retention.as_secs_f64(),
            );
            problems.push(Problem::new("inbox.retention", must));
        }
        Error::unless_none(problems)
    }
}
