//! The consumer runtime.
//!
//! # Why order within a key holds
//!
//! Let `a` be written before `b`, of one key. Claim: whenever the effect of `b` is committed, that of `a` is, or `a` was
//! given up (it is among the dead letters). One that was given up and is redriven counts as written when it is sent
//! again: the claim is about its new place.
//!
//! 1. *Who has the key.* All messages of a key come from one shard or partition, which one consumer has at a time, and
//!    in order. A consumer that loses it and does not know yet (a zombie) is treated in 5.
//! 2. *In one consumer* a key is a [lane](lanes::Lanes): its head alone runs, and leaves the lane only when it is
//!    settled, that is: its effect is committed, it is in the inbox already, it is a dead letter, or it is parked. A head
//!    that waits for its next attempt, for the store, or for room in the park keeps the lane.
//! 3. *The park.* When `a` is parked, its row is committed before `b` starts. The transaction of `b` first asks, under
//!    the lock of the key, whether the key is parked; so `b` is parked behind `a`, in the same transaction in which that
//!    was seen, or, where the park is full, writes nothing and asks again later. Rows of a key leave the park first to
//!    last, each in the transaction of its effect and under the lock of the key. Hence whoever finds the key not parked
//!    comes after all of them.
//! 4. *A crash* at any point leaves what is committed. Before the commit of `a`'s effect or of its parking, `a` is not
//!    settled: it is delivered again, before `b`. After it, `a` is delivered again perhaps, and its row in the inbox or
//!    the park absorbs it. The runner of the park is the same: a lease that was not settled runs out.
//! 5. *Two who have the key* for a moment both write under its lock, and the inbox lets each message take effect once.
//!    The old owner does not begin `b` before `a` is settled (2), and the new one gets both, in order (1). The park
//!    keeps its order because a message that is there already keeps its place. A claim of a parked row that was
//!    overtaken by a later claim is refused by its fence, in the transaction of the effect.
//! 6. *A redelivery of what was given up* finds its row in the inbox and is absorbed, or `a` might follow `b`. The row
//!    lets pass what was redriven, which is a message of its own by then: its lane and its place in the park are those of
//!    its arrival, and the row that its effect writes absorbs all others of its id. Where its former self is still parked
//!    (it was sent again before that was taken out), it takes that one's place, and the claim that gave it up is refused
//!    by its fence: it is not taken out with it. When it is given up again, and comes again because that was not settled,
//!    nothing tells it from one that was redriven twice: it is tried again, in the place of that arrival.
//!
//! Without an inbox 2 still holds, and 1 as far as the transport keeps it; a redelivery may repeat effects, in order:
//! `a b a b` is possible, `b a` is not.
//!
//! # Parts
//!
//! Pure: [`lanes`], [`gate`], [`offsets`], [`partitions`], [`retries`]. [`engine`] runs attempts by them, and
//! [`attempt`] is what an attempt does, with [`opening`], [`parking`] and [`giving_up`]; [`queue`] and [`reader`] (with
//! [`handover`]) feed it, [`unparking`] empties the park, and [`housekeeping`] counts and prunes. Every [`call`] of a
//! port ends by its limit.

mod attempt;
mod call;
mod config;
mod context;
mod control;
mod counters;
mod engine;
mod gate;
mod giving_up;
mod handler;
mod handover;
mod housekeeping;
mod inbox_config;
mod job;
mod lanes;
mod log;
mod offsets;
mod opening;
mod park_level;
mod parked;
mod parking;
mod partitions;
mod queue;
mod reader;
mod retries;
mod running;
mod store;
mod unparking;
mod worker;

pub use config::{ConsumerConfig, UnknownTypes};
pub use context::Context;
pub use control::Control;
pub use counters::ConsumerCounts;
pub use handler::{Handler, HandlerError};
pub use inbox_config::{InboxConfig, ParkConfig};
pub use log::LogConsumer;
pub use queue::Consumer;
pub use retries::Retries;
