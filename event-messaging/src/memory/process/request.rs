//! What a client says to the server.

use super::wire::{Put, Take};
use crate::OutboundMessage;
use crate::memory::Retention;

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
                put.numbers(partitions);
            }
            Self::Resume(partitions) => {
                put.u8(8);
                put.numbers(partitions);
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
                put.numbers(partitions);
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

pub(super) fn retention(is_newest: bool) -> Retention {
    if is_newest {
        Retention::Newest
    } else {
        Retention::UntilCommitted
    }
}
