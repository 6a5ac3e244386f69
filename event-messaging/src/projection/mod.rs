//! Projections: state of one's own that follows the events of another service, and begins and repairs itself.
//!
//! # The problem
//!
//! A queue holds no history, so a projection that only listens never learns what was before it. One that reads the
//! other's API first and listens then misses what changed in between; one that listens first applies to a key what it
//! has not read yet, or, with a page that was read a moment ago, puts an old state over a newer one. And a message that
//! was lost, by a queue that was deleted or a dead letter that nobody sent again, is missed for ever.
//!
//! So: **bind the queue first, then page the API in a stable order, then apply what has come** ([`Projector::start`]).
//! The queue is the buffer: it is bounded, survives a crash, and what is in it beyond the consumer's prefetch is in
//! nobody's memory. For every key the projection keeps a [`Position`], by which an event or a page is news, contained
//! already, or leaves a gap. So pages and events may also come at once, in any interleaving, twice, or again after a
//! crash: the state of a key never goes back.
//!
//! An event in a gap is held, with those behind it in its key, by the consumer's retry levels; meanwhile its key is
//! read again ([`Projector::keep`]), and then the event is the next one, or is contained. The same goes for an event of
//! a key that is not known yet. From time to time a reconciliation ([`Projector::reconcile`]) compares all keys.
//!
//! ```
//! use event_contracts::product::{ProductCreated, ProductDeleted, ProductStatusChanged};
//! use event_contracts::{Envelope, ProductEvent};
//! use event_messaging::projection::{
//!     ProjectionConfig, Projector, Reading, SnapshotItem, SnapshotPage, SnapshotSource, Stamp,
//! };
//! use event_messaging::{Consumer, ConsumerConfig, DeadLetterExchange, OutboundMessage, Publisher, memory};
//! use product_types::{ProductId, Timestamp};
//! use std::convert::Infallible;
//!
//! /// The Product Service's API: `GET /products?sort=id`, and `GET /products/{id}`. An order service keeps the names.
//! struct Api;
//!
//! impl SnapshotSource for Api {
//!     type Payload = String;
//!     type Error = Infallible;
//!
//!     async fn page(&self, after: Option<&str>) -> Result<SnapshotPage<String>, Infallible> {
//!         let updated_at = Timestamp::from_unix(1_790_000_000, 0).expect("a year before 9999");
//!         let item = |key: &str| SnapshotItem::new(key, None, updated_at, format!("{key}, as the API has it"));
//!         Ok(match after {
//!             None => SnapshotPage::new(vec![item("p-1"), item("p-2")], Some("2".to_owned())),
//!             Some(_) => SnapshotPage::new(vec![item("p-3")], None),
//!         })
//!     }
//!
//!     async fn read(&self, _key: &str) -> Result<Reading<String>, Infallible> {
//!         Ok(Reading::Gone { as_of: Timestamp::now() })
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread", start_paused = true)]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // The queue first, bound to all events of a product: a gap is one only when all numbers come here.
//! let broker = memory::Broker::new();
//! let queue = broker.declare_queue("order-service.names", 1_000);
//! broker.bind("order-service.names", "product.events", "product.#")?;
//!
//! // Where the projection lives: here in memory, beside its inbox; in a service, tables.
//! let inbox = memory::Inbox::new();
//! let stamp = |event: &ProductEvent| {
//!     Stamp::new(event.metadata().partition_key.clone().unwrap_or_default(), event.metadata())
//! };
//! let names = memory::ProjectionTable::new(inbox.clone(), stamp, |name: Option<&String>, event: &ProductEvent| {
//!     match event {
//!         ProductEvent::Created(created) => Some(created.payload().name.clone()),
//!         ProductEvent::Deleted(_) => None,
//!         _ => name.cloned(),
//!     }
//! });
//!
//! // Then the snapshot, and then the events.
//! let projector = Projector::new(names.clone(), Api, ProjectionConfig::default())?;
//! projector.start().await;
//! assert_eq!(names.len(), 3);
//!
//! # let deleted = ProductDeleted::new(ProductId::new("p-2")?, Timestamp::now(), "u-17");
//! # let envelope = Envelope::new(deleted, "product-service", "req-1", Timestamp::now()).with_sequence(7);
//! # broker.publish(vec![OutboundMessage::from_envelope(&envelope)?]).await;
//! let dead_letters = DeadLetterExchange::new(broker, "order-service.dead-letters");
//! let consumer = Consumer::new(queue, projector.clone(), dead_letters, ConsumerConfig::new("order-service.names"))?
//!     .with_inbox(inbox);
//! let control = consumer.control();
//! let watching = async {
//!     while names.get("p-2").is_some() {
//!         tokio::task::yield_now().await;
//!     }
//!     control.drain();
//! };
//! tokio::select! {
//!     _ = async { tokio::join!(consumer.run(std::future::pending()), watching) } => {}
//!     () = projector.keep(std::future::pending()) => {}
//! }
//! assert_eq!((names.len(), projector.counts().applied), (2, 1));
//! # Ok(())
//! # }
//! ```
//!
//! # On a log
//!
//! A log keeps its history, so the start is a replay from offset zero: give the consumer a group (and a name) of its
//! own, which begins with the oldest record, and do not call [`Projector::start`]. Nothing else is different; a
//! projection is built anew by another group into another table. Topics of events are therefore
//! `cleanup.policy=delete` with a long retention, never compacted: where the oldest records are gone already, the first
//! event of a key is in a gap, and its key is read from the API.
//!
//! # What it relies on
//!
//! - Numbers are without holes **within a key for this consumer**: bind the queue to everything of the key, and take
//!   all types ([`ProductEvent`](event_contracts::ProductEvent), not one [`Envelope`](event_contracts::Envelope)).
//!   Otherwise what was not meant for it looks like a gap and costs a read.
//! - An item's `as_of` is the timestamp of its last change's events, or later. Where the source tells no number, that
//!   instant decides; then a hole between a snapshot and the first event after it cannot be seen, and the next
//!   reconciliation finds what was missed.
//! - **Events of one key at one instant are one transaction of the source**, which writes the key and all of them. A
//!   snapshot without a number says only up to which instant it goes, so all events of that instant count as contained
//!   in it. Were there a second transaction of the same key at the same instant, a snapshot read between the two would
//!   not contain its events, and they would be left alone all the same, until a reconciliation finds the key different.
//!   A source whose clock ticks in milliseconds keeps this by making each change of a key at least one tick younger than
//!   the one before it; or it tells the number of the last event, and no instant matters.
//! - Without an inbox, position and row in one transaction are enough for exactly-once, where events have numbers.

mod ask;
mod config;
mod counters;
mod position;
mod projector;
mod reconcile;
mod repairs;
mod source;
mod start;
mod store;
mod timestamp;

pub use config::ProjectionConfig;
pub use counters::ProjectionCounts;
pub use position::{Judgement, Position, Stamp};
pub use projector::Projector;
pub use reconcile::Reconciled;
pub use repairs::{Repair, RepairCause};
pub use source::{Reading, SnapshotItem, SnapshotPage, SnapshotSource};
pub use store::{Progress, ProjectionStore};
pub use timestamp::{Freshness, TimestampGate};
