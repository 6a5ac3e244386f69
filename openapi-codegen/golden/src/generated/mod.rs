// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The generated client. The crate re-exports what is public, by name.

mod call;
mod client;
pub(crate) mod models;
pub(crate) mod operations;

pub use call::Call;
pub use client::GoldenClient;
