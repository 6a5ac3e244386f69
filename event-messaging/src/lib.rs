//! Ports, transactional outbox relay and consumer runtime for the Product Service's events.
//!
//! # The problem
//!
//! A service that writes its database and then tells a broker loses the event when it dies in between; one that
//! tells the broker first announces what may never have happened. And on the other side, a message may come
//! twice, late, or in the wrong order. The parts here close the gap: events are written into an **outbox** in the
//! transaction that makes the change, a [`Relay`] sends them in order until the broker has confirmed each, and a
//! [`Consumer`] hands them to a typed handler, one at a time for each key, and settles each message only after
//! its effect.
//!
//! ```
//! use event_contracts::{Envelope, ProductEvent, product::ProductDeleted};
//! use event_messaging::{
//!     Consumer, ConsumerConfig, DeadLetterExchange, OutboundMessage, Relay, RelayConfig, memory,
//! };
//! use product_types::{ProductId, Timestamp};
//! use std::sync::atomic::{AtomicU32, Ordering};
//!
//! # #[tokio::main(flavor = "current_thread", start_paused = true)]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // A broker with one queue that wants everything about products. RabbitMQ speaks the same words.
//! let broker = memory::Broker::new();
//! let queue = broker.declare_queue("order-service.catalogue", 1_000);
//! broker.bind("order-service.catalogue", "product.events", "product.#")?;
//!
//! // The writer's side: a row in the outbox, committed with the change itself.
//! let outbox = memory::Outbox::new();
//! let deleted = ProductDeleted::new(ProductId::new("prod_12345")?, Timestamp::now(), "u-17");
//! let envelope = Envelope::new(deleted, "product-service", "req-1", Timestamp::now()).with_sequence(1);
//! outbox.enqueue(OutboundMessage::from_envelope(&envelope)?);
//!
//! // The relay and the consumer run until they are told to stop, and then finish what they began.
//! let (stop, stopped) = tokio::sync::watch::channel(false);
//! let until_stopped = |mut stopped: tokio::sync::watch::Receiver<bool>| async move {
//!     let _ = stopped.wait_for(|stop| *stop).await;
//! };
//! let dead_letters = DeadLetterExchange::new(broker.clone(), "order-service.dead-letters");
//! let relay = Relay::new(outbox, broker, RelayConfig::default())?;
//! let seen = AtomicU32::new(0);
//! let handler = |event: ProductEvent| {
//!     let stop = &stop;
//!     seen.fetch_add(u32::from(matches!(event, ProductEvent::Deleted(_))), Ordering::Relaxed);
//!     async move {
//!         stop.send_replace(true);
//!         Ok::<(), std::convert::Infallible>(())
//!     }
//! };
//! let consumer = Consumer::new(queue, handler, dead_letters, ConsumerConfig::new("order-service.catalogue"))?;
//! let (sent, consumed) =
//!     tokio::join!(relay.run(until_stopped(stopped.clone())), consumer.run(until_stopped(stopped)));
//! assert_eq!((sent.sent, consumed?.handled, seen.into_inner()), (1, 1, 1));
//! # Ok(())
//! # }
//! ```
//!
//! # What is guaranteed
//!
//! - **Nothing is lost.** A row leaves the outbox only when the broker has confirmed that a queue holds it; a message
//!   leaves its queue (or its offset is committed) only after its effect, or when it is safe among the
//!   [`DeadLetters`], or in the park.
//! - **Nothing is doubled**, with an inbox ([`Consumer::with_inbox`]): the message's id is written in the transaction
//!   of its effect, so a message that comes again, with the same id, finds it. Without one, a message may have its
//!   effect more than once, and a handler absorbs that by the id or a [`SequenceGate`].
//! - **Order within a key** is kept: a message that could not be sent, or handled, holds back those behind it in its
//!   key, and no others. A message that was given up lets the next one pass.
//!
//! The README has a table of faults, and what producer, consumer and operator see of each; how to write a handler; how
//! to choose the numbers; and all settings and metrics.
//!
//! # Where to look
//!
//! [`Consumer`] works on a queue, [`LogConsumer`] on a log; [`Handler`] is what they call, [`ConsumerConfig`] how they
//! do it, and [`Settings`] reads that from outside. [`OutboxStore`] and [`InboxStore`] describe their tables and SQL
//! for whoever brings a database; [`Publisher`], [`Source`] with [`Delivery`], and [`LogSource`] are for whoever
//! brings a broker; [`memory`] has all of them without either, for tests.
//!
//! # Features
//!
//! - `metrics`: counters and gauges by the `metrics` facade.
//! - `process`: the in-memory broker and log as a process of their own.

mod backoff;
pub mod clock;
mod consumer;
mod dead_letter_exchange;
mod dead_letters;
mod error;
mod failure;
mod inbox;
mod log;
pub mod memory;
mod message;
mod meters;
mod no_inbox;
mod outbox;
mod outbox_writer;
mod parking;
pub mod projection;
mod publisher;
mod reason;
mod received;
mod redrive;
mod relay;
mod sequence;
mod settings;
mod source;

pub use backoff::Backoff;
pub use consumer::{
    Consumer, ConsumerConfig, ConsumerCounts, Context, Control, Handler, HandlerError, InboxConfig,
    LogConsumer, ParkConfig, Retries, UnknownTypes,
};
pub use dead_letter_exchange::{DeadLetterExchange, NotPut};
pub use dead_letters::DeadLetters;
pub use error::Error;
pub use failure::{Failure, FailureKind};
pub use inbox::{Admission, InboxEntry, InboxStore, ParkedBacklog};
pub use log::{LogEvent, LogSource, Partition, Record};
pub use message::OutboundMessage;
pub use no_inbox::NoInbox;
pub use outbox::{Backlog, Claimed, Lease, OutboxStore, Release};
pub use outbox_writer::OutboxWriter;
pub use parking::{NewlyParked, Parked, ParkedContent, ParkedLease};
pub use publisher::{Outcome, Publisher};
pub use received::Received;
pub use redrive::REDRIVEN_AT;
pub use relay::{Relay, RelayConfig, RelayCounters, RelayCounts, RelayWaker};
pub use sequence::{SequenceGate, Verdict};
pub use settings::{SettingKey, Settings, setting_keys};
pub use source::{Delivery, Source};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
