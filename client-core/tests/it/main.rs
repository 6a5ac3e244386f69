//! Behaviour of the client through its public API.
#![expect(
    clippy::unwrap_used,
    reason = "what a test takes for granted fails it when it does not hold"
)]

mod breaker;
mod configuration;
mod credentials;
mod decoding;
mod encoding;
mod events;
mod fallback;
#[cfg(feature = "reqwest")]
mod http_transport;
mod identifiers;
mod logs;
mod operations;
mod patch;
mod redaction;
mod refusals;
mod retry;
#[cfg(feature = "reqwest")]
mod server;
mod service_transport;
mod timeouts;
