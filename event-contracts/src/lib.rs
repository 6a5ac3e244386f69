//! Typed, versioned events of the Product Service and the envelope that carries them.
//!
//! # The problem
//!
//! Services that talk by events share nothing but the shape of a message. When that shape lives in prose, every
//! team writes its own struct, a renamed field breaks someone at night, and a price passes through a float. Here
//! the Rust types are the contract: a payload type states its own name, version, key and routing key
//! ([`Event`]), the [`Envelope`] is built from it and cannot disagree with it, and readers forgive what writers
//! may add.
//!
//! ```
//! use event_contracts::{Envelope, Event, ProductEvent, RawEnvelope, product::ProductDeleted};
//! use product_types::{ProductId, Timestamp};
//!
//! // The writer: what happened, who says so, which request caused it, and when.
//! let happened = Timestamp::from_unix(1_790_000_000, 0).ok_or("no such instant")?;
//! let payload = ProductDeleted::new(ProductId::new("prod_12345")?, happened, "u-17");
//! let envelope = Envelope::new(payload, "product-service", "order-4711", happened).with_sequence(8);
//! let body = envelope.to_json()?;
//!
//! // A reader that routes, skips or de-duplicates looks at the envelope and leaves the payload alone ...
//! let raw = RawEnvelope::parse(&body)?;
//! assert_eq!(raw.message_type(), "ProductDeleted");
//! assert_eq!(raw.sequence(), Some(8));
//!
//! // ... and decodes the payload when it wants it: one type, or whatever the Product Service published.
//! let one = raw.decode::<ProductDeleted>()?;
//! assert_eq!(one, envelope);
//! assert!(matches!(ProductEvent::decode(&body)?, ProductEvent::Deleted(deleted) if deleted == one));
//! assert_eq!(ProductDeleted::ROUTING_KEY, "product.product.deleted.v1");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What a reader may rely on
//!
//! - All seven forms in which the platform's documents show the envelope are read, and which it was is told
//!   ([`Dialect`]); a message that says one thing twice is refused.
//! - Nothing larger or deeper than [`Limits`] allows is read, not even a payload that nobody decodes, and an error
//!   knows the line and column.
//! - Unknown fields are ignored, unknown values of an enum are kept as they came, and an unknown type of event is
//!   data ([`ProductEvent::Unknown`]), not an error.
//! - Names that other documents use for the same event (`ProductVariantCreated`, `ProductCreatedEvent.v1`) are
//!   read as the canonical name ([`canonical_type`]); only canonical names are written.
//! - Identifiers are opaque text; amounts are exact decimals.
//! - Every field that the contract marks optional, and every field that was added after version 1.0, may be
//!   missing.
//!
//! # Writing an event of your own
//!
//! Any type that serde can write and read becomes an event by implementing [`Event`]; everything here and in the
//! transports works for it alike. With the features `compat` and `schema` two lines of a test keep its versions
//! compatible.
//!
//! # Features
//!
//! | feature | gives | brings |
//! |---|---|---|
//! | `generate`, on by default | message ids (UUIDv7), and with them `Envelope::new` | `uuid` |
//! | `fast-rng` | a faster source of their random bits | `rand`, and `generate` |
//! | `compat` | the module `compat`: schemas of writers held against those of readers | nothing |
//! | `schema` | the module `schema`: JSON Schemas of every event, as written and as read | `schemars` |
//! | `asyncapi` | the module `asyncapi`: an AsyncAPI 3.0 document of what a service sends and receives | as `schema` |

#[cfg(feature = "asyncapi")]
pub mod asyncapi;
pub mod catalogue;
pub mod category;
pub mod cloudevents;
#[cfg(feature = "compat")]
pub mod compat;
mod dialect;
pub mod discount;
mod envelope;
mod error;
mod event;
mod event_union;
mod fault;
mod free_form;
pub mod inventory;
mod inventory_event;
mod json;
mod limits;
mod message_id;
mod metadata;
mod names;
mod open_enum;
mod payload;
pub mod price;
pub mod product;
mod product_event;
mod raw;
pub mod review;
#[cfg(feature = "schema")]
pub mod schema;
mod unknown;
pub mod user;
mod user_event;
pub mod variant;
mod version;
pub mod view;

pub use dialect::Dialect;
pub use envelope::Envelope;
pub use error::{Error, Position};
pub use event::{Event, FromEnvelope};
pub use inventory_event::InventoryEvent;
pub use limits::Limits;
pub use message_id::MessageId;
pub use metadata::Metadata;
pub use names::canonical_type;
pub use payload::Payload;
pub use product_event::ProductEvent;
pub use raw::{EnvelopeReader, RawEnvelope};
pub use unknown::UnknownEvent;
pub use user_event::UserEvent;
pub use version::Version;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
