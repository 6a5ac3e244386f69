//! Clients from OpenAPI 3.1 documents: code that people read, or a refusal that says what to write instead.
//!
//! # The problem
//!
//! A generator that accepts every document produces, for the parts that it does not understand, code that lies: enums
//! that refuse tomorrow's value, `null` taken for "leave it as it is", a POST sent twice. This one reads a strict
//! subset of OpenAPI. Whatever lies outside is refused by name, with file and line. In return, what it writes carries
//! the whole contract: how an operation is retried and how long it may take (`x-resilience`) stands beside its path.
//!
//! ```
//! use openapi_codegen::{Document, Target};
//!
//! let document = Document::parse("api.yaml", r#"
//! openapi: 3.1.0
//! info: { title: Clock, version: 1.0.0 }
//! paths:
//!   /time:
//!     get:
//!       operationId: getTime
//!       tags: [time]
//!       summary: Tells the time.
//!       security: []
//!       x-resilience: { idempotency: idempotent }
//!       responses:
//!         default: { description: Anything. }
//! "#)?;
//! let refused = Target::new("api.yaml", "src/generated", "ClockClient").generate_from(&document).unwrap_err();
//! assert_eq!(
//!     refused.refusals()[0].to_string(),
//!     "api.yaml:13: answer `default` of operation `getTime`; name each status by its three digits",
//! );
//! # Ok::<(), openapi_codegen::Error>(())
//! ```
//!
//! # How it works
//!
//! [`Document`] keeps the line of every node; `read` turns it into the generator's own picture of an API or refuses;
//! `write` turns that picture into Rust, which refers to nothing but `client_core`, `serde` and the types that the
//! [`Target`] brings along. The same document always gives the same bytes, so that [`Generated::check`] can hold the
//! committed code against its document. [`compare`] tells what a change of a document means for those who have the old
//! one.

mod api;
pub mod compare;
mod document;
mod error;
mod format;
pub mod fuzz;
mod generate;
mod generated;
mod name;
mod read;
mod refusal;
mod target;
mod write;

pub use document::Document;
pub use error::Error;
pub use generated::Generated;
pub use refusal::Refusal;
pub use target::Target;
