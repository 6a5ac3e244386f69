use std::time::Duration;

/// How long the inbox remembers which messages were handled.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InboxConfig {
    /// How long; at least the longest time that a message can be tried plus `redrive_window`, because a message that
    /// comes again after its row is gone has its effect again. Default 7 days.
    pub retention: Duration,
    /// How long after it was given up a dead letter may still be sent again. Default 3 days.
    pub redrive_window: Duration,
    /// How often old rows are removed; above zero, up to a day. Default 1 minute.
    pub prune_interval: Duration,
    /// How many rows are removed in one transaction; 1 to 10,000. Default 500.
    pub prune_batch: usize,
}

/// How parked messages are tried again.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParkConfig {
    /// How many messages of this consumer may be parked, about: while there are as many, one that is to be parked is
    /// held instead, so that the broker keeps what comes behind. 1 to 10,000,000. Default 100,000.
    pub limit: usize,
    /// How many handlers run at once for parked messages, besides those for messages that come; 1 to 1,000.
    /// Default 10, as for the others.
    pub concurrency: usize,
    /// How often the store is asked for a key that is due, while none is, and for room, while the park is full; above
    /// zero, up to an hour. Default 1 s.
    pub poll_interval: Duration,
    /// How long a parked key is this process's once it was taken; above `consumer.handler_deadline`, so that two
    /// processes do not have one message at a time, up to a day. When a process dies, its keys wait this long.
    /// Default 60 s.
    pub lease: Duration,
}

const DAY: Duration = Duration::from_secs(86_400);
const MINUTE: Duration = Duration::from_secs(60);

impl InboxConfig {
    /// Sets how long the inbox remembers.
    #[must_use]
    pub fn with_retention(mut self, time: Duration) -> Self {
        self.retention = time;
        self
    }

    /// Sets how long a dead letter may still be sent again.
    #[must_use]
    pub fn with_redrive_window(mut self, time: Duration) -> Self {
        self.redrive_window = time;
        self
    }

    /// Sets how often old rows are removed, and how many in one transaction.
    #[must_use]
    pub fn with_pruning(mut self, interval: Duration, batch: usize) -> Self {
        (self.prune_interval, self.prune_batch) = (interval, batch);
        self
    }
}

impl Default for InboxConfig {
    fn default() -> Self {
        Self {
            retention: 7 * DAY,
            redrive_window: 3 * DAY,
            prune_interval: MINUTE,
            prune_batch: 500,
        }
    }
}

impl ParkConfig {
    /// Sets how many messages may be parked.
    #[must_use]
    pub fn with_limit(mut self, messages: usize) -> Self {
        self.limit = messages;
        self
    }

    /// Sets how many handlers run at once for parked messages.
    #[must_use]
    pub fn with_concurrency(mut self, handlers: usize) -> Self {
        self.concurrency = handlers;
        self
    }

    /// Sets how often the store is asked for a key that is due.
    #[must_use]
    pub fn with_poll_interval(mut self, interval: Duration) -> Self {
        self.poll_interval = interval;
        self
    }

    /// Sets how long a parked key is this process's once it was taken.
    #[must_use]
    pub fn with_lease(mut self, lease: Duration) -> Self {
        self.lease = lease;
        self
    }
}

impl Default for ParkConfig {
    fn default() -> Self {
        Self {
            limit: 100_000,
            concurrency: 10,
            poll_interval: Duration::from_secs(1),
            lease: MINUTE,
        }
    }
}
