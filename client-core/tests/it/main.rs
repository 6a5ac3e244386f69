//! Behaviour of the client through its public API.

mod breaker;
mod configuration;
mod credentials;
mod decoding;
mod encoding;
mod events;
mod fallback;
mod http_transport;
mod identifiers;
mod operations;
mod patch;
mod redaction;
mod refusals;
mod retry;
mod server;
mod service_transport;
mod timeouts;
