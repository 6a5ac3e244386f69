// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! The generated client. The crate re-exports what is public, by name.

mod call;
mod client;
pub mod models;
pub mod operations;

pub use call::Call;
pub use client::LibraryClient;
