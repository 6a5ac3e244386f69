use super::Queue;
use super::pattern::Pattern;
use crate::clock::{self, Instant};
use crate::error::Kind;
use crate::{Error, OutboundMessage, Outcome, Publisher};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::OwnedSemaphorePermit;

/// Topic exchanges and bounded queues in this process. Cheap to clone; clones are the same broker.
///
/// It behaves as RabbitMQ does with publisher confirms and the mandatory flag: a message that no binding takes is
/// [`Outcome::Unroutable`]; one that is stored in every queue it reaches is [`Outcome::Sent`]. A full queue makes
/// the publisher wait, and when there is still no room after the publish timeout the message is
/// [`Outcome::Nacked`] and stored nowhere.
#[derive(Clone, Debug)]
pub struct Broker {
    topology: Arc<Mutex<Topology>>,
    publish_timeout: Duration,
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
        Self {
            topology: Arc::default(),
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
    /// holds, at least 1; a queue that exists keeps its own.
    pub fn declare_queue(&self, name: &str, capacity: usize) -> Queue {
        let mut topology = self.topology();
        topology
            .queues
            .entry(name.to_owned())
            .or_insert_with(|| Queue::new(name, capacity))
            .clone()
    }

    /// The queue of that name, if it was declared.
    #[must_use]
    pub fn queue(&self, name: &str) -> Option<Queue> {
        self.topology().queues.get(name).cloned()
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

    async fn publish_one(&self, message: OutboundMessage, deadline: Instant) -> Outcome {
        let queues = self.route(&message);
        if queues.is_empty() {
            return Outcome::Unroutable;
        }
        // Room in all of them first, in one order for all publishers; then the message in all of them at once.
        let mut rooms = Vec::with_capacity(queues.len());
        for queue in &queues {
            match room_in(queue, deadline).await {
                Some(room) => rooms.push(room),
                None => return Outcome::Nacked,
            }
        }
        let message = Arc::new(message);
        for (queue, room) in queues.iter().zip(rooms) {
            queue.push(Arc::clone(&message), room);
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
        self.topology.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Broker {
    fn default() -> Self {
        Self::new()
    }
}

impl Publisher for Broker {
    async fn publish(&self, batch: Vec<OutboundMessage>) -> Vec<Outcome> {
        let deadline = clock::now() + self.publish_timeout;
        let mut outcomes = Vec::with_capacity(batch.len());
        for message in batch {
            outcomes.push(self.publish_one(message, deadline).await);
        }
        outcomes
    }
}

async fn room_in(queue: &Queue, deadline: Instant) -> Option<OwnedSemaphorePermit> {
    // At once where possible, also after the deadline: one full queue must not fail the rest of a batch.
    if let Ok(room) = Arc::clone(queue.room()).try_acquire_owned() {
        return Some(room);
    }
    clock::until(deadline, Arc::clone(queue.room()).acquire_owned())
        .await?
        .ok()
}
