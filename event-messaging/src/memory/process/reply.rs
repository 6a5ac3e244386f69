//! What the server says to a client.

use super::wire::{Put, Take};
use crate::{OutboundMessage, Outcome};

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
                put.numbers(partitions);
            }
            Self::Revoked(partitions) => {
                put.u8(4);
                put.numbers(partitions);
            }
            Self::Lost(partitions) => {
                put.u8(5);
                put.numbers(partitions);
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
