use crate::Received;
use std::cmp::Ordering;
use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::sync::Arc;

/// The way in from a **log**: partitions of numbered records. A record cannot be settled on its own; a consumer
/// commits, for each partition, the offset below which everything is done. Kafka is one.
///
/// The log belongs to one group of consumers, among which the partitions are shared out anew whenever one comes
/// or goes. All methods take `&mut self`: one task drives the source.
pub trait LogSource: Send {
    /// A record of the log.
    type Record: Record;

    /// What can go wrong. From [`next`](Self::next) it is final: what can be repaired the source repairs itself.
    type Error: StdError + Send + Sync + 'static;

    /// Waits for what happens next; `None` when the source was closed on purpose.
    ///
    /// Records of one partition come in the order of their offsets, beginning at the committed one. Cancel safe.
    ///
    /// # Errors
    ///
    /// When the source is broken for good: the topic was deleted, the group is not authorised.
    fn next(&mut self) -> impl Future<Output = Result<Option<LogEvent<Self::Record>>, Self::Error>> + Send;

    /// Commits that everything in the partition below `next` is done.
    ///
    /// The call may be dropped before it has an answer: at the consumer's
    /// [`call_timeout`](crate::ConsumerConfig::call_timeout), at the end of a revocation, or at a shutdown. The same or a
    /// greater offset is then committed once more, if the partition is still this consumer's.
    ///
    /// # Errors
    ///
    /// When it could not be committed, or the partition is not this consumer's any more: then somebody else will
    /// see the records again.
    fn commit(
        &mut self,
        partition: &Partition,
        next: u64,
    ) -> impl Future<Output = Result<(), Self::Error>> + Send;

    /// Answers [`LogEvent::Revoked`]: all that was in flight is done or abandoned and committed as far as it goes,
    /// and the partitions may be given to somebody else.
    ///
    /// The call may be dropped before it has an answer, a second after the
    /// [`drain_timeout`](crate::ConsumerConfig::drain_timeout) at the latest: the consumer has given the partitions up,
    /// and the group has to notice by itself.
    ///
    /// # Errors
    ///
    /// When the group could not be told.
    fn release(&mut self, partitions: &[Partition]) -> impl Future<Output = Result<(), Self::Error>> + Send;

    /// Stops records of these partitions from coming, without giving the partitions up: back-pressure.
    fn pause(&mut self, partitions: &[Partition]);

    /// Lets them come again.
    fn resume(&mut self, partitions: &[Partition]);

    /// How many records of the partition the group has not committed, as far as that is known without asking
    /// anybody. Asked for at every commit.
    fn lag(&self, _partition: &Partition) -> Option<u64> {
        None
    }
}

/// A record of a log.
pub trait Record: Received {
    /// Where it stands.
    fn partition(&self) -> &Partition;

    /// Its number in the partition.
    fn offset(&self) -> u64;
}

/// A partition of a topic. Cheap to clone.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Partition {
    topic: Arc<str>,
    number: u32,
}

impl Partition {
    /// Partition `number` of `topic`.
    #[must_use]
    pub fn new(topic: impl Into<Arc<str>>, number: u32) -> Self {
        Self {
            topic: topic.into(),
            number,
        }
    }

    /// The topic.
    #[must_use]
    pub fn topic(&self) -> &str {
        &self.topic
    }

    /// The partition's number in the topic.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.number
    }
}

/// By topic, and then by number.
impl Ord for Partition {
    fn cmp(&self, other: &Self) -> Ordering {
        // Partitions of one source mostly share the name.
        let topics = if Arc::ptr_eq(&self.topic, &other.topic) {
            Ordering::Equal
        } else {
            self.topic.cmp(&other.topic)
        };
        topics.then(self.number.cmp(&other.number))
    }
}

impl PartialOrd for Partition {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Partition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}]", self.topic, self.number)
    }
}

impl fmt::Debug for Partition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Partition({self})")
    }
}

/// What a log has to say.
#[derive(Debug)]
#[non_exhaustive]
pub enum LogEvent<R> {
    /// A record.
    Record(R),
    /// These partitions are this consumer's from now on.
    Assigned(Vec<Partition>),
    /// These partitions are to be given up: finish what is in flight, commit, and
    /// [`release`](LogSource::release) them. No more records of them come.
    Revoked(Vec<Partition>),
    /// These partitions are somebody else's already: stop, and commit nothing.
    Lost(Vec<Partition>),
}
