mod consumer;
mod group;
mod record;
mod records;
mod topic;

pub use consumer::LogConsumer;
pub use record::LogRecord;

use self::group::Limits;
use self::topic::{Append, Topic};
use super::publishing::one_by_one;
use super::recorder::Recorder;
use crate::clock::{self, Instant};
use crate::error::Kind;
use crate::{Error, OutboundMessage, Outcome, Publisher};
use std::collections::BTreeMap;
#[cfg(all(feature = "process", unix))]
use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;

/// Topics of partitions of numbered records in this process, and groups of consumers that share them. Cheap to clone;
/// clones are the same log.
///
/// It behaves as Kafka does with `acks=all` and cooperative rebalancing. A message goes to the topic that is named as
/// its exchange, into the partition that its key belongs to; it is [`Outcome::Sent`] when it was appended. Where
/// there is no such topic it is [`Outcome::Unroutable`].
///
/// ```
/// use event_contracts::MessageId;
/// use event_messaging::memory::{Log, Retention};
/// use event_messaging::{LogEvent, LogSource, OutboundMessage, Outcome, Publisher, Record};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let log = Log::new();
/// log.create_topic("product.events", 4, 1_000, Retention::UntilCommitted);
/// let message = OutboundMessage::new(MessageId::new("m-1")?, "product.events", "product.price.changed.v1", "p-1", "{}");
/// assert_eq!(log.publish(vec![message]).await, [Outcome::Sent]);
///
/// let mut consumer = log.consumer("order-service", "product.events")?;
/// let Some(LogEvent::Assigned(partitions)) = consumer.next().await? else { panic!("they are all its own") };
/// assert_eq!(partitions.len(), 4);
/// let Some(LogEvent::Record(record)) = consumer.next().await? else { panic!("there is one") };
/// consumer.commit(record.partition(), record.offset() + 1).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Log {
    shared: Arc<Shared>,
    publish_timeout: Duration,
    limits: Limits,
}

struct Shared {
    topics: Mutex<BTreeMap<String, Arc<Topic>>>,
    /// Told of a restart. Not a `watch`, which wakes those who wait in a random order: a run must be repeatable.
    restarted: Notify,
    recorder: Option<Arc<dyn Recorder>>,
}

/// What happens to the oldest records of a partition that is full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Retention {
    /// They are kept until every group that ever read the topic has committed them, and dropped when their room is
    /// needed. Until then the publisher waits, and is refused with [`Outcome::Nacked`] after the publish timeout.
    UntilCommitted,
    /// They are dropped, read or not: the partition has the newest records. What a group had not read it never
    /// will, as when Kafka's retention is too short.
    Newest,
}

impl Log {
    /// A log without topics. A publish waits for room for at most 5 seconds, half of what a
    /// [`Relay`](crate::Relay) waits for an answer; a session lasts 45 seconds (Kafka's `session.timeout.ms`) and
    /// what was revoked is to be released within 60 seconds.
    #[must_use]
    pub fn new() -> Self {
        Self::recorded_by(None)
    }

    pub(super) fn recorded_by(recorder: Option<Arc<dyn Recorder>>) -> Self {
        let shared = Shared {
            topics: Mutex::default(),
            restarted: Notify::new(),
            recorder,
        };
        Self {
            shared: Arc::new(shared),
            publish_timeout: Duration::from_secs(5),
            limits: Limits {
                session: Duration::from_secs(45),
                release: Duration::from_secs(60),
            },
        }
    }

    /// Sets how long one call of `publish` waits for room in full partitions.
    #[must_use]
    pub fn with_publish_timeout(mut self, timeout: Duration) -> Self {
        self.publish_timeout = timeout;
        self
    }

    /// Sets how long a consumer of a topic created from now on may be silent before its partitions are given to
    /// others.
    #[must_use]
    pub fn with_session_timeout(mut self, timeout: Duration) -> Self {
        self.limits.session = timeout;
        self
    }

    /// Sets how long a consumer of a topic created from now on may take to release what was revoked, before it is
    /// lost to it.
    #[must_use]
    pub fn with_release_timeout(mut self, timeout: Duration) -> Self {
        self.limits.release = timeout;
        self
    }

    /// Creates a topic of `partitions` (at least 1) that hold up to `capacity` records (at least 1) each. A topic
    /// that exists stays as it is.
    pub fn create_topic(&self, name: &str, partitions: usize, capacity: usize, retention: Retention) {
        let create = || {
            let recorder = self.shared.recorder.clone();
            Arc::new(Topic::new(
                name,
                partitions,
                capacity,
                retention,
                self.limits,
                recorder,
            ))
        };
        self.topics().entry(name.to_owned()).or_insert_with(create);
    }

    /// Deletes a topic with its records and offsets. Its consumers end with an error that
    /// [`is_deleted`](super::TransportError::is_deleted). Whether there was one.
    pub fn delete_topic(&self, name: &str) -> bool {
        let topic = self.topics().remove(name);
        if let Some(topic) = &topic {
            topic.delete();
        }
        topic.is_some()
    }

    /// A consumer of the topic in that group. A group that is new begins with the oldest records.
    ///
    /// # Errors
    ///
    /// When there is no such topic.
    pub fn consumer(&self, group: &str, topic: &str) -> Result<LogConsumer, Error> {
        let known = self.topic(topic);
        let topic = known.ok_or_else(|| Error::new(Kind::UnknownTopic(topic.to_owned())))?;
        Ok(LogConsumer::new(topic, group, self.limits.session))
    }

    /// How many records the topic holds; 0 when there is no such topic.
    #[must_use]
    pub fn records(&self, topic: &str) -> usize {
        self.topic(topic).map_or(0, |topic| topic.len())
    }

    /// How many records of the topic the group has not committed: its lag.
    #[must_use]
    pub fn lag(&self, group: &str, topic: &str) -> u64 {
        self.topic(topic).map_or(0, |topic| topic.lag(group))
    }

    /// Restarts the log's brokers: records and offsets stay, every session is lost. A publish that waits is
    /// [`Outcome::Unknown`]; consumers are told that their partitions are lost, and join anew.
    pub fn restart(&self) {
        self.shared.restarted.notify_waiters();
        let topics: Vec<_> = self.topics().values().cloned().collect();
        for topic in topics {
            topic.end_sessions();
        }
    }

    /// Puts back the records of a partition, as they were before the log's process ended.
    #[cfg(all(feature = "process", unix))]
    pub(super) fn restore(&self, topic: &str, partition: usize, start: u64, kept: VecDeque<OutboundMessage>) {
        if let Some(topic) = self.topic(topic) {
            topic.restore(partition, start, kept);
        }
    }

    /// Puts back how far a group was.
    #[cfg(all(feature = "process", unix))]
    pub(super) fn restore_group(&self, topic: &str, group: &str, partition: u32, next: u64) {
        if let Some(topic) = self.topic(topic) {
            topic.restore_group(group, partition, next);
        }
    }

    async fn publish_one(&self, mut message: OutboundMessage, deadline: Instant) -> Outcome {
        let Some(topic) = self.topic(&message.exchange) else {
            return Outcome::Unroutable;
        };
        loop {
            let changed = topic.changed.notified();
            message = match topic.append(message) {
                Append::Done => return Outcome::Sent,
                Append::Deleted => return Outcome::Unroutable,
                Append::Full(message) => message,
            };
            if clock::until(deadline, changed).await.is_none() {
                return Outcome::Nacked;
            }
        }
    }

    fn topic(&self, name: &str) -> Option<Arc<Topic>> {
        self.topics().get(name).cloned()
    }

    fn topics(&self) -> MutexGuard<'_, BTreeMap<String, Arc<Topic>>> {
        self.shared.topics.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Log {
    fn default() -> Self {
        Self::new()
    }
}

impl Publisher for Log {
    async fn publish(&self, batch: Vec<OutboundMessage>) -> Vec<Outcome> {
        let deadline = clock::after(self.publish_timeout);
        one_by_one(batch, &self.shared.restarted, |message| {
            self.publish_one(message, deadline)
        })
        .await
    }
}

impl fmt::Debug for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Log")
            .field("topics", &self.topics().keys())
            .field("publish_timeout", &self.publish_timeout)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}
