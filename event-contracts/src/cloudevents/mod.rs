//! CloudEvents 1.0: our envelope as one, in any of its modes, and any CloudEvent read.
//!
//! # The mapping
//!
//! | envelope | attribute | written as |
//! |---|---|---|
//! | messageId | `id` | it is |
//! | messageType, major of messageVersion | `type` | `ProductCreated.v1`: brokers route by `type`, and to them an incompatible major is another type; that suffix is one of the platform's own, so every reader of it knows it |
//! | messageType, messageVersion | `dataschema` | `urn:event-contracts:schema:ProductCreated:1.0`, the name percent-encoded |
//! | timestamp | `time` | it is |
//! | source | `source` | it is; a name that is no URI reference as `urn:event-contracts:source:` and the percent-encoded name |
//! | correlationId | extension `correlationid` | it is |
//! | causationId | extension `causationid` | it is |
//! | partitionKey | extension `partitionkey`, and `subject` | it is |
//! | sequence | extension `sequence` | 20 digits, because that extension is text whose order counts |
//! | payload | `data` | it is, with `datacontenttype` `application/json` |
//!
//! Everything is read back exactly, whatever characters it is made of; only a source like `ProductService` comes out as
//! `product-service`, as from every form. `traceparent` belongs to the transport, which
//! has its own header for it.
//!
//! What others write is read forgivingly where the specification leaves room: without `dataschema`, the version is
//! the type's major, or 1.0; a `sequence` that is no number is none; `subject` alone is no partition key.
//!
//! # A publisher for RabbitMQ
//!
//! Any client will do: what it has to be given is the content type, the headers and the body.
//!
//! ```
//! use event_contracts::cloudevents::{Binding, WireFormat};
//! use event_contracts::{Envelope, Event, MessageId, product::ProductDeleted};
//! use product_types::{ProductId, Timestamp};
//!
//! # struct Properties { content_type: &'static str, message_id: String, headers: Vec<(&'static str, String)> }
//! # fn basic_publish(exchange: &str, routing_key: &str, properties: Properties, body: &[u8]) {}
//! fn publish(envelope: &Envelope<ProductDeleted>, format: WireFormat) -> Result<(), event_contracts::Error> {
//!     let message = envelope.to_message(format, Binding::Amqp)?;
//!     let properties = Properties {
//!         content_type: message.content_type,
//!         message_id: envelope.metadata().message_id.to_string(),
//!         headers: message.headers, // long strings of AMQP's field table
//!     };
//!     basic_publish(ProductDeleted::EXCHANGE, ProductDeleted::ROUTING_KEY, properties, &message.body);
//!     Ok(())
//! }
//! # let at = Timestamp::UNIX_EPOCH;
//! # let payload = ProductDeleted::new(ProductId::new("prod_12345")?, at, "u-17");
//! # let envelope = Envelope::new_with_id(MessageId::new("m-1")?, payload, "product-service", "order-4711", at);
//! # for format in WireFormat::ALL { publish(&envelope, format)?; }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # A consumer for Kafka
//!
//! One function reads every form that a record may have: structured, binary, and plain JSON in any dialect.
//!
//! ```
//! use event_contracts::cloudevents::Binding;
//! use event_contracts::{FromEnvelope, ProductEvent, RawEnvelope};
//!
//! # struct Record { headers: Vec<(&'static str, Option<&'static [u8]>)>, value: &'static [u8] }
//! fn consume(record: &Record) -> Result<ProductEvent, event_contracts::Error> {
//!     // A header of Kafka may be without a value.
//!     let headers = record.headers.iter().filter_map(|(name, value)| Some((*name, (*value)?)));
//!     let envelope = RawEnvelope::from_message(Binding::Kafka, None, headers, record.value)?;
//!     ProductEvent::from_envelope(&envelope)
//! }
//!
//! let record = Record {
//!     headers: vec![
//!         ("ce_specversion", Some(b"1.0")),
//!         ("ce_id", Some(b"m-1")),
//!         ("ce_source", Some(b"product-service")),
//!         ("ce_type", Some(b"ProductDeleted.v1")),
//!         ("ce_time", Some(b"2026-03-02T09:15:00Z")),
//!         ("ce_partitionkey", Some(b"prod_12345")),
//!         ("content-type", Some(b"application/json")),
//!     ],
//!     value: br#"{"productId": "prod_12345", "deletedAt": "2026-03-02T09:15:00Z", "deletedBy": "u-17"}"#,
//! };
//! assert!(matches!(consume(&record)?, ProductEvent::Deleted(deleted) if deleted.payload().deleted_by == "u-17"));
//! # Ok::<(), event_contracts::Error>(())
//! ```

mod attribute;
mod attributes;
mod base64;
mod binary;
mod binding;
mod event;
pub(crate) mod mapping;
mod media_type;
mod read;
mod structured;
mod text;
mod uri;
mod wire_format;
mod write;

pub use binding::Binding;
pub use event::{AttributeValue, CloudEvent, Data};
pub use wire_format::WireFormat;
pub use write::Message;
pub(crate) use write::write;
