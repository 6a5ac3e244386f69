//! The contract as JSON Schemas (draft 2020-12), derived from the types that read and write it. Needs the feature
//! `schema`.
//!
//! A contract has two sides, and they differ on purpose. What is [`written`] states all that a writer of this
//! version puts into a payload; what is [`read`] states how little a reader of this version needs: fields that were
//! added later may be missing, and a decimal may be a number. A change is safe when what one side writes is inside
//! what the other side reads.
//!
//! Both leave objects and enums open, as the readers do. The names that a reader accepts besides (aliases of types
//! and of fields) are not in the schemas: nobody should begin to write them.
//!
//! ```
//! use event_contracts::{product::ProductCreated, schema};
//!
//! let (written, read) = (schema::written::<ProductCreated>(), schema::read::<ProductCreated>());
//! let requires = |schema: &serde_json::Value, field: &str| {
//!     schema["required"].as_array().is_some_and(|fields| fields.iter().any(|name| name == field))
//! };
//! assert!(requires(&written, "tags") && !requires(&read, "tags"));
//! assert_eq!(written["$id"], "urn:event-contracts:schema:ProductCreated:1.0");
//! ```
//!
//! An event of your own derives `schemars::JsonSchema` (version 1) beside serde's two, and everything here works for
//! it too.

mod contract;
mod prose;
mod tidy;
mod wire;
mod words;

pub use contract::{ALL, Contract, ENVELOPE_VERSION, read_envelope, written_envelope};
pub use words::without_words;
#[cfg(feature = "asyncapi")]
pub(crate) use {prose::plain as plain_prose, tidy::tidied};

use crate::Event;
use schemars::JsonSchema;
use serde_json::Value;

/// The schema of `E`'s payload as this version writes it.
#[must_use]
pub fn written<E: Event + JsonSchema>() -> Value {
    Contract::of::<E>().written()
}

/// The schema of the payloads that this version reads as an `E`, in the canonical form and the present major
/// version.
#[must_use]
pub fn read<E: Event + JsonSchema>() -> Value {
    Contract::of::<E>().read()
}
