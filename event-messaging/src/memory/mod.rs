//! A broker, a log, an outbox and an inbox that live in this process, with the manners of the real ones: for tests,
//! examples and services that run in one process.
//!
//! | type | stands for |
//! |---|---|
//! | [`Broker`], [`Queue`] | RabbitMQ: exchanges, bounded queues, confirms, single active consumers, shards |
//! | [`Log`], [`LogConsumer`] | Kafka: partitions, offsets, groups and their rebalance |
//! | [`Outbox`], [`Inbox`], [`ProjectionTable`] | tables of a database |
//!
//! All are bounded: who publishes to what is full waits, and is refused when that takes too long. [`faults`] makes
//! any of it (or any other transport) fail on purpose; the feature `process` puts broker and log into a process of
//! their own, which tests may kill.

mod broker;
mod error;
pub mod faults;
mod inbox;
mod log;
mod outbox;
mod pattern;
#[cfg(all(feature = "process", unix))]
pub mod process;
mod projection;
mod publishing;
mod queue;
mod recorder;
mod sharing;

pub use broker::Broker;
pub use error::TransportError;
pub use inbox::{Inbox, InboxTransaction, InboxUnavailable};
pub use log::{Log, LogConsumer, LogRecord, Retention};
pub use outbox::Outbox;
pub use projection::ProjectionTable;
pub use queue::{Queue, QueueConsumer, QueueDelivery};
