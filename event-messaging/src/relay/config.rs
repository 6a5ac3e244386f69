use crate::error::Problem;
use crate::settings::range_of;
use crate::{Backoff, Error};
use std::time::Duration;

/// How a [`Relay`](super::Relay) works. Plain values with defaults; [`Relay::new`](super::Relay::new) checks them
/// all.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RelayConfig {
    /// How many rows are claimed at once, and how many keys are on their way at once; 1 to 10,000. Up to four times as
    /// many rows are held in memory. Default 256, a publish window at which RabbitMQ's quorum queues are near their
    /// best.
    pub batch: usize,
    /// How long claimed rows are this relay's. When a relay dies, its rows wait this long. Default 30 s.
    pub lease: Duration,
    /// How long one call of the publisher may take; then its messages count as
    /// [`Unknown`](crate::Outcome::Unknown). At most half the lease, so that no row is sent by two relays while
    /// both are well. Default 10 s.
    pub publish_timeout: Duration,
    /// How long one call of the store may take; then it counts as failed. Above zero, up to an hour. Default 30 s.
    pub store_timeout: Duration,
    /// How long the relay waits when nothing is to be done and nobody wakes it: it finds what other processes
    /// committed. Default 500 ms.
    pub poll_interval: Duration,
    /// How long a row, and what is behind it in its key, rests after a failure; and the relay after a failure of
    /// the store. Default 100 ms doubling to 30 s.
    pub backoff: Backoff,
    /// How long the relay goes on after it was told to stop, to send what is there; the rest is given back. What it
    /// publishes at the end of that may still take `publish_timeout`, and writing it down until the lease ends. A call
    /// of the store that does not come back is waited for until it is cut off, and so is the one after it. Default 10 s.
    pub drain_timeout: Duration,
    /// How long rows are kept after they were sent, for whoever asks what became of a message; the relay deletes
    /// those that are older, in small batches. At most 366 d. Default 1 d.
    pub keep_sent: Duration,
    /// Seeds the random part of the back-off, for a run that can be repeated. Default: random.
    pub seed: Option<u64>,
}

impl RelayConfig {
    /// Sets how many rows are claimed at once.
    #[must_use]
    pub fn with_batch(mut self, rows: usize) -> Self {
        self.batch = rows;
        self
    }

    /// Sets how long claimed rows are this relay's.
    #[must_use]
    pub fn with_lease(mut self, lease: Duration) -> Self {
        self.lease = lease;
        self
    }

    /// Sets how long one call of the publisher may take.
    #[must_use]
    pub fn with_publish_timeout(mut self, timeout: Duration) -> Self {
        self.publish_timeout = timeout;
        self
    }

    /// Sets how long one call of the store may take.
    #[must_use]
    pub fn with_store_timeout(mut self, timeout: Duration) -> Self {
        self.store_timeout = timeout;
        self
    }

    /// Sets how long the relay waits when nobody wakes it.
    #[must_use]
    pub fn with_poll_interval(mut self, interval: Duration) -> Self {
        self.poll_interval = interval;
        self
    }

    /// Sets how long a failed row rests.
    #[must_use]
    pub fn with_backoff(mut self, backoff: Backoff) -> Self {
        self.backoff = backoff;
        self
    }

    /// Sets how long the relay goes on after it was told to stop.
    #[must_use]
    pub fn with_drain_timeout(mut self, timeout: Duration) -> Self {
        self.drain_timeout = timeout;
        self
    }

    /// Sets how long rows are kept after they were sent.
    #[must_use]
    pub fn with_keep_sent(mut self, age: Duration) -> Self {
        self.keep_sent = age;
        self
    }

    /// Seeds the random part of the back-off.
    #[must_use]
    pub fn with_seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// Checks every value.
    ///
    /// # Errors
    ///
    /// When any is out of its range: one error that names all of them, each with its range.
    pub fn validate(&self) -> Result<(), Error> {
        let hour = Duration::from_secs(3_600);
        let mut problems = Vec::new();
        let mut check = |key: &'static str, is_right: bool| {
            if !is_right {
                problems.push(Problem::new(key, range_of(key)));
            }
        };
        let within = |value: Duration, most: Duration| !value.is_zero() && value <= most;
        check("relay.batch", (1..=10_000).contains(&self.batch));
        check("relay.lease", self.lease <= 24 * hour);
        check(
            "relay.publish_timeout",
            within(self.publish_timeout, self.lease / 2),
        );
        check("relay.store_timeout", within(self.store_timeout, hour));
        check("relay.poll_interval", within(self.poll_interval, hour));
        check("relay.backoff_base", within(self.backoff.base, hour));
        check(
            "relay.backoff_cap",
            (self.backoff.base..=hour).contains(&self.backoff.cap),
        );
        check("relay.drain_timeout", self.drain_timeout <= hour);
        check("relay.keep_sent", self.keep_sent <= 366 * 24 * hour);
        Error::unless_none(problems)
    }
}

impl Default for RelayConfig {
    fn default() -> Self {
        Self {
            batch: 256,
            lease: Duration::from_secs(30),
            publish_timeout: Duration::from_secs(10),
            store_timeout: Duration::from_secs(30),
            poll_interval: Duration::from_millis(500),
            backoff: Backoff::new(Duration::from_millis(100), Duration::from_secs(30)),
            drain_timeout: Duration::from_secs(10),
            keep_sent: Duration::from_secs(24 * 3_600),
            seed: None,
        }
    }
}
