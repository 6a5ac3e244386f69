//! One connection of a client: what it asks, what is delivered to it, and what comes back when it is gone.

use super::reply::{Answer, Push, Reply};
use super::request::{Question, Request};
use super::server::Shared;
use super::socket::{Frame, Reader, write_all};
use crate::memory::{LogConsumer, LogRecord, QueueConsumer, QueueDelivery, TransportError};
use crate::{LogEvent, LogSource, Outcome, Partition, Received, Record, Source};
use std::collections::HashMap;
use std::sync::Arc;
use tokio::net::UnixStream;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

/// How many requests may wait; beyond that the client's socket fills, and it waits.
const WAITING: usize = 1_024;

pub(super) struct Session {
    pub(super) shared: Arc<Shared>,
    out: mpsc::UnboundedSender<Vec<u8>>,
    consumer: Option<QueueConsumer>,
    /// What is unsettled, by tag.
    held: HashMap<u64, QueueDelivery>,
    delivered: u64,
    pub(super) log: Option<LogConsumer>,
    pub(super) topic: String,
    /// How many events of the log may be sent.
    credit: usize,
}

/// The other side is gone.
struct Gone;

pub(super) async fn run(stream: UnixStream, shared: Arc<Shared>) {
    let (reading, writing) = stream.into_split();
    let (send_request, mut requests) = mpsc::channel(WAITING);
    let (out, frames) = mpsc::unbounded_channel();
    // Ended with the session, whichever way that ends.
    let mut tasks = JoinSet::new();
    tasks.spawn(write_all(writing, frames));
    tasks.spawn(async move {
        let mut reader = Reader::new(reading);
        while let Ok(request) = reader.frame::<Request>().await {
            if send_request.send(request).await.is_err() {
                return;
            }
        }
    });
    let mut session = Session {
        shared,
        out,
        consumer: None,
        held: HashMap::new(),
        delivered: 0,
        log: None,
        topic: String::new(),
        credit: 0,
    };
    let mut waiting = Vec::new();
    loop {
        let done = tokio::select! {
            received = requests.recv_many(&mut waiting, 256) => match received {
                0 => return,
                _ => session.requests(waiting.drain(..)).await,
            },
            delivery = next_delivery(&mut session.consumer) => session.deliver(delivery),
            event = next_event(&mut session.log), if session.credit > 0 => session.tell(event),
        };
        if done.is_err() {
            return;
        }
    }
}

async fn next_delivery(
    consumer: &mut Option<QueueConsumer>,
) -> Result<Option<QueueDelivery>, TransportError> {
    match consumer {
        Some(consumer) => consumer.recv().await,
        None => std::future::pending().await,
    }
}

async fn next_event(log: &mut Option<LogConsumer>) -> Result<Option<LogEvent<LogRecord>>, TransportError> {
    match log {
        Some(log) => log.next().await,
        None => std::future::pending().await,
    }
}

impl Session {
    /// Does what is asked, in order; what was published is confirmed after one flush for all.
    async fn requests(&mut self, requests: impl Iterator<Item = Request>) -> Result<(), Gone> {
        let mut published: Vec<(u64, Vec<Outcome>)> = Vec::new();
        for request in requests {
            match request {
                Request::Ask(number, Question::Publish(face, messages)) => {
                    published.push((number, self.publish(face, messages).await));
                }
                Request::Ask(number, question) => {
                    let answer = self.answer(question).await;
                    self.send(&Reply::Answer(number, answer))?;
                }
                other => self.command(other)?,
            }
        }
        if published.is_empty() {
            return Ok(());
        }
        let is_safe = self.is_safe().await;
        for (number, mut outcomes) in published {
            if !is_safe {
                outcomes.fill(Outcome::Unknown);
            }
            self.send(&Reply::Answer(number, Answer::Outcomes(outcomes)))?;
        }
        Ok(())
    }

    fn command(&mut self, request: Request) -> Result<(), Gone> {
        match request {
            Request::Consume { queue, prefetch } => {
                self.consumer = self
                    .shared
                    .broker
                    .queue(&queue)
                    .map(|queue| queue.consumer(prefetch));
                if self.consumer.is_none() {
                    self.send(&Reply::Push(Push::Gone))?;
                }
            }
            Request::Cancel => self.consumer = None,
            Request::Ack(tag) => {
                if let Some(delivery) = self.held.remove(&tag) {
                    delivery.ack();
                }
            }
            Request::GiveBack(tag) => {
                self.held.remove(&tag);
            }
            Request::Subscribe { group, topic } => {
                self.log = self.shared.log.consumer(&group, &topic).ok();
                self.topic = topic;
                if self.log.is_none() {
                    self.send(&Reply::Push(Push::Gone))?;
                }
            }
            Request::More(events) => self.credit += events,
            Request::Pause(partitions) => {
                let partitions = self.named(&partitions);
                if let Some(log) = &mut self.log {
                    log.pause(&partitions);
                }
            }
            Request::Resume(partitions) => {
                let partitions = self.named(&partitions);
                if let Some(log) = &mut self.log {
                    log.resume(&partitions);
                }
            }
            Request::Ask(..) => {}
        }
        Ok(())
    }

    fn deliver(&mut self, delivery: Result<Option<QueueDelivery>, TransportError>) -> Result<(), Gone> {
        let Ok(Some(delivery)) = delivery else {
            self.consumer = None;
            return self.send(&Reply::Push(Push::Gone));
        };
        let tag = self.delivered;
        self.delivered += 1;
        let push = Push::Delivery {
            tag,
            deliveries: delivery.deliveries(),
            message: delivery.message().clone(),
        };
        self.held.insert(tag, delivery);
        self.send(&Reply::Push(push))
    }

    fn tell(&mut self, event: Result<Option<LogEvent<LogRecord>>, TransportError>) -> Result<(), Gone> {
        let Ok(Some(event)) = event else {
            self.log = None;
            return self.send(&Reply::Push(Push::Gone));
        };
        self.credit -= 1;
        let push = match event {
            LogEvent::Record(record) => Push::Record {
                partition: record.partition().number(),
                offset: record.offset(),
                is_redelivered: record.is_redelivered(),
                message: record.message().clone(),
            },
            LogEvent::Assigned(partitions) => Push::Assigned(numbers(&partitions)),
            LogEvent::Revoked(partitions) => Push::Revoked(numbers(&partitions)),
            LogEvent::Lost(partitions) => Push::Lost(numbers(&partitions)),
        };
        self.send(&Reply::Push(push))
    }

    pub(super) fn named(&self, numbers: &[u32]) -> Vec<Partition> {
        let topic: Arc<str> = self.topic.as_str().into();
        let named = numbers
            .iter()
            .map(|number| Partition::new(Arc::clone(&topic), *number));
        named.collect()
    }

    fn send(&self, reply: &Reply) -> Result<(), Gone> {
        self.out.send(reply.framed()).map_err(|_| Gone)
    }
}

/// The connection is lost: everything goes back at once, before anybody else gets a shard.
impl Drop for Session {
    fn drop(&mut self) {
        if let Some(consumer) = &mut self.consumer {
            consumer.cut();
        }
    }
}

fn numbers(partitions: &[Partition]) -> Vec<u32> {
    partitions.iter().map(Partition::number).collect()
}
