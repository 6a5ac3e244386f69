use super::link::Link;
use super::reply::Answer;
use super::request::{Face, Question};
use super::{RemoteConsumer, RemoteLogConsumer, RemotePublisher};
use crate::clock;
use crate::memory::{Retention, TransportError};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// Where a [`Server`](super::Server) is. Cheap to clone; makes no connection before it is asked something.
///
/// Whatever it makes connects by itself, and again when the server was started anew.
#[derive(Clone, Debug)]
pub struct Client {
    socket: Arc<PathBuf>,
    patience: Duration,
}

impl Client {
    /// A client of the server at `socket`, which need not be there yet. Its own methods wait for the server and its
    /// answer for 10 seconds.
    #[must_use]
    pub fn new(socket: impl Into<PathBuf>) -> Self {
        Self {
            socket: Arc::new(socket.into()),
            patience: Duration::from_secs(10),
        }
    }

    /// Sets how long its own methods wait for the server and its answer.
    #[must_use]
    pub fn with_patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// As [`Broker::declare_queue`](crate::memory::Broker::declare_queue).
    ///
    /// # Errors
    ///
    /// When the server did not answer in time, or cannot write its journal.
    pub async fn declare_queue(&self, name: &str, capacity: usize) -> Result<(), TransportError> {
        self.declare(name, 1, false, capacity).await
    }

    /// As [`Broker::declare_sharded_queue`](crate::memory::Broker::declare_sharded_queue); with one shard, a queue
    /// with a single active consumer.
    ///
    /// # Errors
    ///
    /// As [`declare_queue`](Self::declare_queue).
    pub async fn declare_sharded_queue(
        &self,
        name: &str,
        shards: usize,
        capacity: usize,
    ) -> Result<(), TransportError> {
        self.declare(name, shards, true, capacity).await
    }

    async fn declare(
        &self,
        name: &str,
        shards: usize,
        is_exclusive: bool,
        capacity: usize,
    ) -> Result<(), TransportError> {
        let question = Question::DeclareQueue {
            name: name.to_owned(),
            shards,
            is_exclusive,
            capacity,
        };
        self.ask(question).await.map(|_| ())
    }

    /// As [`Broker::bind`](crate::memory::Broker::bind).
    ///
    /// # Errors
    ///
    /// When there is no such queue or the pattern has an empty word, and as [`declare_queue`](Self::declare_queue).
    pub async fn bind(&self, queue: &str, exchange: &str, pattern: &str) -> Result<(), TransportError> {
        let question = Question::Bind {
            queue: queue.to_owned(),
            exchange: exchange.to_owned(),
            pattern: pattern.to_owned(),
        };
        self.ask(question).await.map(|_| ())
    }

    /// As [`Broker::delete_queue`](crate::memory::Broker::delete_queue).
    ///
    /// # Errors
    ///
    /// As [`declare_queue`](Self::declare_queue).
    pub async fn delete_queue(&self, name: &str) -> Result<(), TransportError> {
        self.ask(Question::DeleteQueue(name.to_owned())).await.map(|_| ())
    }

    /// How many messages of the queue wait, and how many are unsettled; nothing when there is no such queue.
    ///
    /// # Errors
    ///
    /// When the server did not answer in time.
    pub async fn depth(&self, queue: &str) -> Result<(u64, u64), TransportError> {
        self.numbers(Question::Depth(queue.to_owned())).await
    }

    /// As [`Log::create_topic`](crate::memory::Log::create_topic).
    ///
    /// # Errors
    ///
    /// As [`declare_queue`](Self::declare_queue).
    pub async fn create_topic(
        &self,
        name: &str,
        partitions: usize,
        capacity: usize,
        retention: Retention,
    ) -> Result<(), TransportError> {
        let question = Question::CreateTopic {
            name: name.to_owned(),
            partitions,
            capacity,
            retention,
        };
        self.ask(question).await.map(|_| ())
    }

    /// As [`Log::delete_topic`](crate::memory::Log::delete_topic).
    ///
    /// # Errors
    ///
    /// As [`declare_queue`](Self::declare_queue).
    pub async fn delete_topic(&self, name: &str) -> Result<(), TransportError> {
        self.ask(Question::DeleteTopic(name.to_owned())).await.map(|_| ())
    }

    /// How many records of the topic the group has not committed.
    ///
    /// # Errors
    ///
    /// When the server did not answer in time.
    pub async fn lag(&self, group: &str, topic: &str) -> Result<u64, TransportError> {
        let question = Question::Lag {
            group: group.to_owned(),
            topic: topic.to_owned(),
        };
        self.numbers(question).await.map(|(lag, _)| lag)
    }

    /// A publisher to the broker's exchanges.
    #[must_use]
    pub fn publisher(&self) -> RemotePublisher {
        RemotePublisher::new(Arc::clone(&self.socket), Face::Broker)
    }

    /// A publisher to the log's topics.
    #[must_use]
    pub fn log_publisher(&self) -> RemotePublisher {
        RemotePublisher::new(Arc::clone(&self.socket), Face::Log)
    }

    /// A consumer of a queue, as [`Queue::consumer`](crate::memory::Queue::consumer).
    #[must_use]
    pub fn consumer(&self, queue: &str, prefetch: usize) -> RemoteConsumer {
        RemoteConsumer::new(Arc::clone(&self.socket), queue, prefetch)
    }

    /// A consumer of a topic, as [`Log::consumer`](crate::memory::Log::consumer).
    #[must_use]
    pub fn log_consumer(&self, group: &str, topic: &str) -> RemoteLogConsumer {
        RemoteLogConsumer::new(Arc::clone(&self.socket), group, topic)
    }

    async fn numbers(&self, question: Question) -> Result<(u64, u64), TransportError> {
        match self.ask(question).await? {
            Answer::Numbers(one, other) => Ok((one, other)),
            _ => Ok((0, 0)),
        }
    }

    async fn ask(&self, question: Question) -> Result<Answer, TransportError> {
        let deadline = clock::after(self.patience);
        let opened = clock::until(deadline, Link::await_open(&self.socket)).await;
        let (link, _) = opened.ok_or_else(super::link::disconnected)?;
        link.ask(question, deadline).await
    }
}
