//! The seam under generated service clients: operations, transport, errors by phase, resilience, fallback.

mod build_error;
pub mod decode;
mod operation;
mod patch;
mod request;

pub use build_error::BuildError;
pub use decode::DecodeError;
pub use operation::{Idempotency, Operation, OperationInfo};
pub use patch::Patch;
pub use request::RequestBuilder;

// Types of other crates that stand in this API, so that generated code needs no dependency of its own for them.
pub use bytes;
pub use http;
