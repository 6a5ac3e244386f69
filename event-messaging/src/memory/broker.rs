use super::Queue;
use super::pattern::Pattern;
use super::publishing::one_by_one;
use super::queue::{Room, Shape};
use super::recorder::Recorder;
use crate::clock::{self, Instant};
use crate::error::Kind;
use crate::{Error, OutboundMessage, Outcome, Publisher};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;

/// Topic exchanges and bounded queues in this process. Cheap to clone; clones are the same broker.
///
/// It behaves as RabbitMQ does with publisher confirms and the mandatory flag: a message that no binding takes is
/// [`Outcome::Unroutable`]; one that is stored in every queue it reaches is [`Outcome::Sent`]. A full queue makes
/// the publisher wait, and when there is still no room after the publish timeout the message is
/// [`Outcome::Nacked`] and stored nowhere.
///
/// An exchange of dead letters is an exchange like others: bind a queue to it.
#[derive(Clone)]
pub struct Broker {
    shared: Arc<Shared>,
    publish_timeout: Duration,
}

struct Shared {
    topology: Mutex<Topology>,
    /// Told of a restart. Not a `watch`, which wakes those who wait in a random order: a run must be repeatable.
    restarted: Notify,
    recorder: Option<Arc<dyn Recorder>>,
}

#[derive(Debug, Default)]
struct Topology {
    queues: BTreeMap<String, Queue>,
    /// By exchange.
    bindings: BTreeMap<String, Vec<Binding>>,
}

#[derive(Debug, PartialEq, Eq)]
struct Binding {
    pattern: Pattern,
    queue: String,
}

impl Broker {
    /// A broker without queues. A publish waits for room for at most 5 seconds, half of what a
    /// [`Relay`](crate::Relay) waits for an answer.
    #[must_use]
    pub fn new() -> Self {
        Self::recorded_by(None)
    }

    pub(super) fn recorded_by(recorder: Option<Arc<dyn Recorder>>) -> Self {
        let shared = Shared {
            topology: Mutex::default(),
            restarted: Notify::new(),
            recorder,
        };
        Self {
            shared: Arc::new(shared),
            publish_timeout: Duration::from_secs(5),
        }
    }

    /// Sets how long one call of `publish` waits for room in full queues.
    #[must_use]
    pub fn with_publish_timeout(mut self, timeout: Duration) -> Self {
        self.publish_timeout = timeout;
        self
    }

    /// The queue of that name, made if it did not exist. `capacity` is the number of unsettled messages that it
    /// holds, at least 1; a queue that exists keeps its own. Consumers of it compete: with more than one of them,
    /// the order of a key is not kept.
    pub fn declare_queue(&self, name: &str, capacity: usize) -> Queue {
        self.declare(
            name,
            Shape {
                shards: 1,
                is_exclusive: false,
                capacity,
            },
        )
    }

    /// A queue of which one consumer at a time gets messages, the one that came first; when it goes or dies, the
    /// next takes over, after what the former had not settled.
    pub fn declare_single_active_queue(&self, name: &str, capacity: usize) -> Queue {
        self.declare_sharded_queue(name, 1, capacity)
    }

    /// A queue in `shards` (at least 1), of which each holds up to `capacity` unsettled messages and has a single
    /// active consumer: how several consumers share the work and the order of each key is kept. A message's shard
    /// is a consistent hash of its key. On RabbitMQ this is a consistent-hash exchange with a queue for each shard.
    pub fn declare_sharded_queue(&self, name: &str, shards: usize, capacity: usize) -> Queue {
        self.declare(
            name,
            Shape {
                shards,
                is_exclusive: true,
                capacity,
            },
        )
    }

    pub(super) fn declare(&self, name: &str, shape: Shape) -> Queue {
        let mut topology = self.topology();
        let queue = topology
            .queues
            .entry(name.to_owned())
            .or_insert_with(|| Queue::new(name, shape, self.shared.recorder.clone()));
        queue.clone()
    }

    /// The queue of that name, if it was declared.
    #[must_use]
    pub fn queue(&self, name: &str) -> Option<Queue> {
        self.topology().queues.get(name).cloned()
    }

    /// Deletes a queue with its messages and bindings. Its sources end with an error that
    /// [`is_deleted`](super::TransportError::is_deleted). Whether there was one.
    pub fn delete_queue(&self, name: &str) -> bool {
        let mut topology = self.topology();
        let queue = topology.queues.remove(name);
        for bindings in topology.bindings.values_mut() {
            bindings.retain(|binding| binding.queue != name);
        }
        drop(topology);
        if let Some(queue) = &queue {
            queue.delete();
        }
        queue.is_some()
    }

    /// Makes the queue receive what is published to `exchange` with a routing key that `pattern` matches: words
    /// between dots, `*` for exactly one word, `#` for any number of them. Binding twice is binding once, and an
    /// exchange comes to be with its first binding.
    ///
    /// # Errors
    ///
    /// When the queue was never declared, or the pattern has an empty word.
    pub fn bind(&self, queue: &str, exchange: &str, pattern: &str) -> Result<(), Error> {
        let pattern = Pattern::parse(pattern)?;
        let mut topology = self.topology();
        if !topology.queues.contains_key(queue) {
            return Err(Error::new(Kind::UnknownQueue(queue.to_owned())));
        }
        let binding = Binding {
            pattern,
            queue: queue.to_owned(),
        };
        let bindings = topology.bindings.entry(exchange.to_owned()).or_default();
        if !bindings.contains(&binding) {
            bindings.push(binding);
        }
        Ok(())
    }

    /// Restarts the broker: queues and messages stay, every connection is lost. A publish that waits is
    /// [`Outcome::Unknown`]; what was delivered and not settled is back in its old place, its delivery can no
    /// longer be acknowledged; consumers subscribe anew when they next ask for a message.
    pub fn restart(&self) {
        self.shared.restarted.notify_waiters();
        let queues: Vec<Queue> = self.topology().queues.values().cloned().collect();
        for queue in queues {
            queue.cut();
        }
    }

    async fn publish_one(&self, message: OutboundMessage, deadline: Instant) -> Outcome {
        let queues = self.route(&message);
        // Room in all of them first, in one order for all publishers; then the message in all of them at once.
        let mut rooms = Vec::with_capacity(queues.len());
        for queue in queues {
            match room_in(&queue, &message.key, deadline).await {
                Some(room) => rooms.push((queue, room)),
                None if queue.is_deleted() => {}
                None => return Outcome::Nacked,
            }
        }
        if rooms.is_empty() {
            return Outcome::Unroutable;
        }
        let message = Arc::new(message);
        for (queue, room) in rooms {
            queue.push(&message, room);
        }
        Outcome::Sent
    }

    /// The queues that a message reaches, each once, ordered by name.
    fn route(&self, message: &OutboundMessage) -> Vec<Queue> {
        let topology = self.topology();
        let bindings = topology
            .bindings
            .get(&message.exchange)
            .map_or(&[][..], Vec::as_slice);
        let names: BTreeSet<&str> = bindings
            .iter()
            .filter(|binding| binding.pattern.matches(&message.routing_key))
            .map(|binding| binding.queue.as_str())
            .collect();
        names
            .iter()
            .filter_map(|name| topology.queues.get(*name).cloned())
            .collect()
    }

    fn topology(&self) -> MutexGuard<'_, Topology> {
        self.shared
            .topology
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Broker {
    fn default() -> Self {
        Self::new()
    }
}

impl Publisher for Broker {
    async fn publish(&self, batch: Vec<OutboundMessage>) -> Vec<Outcome> {
        let deadline = clock::after(self.publish_timeout);
        one_by_one(batch, &self.shared.restarted, |message| {
            self.publish_one(message, deadline)
        })
        .await
    }
}

impl fmt::Debug for Broker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Broker")
            .field("topology", &*self.topology())
            .field("publish_timeout", &self.publish_timeout)
            .finish_non_exhaustive()
    }
}

async fn room_in(queue: &Queue, key: &str, deadline: Instant) -> Option<Room> {
    // At once where possible, also after the deadline: one full queue must not fail the rest of a batch.
    match queue.try_room(key) {
        Some(room) => Some(room),
        None => clock::until(deadline, queue.room(key)).await?,
    }
}
