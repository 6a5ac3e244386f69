//! What client and server say to each other.

use super::wire::{Put, Take};
use crate::memory::Retention;
use crate::{OutboundMessage, Outcome};

/// From client to server. A number asks for an answer with the same number.
#[derive(Debug)]
pub(super) enum Request {
    Ask(u64, Question),
    /// The messages of queue `name`, at most `prefetch` unsettled, over this connection.
    Consume {
        queue: String,
        prefetch: usize,
    },
    /// No more messages; those that are unsettled stay so.
    Cancel,
    Ack(u64),
    GiveBack(u64),
    /// What happens to the log, over this connection.
    Subscribe {
        group: String,
        topic: String,
    },
    /// So many events more may be sent.
    More(usize),
    Pause(Vec<u32>),
    Resume(Vec<u32>),
}

/// What is answered.
#[derive(Debug)]
pub(super) enum Question {
    Publish(Face, Vec<OutboundMessage>),
    DeclareQueue {
        name: String,
        shards: usize,
        is_exclusive: bool,
        capacity: usize,
    },
    Bind {
        queue: String,
        exchange: String,
        pattern: String,
    },
    DeleteQueue(String),
    Depth(String),
    CreateTopic {
        name: String,
        partitions: usize,
        capacity: usize,
        retention: Retention,
    },
    DeleteTopic(String),
    Lag {
        group: String,
        topic: String,
    },
    Commit {
        partition: u32,
        next: u64,
    },
    Release(Vec<u32>),
}

/// Where a message is published to.
#[derive(Clone, Copy, Debug)]
pub(super) enum Face {
    Broker,
    Log,
}

/// From server to client.
#[derive(Debug)]
pub(super) enum Reply {
    Answer(u64, Answer),
    Push(Push),
}

#[derive(Debug)]
pub(super) enum Answer {
    Outcomes(Vec<Outcome>),
    Done,
    Numbers(u64, u64),
    Refused(Reason, String),
}

/// What comes unasked.
#[derive(Debug)]
pub(super) enum Push {
    Delivery {
        tag: u64,
        deliveries: u32,
        message: OutboundMessage,
    },
    Record {
        partition: u32,
        offset: u64,
        is_redelivered: bool,
        message: OutboundMessage,
    },
    Assigned(Vec<u32>),
    Revoked(Vec<u32>),
    Lost(Vec<u32>),
    /// The queue or topic is not there, or not any more.
    Gone,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    Fenced,
    Other,
}

impl Request {
    pub(super) fn encode(&self, put: &mut Put) {
        match self {
            Self::Ask(number, question) => {
                put.u8(0);
                put.u64(*number);
                question.encode(put);
            }
            Self::Consume { queue, prefetch } => {
                put.u8(1);
                put.text(queue);
                put.size(*prefetch);
            }
            Self::Cancel => put.u8(2),
            Self::Ack(tag) => {
                put.u8(3);
                put.u64(*tag);
            }
            Self::GiveBack(tag) => {
                put.u8(4);
                put.u64(*tag);
            }
            Self::Subscribe { group, topic } => {
                put.u8(5);
                put.text(group);
                put.text(topic);
            }
            Self::More(events) => {
                put.u8(6);
                put.size(*events);
            }
            Self::Pause(partitions) => {
                put.u8(7);
                numbers(put, partitions);
            }
            Self::Resume(partitions) => {
                put.u8(8);
                numbers(put, partitions);
            }
        }
    }

    pub(super) fn decode(mut take: Take<'_>) -> Option<Self> {
        let take = &mut take;
        Some(match take.u8()? {
            0 => Self::Ask(take.u64()?, Question::decode(take)?),
            1 => Self::Consume {
                queue: take.text()?,
                prefetch: take.size()?,
            },
            2 => Self::Cancel,
            3 => Self::Ack(take.u64()?),
            4 => Self::GiveBack(take.u64()?),
            5 => Self::Subscribe {
                group: take.text()?,
                topic: take.text()?,
            },
            6 => Self::More(take.size()?),
            7 => Self::Pause(take.list(Take::u32)?),
            8 => Self::Resume(take.list(Take::u32)?),
            _ => return None,
        })
    }
}

impl Question {
    fn encode(&self, put: &mut Put) {
        match self {
            Self::Publish(face, messages) => {
                put.u8(match face {
                    Face::Broker => 0,
                    Face::Log => 1,
                });
                put.size(messages.len());
                messages.iter().for_each(|message| put.message(message));
            }
            Self::DeclareQueue {
                name,
                shards,
                is_exclusive,
                capacity,
            } => {
                put.u8(2);
                put.text(name);
                put.size(*shards);
                put.u8(u8::from(*is_exclusive));
                put.size(*capacity);
            }
            Self::Bind {
                queue,
                exchange,
                pattern,
            } => {
                put.u8(3);
                put.text(queue);
                put.text(exchange);
                put.text(pattern);
            }
            Self::DeleteQueue(name) => {
                put.u8(4);
                put.text(name);
            }
            Self::Depth(name) => {
                put.u8(5);
                put.text(name);
            }
            Self::CreateTopic {
                name,
                partitions,
                capacity,
                retention,
            } => {
                put.u8(6);
                put.text(name);
                put.size(*partitions);
                put.size(*capacity);
                put.u8(u8::from(*retention == Retention::Newest));
            }
            Self::DeleteTopic(name) => {
                put.u8(7);
                put.text(name);
            }
            Self::Lag { group, topic } => {
                put.u8(8);
                put.text(group);
                put.text(topic);
            }
            Self::Commit { partition, next } => {
                put.u8(9);
                put.u32(*partition);
                put.u64(*next);
            }
            Self::Release(partitions) => {
                put.u8(10);
                numbers(put, partitions);
            }
        }
    }

    fn decode(take: &mut Take<'_>) -> Option<Self> {
        Some(match take.u8()? {
            0 => Self::Publish(Face::Broker, take.list(Take::message)?),
            1 => Self::Publish(Face::Log, take.list(Take::message)?),
            2 => Self::DeclareQueue {
                name: take.text()?,
                shards: take.size()?,
                is_exclusive: take.flag()?,
                capacity: take.size()?,
            },
            3 => Self::Bind {
                queue: take.text()?,
                exchange: take.text()?,
                pattern: take.text()?,
            },
            4 => Self::DeleteQueue(take.text()?),
            5 => Self::Depth(take.text()?),
            6 => Self::CreateTopic {
                name: take.text()?,
                partitions: take.size()?,
                capacity: take.size()?,
                retention: retention(take.flag()?),
            },
            7 => Self::DeleteTopic(take.text()?),
            8 => Self::Lag {
                group: take.text()?,
                topic: take.text()?,
            },
            9 => Self::Commit {
                partition: take.u32()?,
                next: take.u64()?,
            },
            10 => Self::Release(take.list(Take::u32)?),
            _ => return None,
        })
    }
}

impl Reply {
    pub(super) fn encode(&self, put: &mut Put) {
        match self {
            Self::Answer(number, answer) => {
                put.u8(0);
                put.u64(*number);
                answer.encode(put);
            }
            Self::Push(push) => push.encode(put),
        }
    }

    pub(super) fn decode(mut take: Take<'_>) -> Option<Self> {
        let take = &mut take;
        Some(match take.u8()? {
            0 => Self::Answer(take.u64()?, Answer::decode(take)?),
            kind => Self::Push(Push::decode(kind, take)?),
        })
    }
}

impl Answer {
    fn encode(&self, put: &mut Put) {
        match self {
            Self::Outcomes(outcomes) => {
                put.u8(0);
                put.size(outcomes.len());
                for outcome in outcomes {
                    put.u8(match outcome {
                        Outcome::Sent => 0,
                        Outcome::Unroutable => 1,
                        Outcome::Nacked => 2,
                        Outcome::Unknown => 3,
                    });
                }
            }
            Self::Done => put.u8(1),
            Self::Numbers(one, other) => {
                put.u8(2);
                put.u64(*one);
                put.u64(*other);
            }
            Self::Refused(reason, text) => {
                put.u8(3);
                put.u8(u8::from(*reason == Reason::Fenced));
                put.text(text);
            }
        }
    }

    fn decode(take: &mut Take<'_>) -> Option<Self> {
        Some(match take.u8()? {
            0 => Self::Outcomes(take.list(|take| {
                Some(match take.u8()? {
                    0 => Outcome::Sent,
                    1 => Outcome::Unroutable,
                    2 => Outcome::Nacked,
                    _ => Outcome::Unknown,
                })
            })?),
            1 => Self::Done,
            2 => Self::Numbers(take.u64()?, take.u64()?),
            3 => {
                let is_fenced = take.flag()?;
                let reason = if is_fenced { Reason::Fenced } else { Reason::Other };
                Self::Refused(reason, take.text()?)
            }
            _ => return None,
        })
    }
}

impl Push {
    fn encode(&self, put: &mut Put) {
        match self {
            Self::Delivery {
                tag,
                deliveries,
                message,
            } => {
                put.u8(1);
                put.u64(*tag);
                put.u32(*deliveries);
                put.message(message);
            }
            Self::Record {
                partition,
                offset,
                is_redelivered,
                message,
            } => {
                put.u8(2);
                put.u32(*partition);
                put.u64(*offset);
                put.u8(u8::from(*is_redelivered));
                put.message(message);
            }
            Self::Assigned(partitions) => {
                put.u8(3);
                numbers(put, partitions);
            }
            Self::Revoked(partitions) => {
                put.u8(4);
                numbers(put, partitions);
            }
            Self::Lost(partitions) => {
                put.u8(5);
                numbers(put, partitions);
            }
            Self::Gone => put.u8(6),
        }
    }

    fn decode(kind: u8, take: &mut Take<'_>) -> Option<Self> {
        Some(match kind {
            1 => Self::Delivery {
                tag: take.u64()?,
                deliveries: take.u32()?,
                message: take.message()?,
            },
            2 => Self::Record {
                partition: take.u32()?,
                offset: take.u64()?,
                is_redelivered: take.flag()?,
                message: take.message()?,
            },
            3 => Self::Assigned(take.list(Take::u32)?),
            4 => Self::Revoked(take.list(Take::u32)?),
            5 => Self::Lost(take.list(Take::u32)?),
            6 => Self::Gone,
            _ => return None,
        })
    }
}

pub(super) fn retention(is_newest: bool) -> Retention {
    if is_newest {
        Retention::Newest
    } else {
        Retention::UntilCommitted
    }
}

fn numbers(put: &mut Put, numbers: &[u32]) {
    put.size(numbers.len());
    numbers.iter().for_each(|number| put.u32(*number));
}
