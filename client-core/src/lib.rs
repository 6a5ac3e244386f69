//! The seam under generated service clients: operations, transport, errors by phase, resilience, fallback.

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
mod patch;
mod policy;
mod request;
mod retry_after;
mod transport;

pub use build_error::BuildError;
pub use client::{Call, CallOptions, Client, ClientBuilder, Response};
pub use config_error::ConfigError;
pub use credentials::{EnvToken, StaticToken, Token, TokenError, TokenSource};
pub use decode::DecodeError;
pub use error::{ApiError, Error};
pub use event::{Event, Finished, Stats};
pub use fallback::{Answer, FallbackSource, Stored};
pub use operation::{Idempotency, Operation, OperationInfo};
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
