//! The seam under generated service clients: operations, transport, errors by phase, resilience, fallback.
//!
//! A generated client that talks to its HTTP library directly leaves the hard questions to every caller: may this
//! POST be sent again, was it processed when the connection broke, how long may an order wait for a price, what is
//! said to the customer while the service is down. Here they have one answer for all operations, taken from the
//! contract:
//!
//! - an [`Operation`] is a plain value: a request, a parser, and the facts of its contract ([`OperationInfo`]:
//!   idempotency, timeouts, breaker group). It does no I/O;
//! - a [`Client`] runs it through deadline, retry with budget, circuit breaker and attempt timeout (the `resilience`
//!   crate), over a [`Transport`];
//! - an [`Error`] says how far the call came, and whether the service may have processed it;
//! - [`or_fallback`](Call::or_fallback) puts an older answer in the place of a missing one, marked as such.
//!
//! ```
//! use client_core::bytes::Bytes;
//! use client_core::testing::{Reply, ScriptedTransport};
//! use client_core::{BuildError, Client, DecodeError, Idempotency, Operation, OperationInfo, RequestBuilder, decode, http};
//!
//! /// What a generator writes for `GET /stock/{sku}`.
//! struct GetStock { sku: String }
//!
//! static GET_STOCK: OperationInfo = OperationInfo::new("getStock", http::Method::GET, "/stock/{sku}")
//!     .with_idempotency(Idempotency::Idempotent);
//!
//! impl Operation for GetStock {
//!     type Output = u32;
//!     const INFO: &'static OperationInfo = &GET_STOCK;
//!
//!     fn to_request(&self) -> Result<http::Request<Bytes>, BuildError> {
//!         RequestBuilder::new(Self::INFO).path_parameter("sku", &self.sku).build()
//!     }
//!
//!     fn parse(response: &http::Response<Bytes>) -> Result<u32, DecodeError> {
//!         decode::json(response)
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread", start_paused = true)]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // A script instead of a network: the service fails once, and then answers.
//! let transport = ScriptedTransport::new([Reply::status(503), Reply::json(200, &17)]);
//! let client = Client::builder("https://stock.test/api/v1").transport(transport.clone()).build()?;
//!
//! let stock = client.call(GetStock { sku: "A/1".to_owned() }).correlation_id("order-4711").send().await?;
//! assert_eq!((*stock.value(), stock.attempts()), (17, 2));
//! assert_eq!(transport.requests()[1].uri(), "https://stock.test/api/v1/stock/A%2F1");
//! # Ok(())
//! # }
//! ```
//!
//! # What is retried
//!
//! | what happened | idempotent, or with a key | neither | counts for the breaker as |
//! |---|---|---|---|
//! | no connection | yes | yes | failure |
//! | connection lost, attempt timed out | yes | no | failure |
//! | 502, 503, 504 | yes, after `Retry-After` if given | no | failure |
//! | other 5xx, 408 | no | no | failure |
//! | 429 | yes, after `Retry-After` if given | no | neither |
//! | any other status | no | no | success |
//! | token source unavailable | yes | yes | neither |
//!
//! A `Retry-After` of zero, or of a date that has passed, is a back-off like any other.
//!
//! # Features
//!
//! `reqwest` (default): [`ReqwestTransport`], HTTP over reqwest with rustls and the platform's certificates. Without
//! it, bring a [`Transport`]; [`ServiceTransport`] takes any tower `Service`.

mod base_url;
mod build_error;
mod client;
mod config_error;
mod correlation;
mod credentials;
pub mod decode;
mod error;
mod event;
mod fallback;
mod operation;
mod page;
mod patch;
mod policy;
mod request;
mod retry_after;
pub mod testing;
mod transport;
pub mod union;

pub use build_error::BuildError;
pub use client::{Call, CallOptions, Client, ClientBuilder, RateLimit, Response};
pub use config_error::ConfigError;
pub use credentials::{EnvToken, StaticToken, Token, TokenError, TokenSource};
pub use decode::DecodeError;
pub use error::{ApiError, Error};
pub use event::{Event, Finished, Stats};
pub use fallback::{Answer, FallbackSource, Stored};
pub use operation::{Idempotency, Operation, OperationInfo, Server};
pub use page::{Page, Paged};
pub use patch::Patch;
pub use policy::{ClientPolicy, TimeoutOverrides};
pub use request::RequestBuilder;
pub use transport::{BoxFuture, Exchange, ServiceTransport, Transport, TransportError};
#[cfg(feature = "reqwest")]
pub use transport::{ReqwestTransport, ReqwestTransportBuilder};

// What of other crates stands in this API, so that generated code needs no dependency of its own for it.
pub use bytes;
pub use http;
pub use resilience::{self, Deadline};

/// Compiles the example of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
