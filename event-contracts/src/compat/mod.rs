//! Whether readers of one version of a contract read what writers of another wrote.
//!
//! # The problem
//!
//! Producers and consumers of events are deployed on different days, and events outlive both: a queue holds what an
//! older writer wrote, a topic is replayed. A change that looks harmless in Rust (`Option<T>` to `T`, a variant added
//! to a closed enum) breaks someone else at run time. Here every version's schemas are committed, and each new version
//! is held against those before it, by rules that name the place and the reason.
//!
//! ```
//! use event_contracts::compat::{Rule, compare};
//! use serde_json::json;
//!
//! let writer = json!({ "type": "object", "properties": { "amount": { "type": "string" } } });
//! let reader = json!({
//!     "type": "object",
//!     "properties": { "amount": { "type": "string" }, "currency": { "type": "string" } },
//!     "required": ["currency"]
//! });
//! let found = compare(&writer, &reader);
//! assert_eq!(found[0].rule, Rule::RequiredPropertyMissing);
//! assert_eq!(found[0].path, "/currency");
//!
//! // The other way round nothing breaks: the reader ignores what it does not know.
//! assert!(compare(&reader, &writer).is_empty());
//! ```
//!
//! # Which order to deploy in
//!
//! | mode | promise | deploy first | allowed in a minor version, for example |
//! |---|---|---|---|
//! | `Backward` | new readers read what was written before | consumers | drop a field; add an optional one; read more values |
//! | `Forward` | readers from before read what is written anew | producers | add a field; always write one that was optional; write fewer values |
//! | `Full` | both | any | add or drop an optional field |
//!
//! `…Transitive` asks it of every version before, not of the last alone: needed where old events are kept and read
//! again, or where a consumer may lag by more than one version. The events of this crate promise
//! [`Mode::FullTransitive`].
//!
//! A **minor** version keeps the promise. What cannot keep it is a **major** version: nothing is compared across
//! majors, the routing key ends in the new `v` and number, so that consumers choose what they get, and for as long as a
//! type states an older [`OLDEST_MAJOR`](crate::Event::OLDEST_MAJOR) it must read that one's golden messages.
//!
//! # What is compared
//!
//! JSON Schema 2020-12, as schemars writes it: `$ref` within the document, `type`, `enum`, `const`, `allOf`, `anyOf`,
//! `oneOf`, `properties`, `required`, `additionalProperties`, `patternProperties`, `propertyNames`, `prefixItems`,
//! `items`, `uniqueItems`, limits of numbers, lengths and counts, `multipleOf`, `pattern`, `format` (for integers, the
//! range that it means). Words (`title`, `description`, `default`, `examples`, `x-…`) are not. A keyword of the reader
//! that no rule knows is [`Rule::Undecided`] unless the writer says the same; the check fails on it too.
//!
//! Three judgements are worth knowing:
//!
//! - **Open objects** promise not to give a name a meaning that the contract does not tell. So a reader may add an
//!   optional property although an open writer could, strictly, have written anything by that name. A reader that
//!   closes its object refuses what the writer is free to add, and is reported.
//! - A renamed optional field is a field dropped and another added: compatible, and its value is lost. No comparison
//!   of schemas sees that; reviewers do.
//! - Patterns are compared as the sets of texts that they match. Those with look-around, back references or classes
//!   like `\s` and `\p{…}` are not, and are reported when they differ.
//!
//! # A test for contracts of your own
//!
//! Keep the schemas of each version in a folder beside the code, and write them once; nobody edits or deletes them:
//!
//! ```text
//! schemas/WishlistShared/1.0.written.json     what version 1.0 writes
//! schemas/WishlistShared/1.0.read.json        what version 1.0 reads
//! ```
//!
//! With the feature `schema`, the types say them. `UPDATE_CONTRACTS=1 cargo test` writes the files of a version that
//! has none yet, the very first ones too; without it the test fails when the type no longer says what was committed. The
//! files of a version that was never released may be deleted, and written anew.
//!
#![cfg_attr(feature = "schema", doc = "```")]
#![cfg_attr(not(feature = "schema"), doc = "```ignore")]
//! use event_contracts::compat::{Mode, assert_committed, assert_compatible};
//! use event_contracts::{Event, Version};
//! use schemars::JsonSchema;
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Serialize, Deserialize, JsonSchema)]
//! #[serde(rename_all = "camelCase")]
//! struct WishlistShared {
//!     wishlist_id: String,
//!     /// Since 1.1: what is added later is optional.
//!     #[serde(default, skip_serializing_if = "Option::is_none")]
//!     message: Option<String>,
//! }
//!
//! impl Event for WishlistShared {
//!     const TYPE: &'static str = "WishlistShared";
//!     const VERSION: Version = Version::new(1, 1);
//!     const AGGREGATE: &'static str = "wishlist";
//!     const ROUTING_KEY: &'static str = "user.wishlist.shared.v1";
//!     const EXCHANGE: &'static str = "user.events";
//!     const KEY: &'static str = "wishlistId";
//!
//!     fn key(&self) -> &str {
//!         &self.wishlist_id
//!     }
//! }
//!
//! // #[test]
//! fn the_contracts_keep_their_promise() {
//!     // concat!(env!("CARGO_MANIFEST_DIR"), "/schemas") in a crate of yours.
//!     let folder = "tests/compat/wishlist";
//!     assert_committed::<WishlistShared>(folder);
//!     assert_compatible(folder, Mode::FullTransitive);
//! }
//! # the_contracts_keep_their_promise();
//! ```
//!
//! Without the feature `schema`, files that another program writes are checked by [`assert_compatible`] all the same.

mod engine;
#[cfg(not(target_family = "wasm"))]
mod error;
#[cfg(not(target_family = "wasm"))]
mod folder;
mod history;
mod incompatibility;
mod mode;
mod report;
mod rule;

#[cfg(not(target_family = "wasm"))]
pub use error::Error;
#[cfg(all(feature = "schema", not(target_family = "wasm")))]
pub use folder::assert_committed;
#[cfg(not(target_family = "wasm"))]
pub use folder::{assert_compatible, check, histories};
pub use history::{Finding, History};
pub use incompatibility::Incompatibility;
pub use mode::{Mode, UnknownMode};
pub use report::Report;
pub use rule::Rule;

use serde_json::Value;

/// Everything that keeps a reader with the schema `reader` from reading all that is valid for `writer`; empty when it
/// reads all of it.
///
/// Any JSON is taken for a schema: what is none is [undecided](Rule::Undecided). Never panics, and ends for recursive
/// schemas.
#[must_use]
pub fn compare(writer: &Value, reader: &Value) -> Vec<Incompatibility> {
    engine::compare(writer, reader)
}
