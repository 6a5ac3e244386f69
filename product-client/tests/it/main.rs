//! The client of the Product Service, through its public API.
#![expect(
    clippy::unwrap_used,
    reason = "what a test takes for granted fails it when it does not hold"
)]

mod configuration;
mod contract;
mod environment;
mod fallback;
mod hostile;
mod redaction;
mod requests;
mod resilience;
mod samples;
