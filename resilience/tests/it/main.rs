//! How the policies behave, seen through the public API, on virtual time and fixed seeds.
#![expect(
    clippy::unwrap_used,
    reason = "what a test takes for granted fails it when it does not hold"
)]

mod adaptive;
mod allocations;
mod backoff;
mod budget;
mod builder;
mod bulkhead;
mod by_calls;
mod cancelled;
mod chaos;
mod closed;
#[cfg(feature = "config")]
mod config;
#[cfg(feature = "config")]
mod config_problems;
mod deadline;
mod error;
mod events;
mod fallback;
mod gates;
mod growth;
mod half_open;
mod header_values;
mod hedging;
mod idempotency;
mod keyed_layer;
mod layers;
mod leaks;
#[cfg(feature = "tracing")]
mod logged;
mod manual;
#[cfg(feature = "metrics")]
mod measured;
mod model;
mod open;
mod overall_limit;
#[cfg(feature = "config")]
mod parameters;
mod peer;
mod policy_layer;
mod policy_reload;
mod ramp;
mod rate_limit;
mod registry;
mod reload;
mod retry;
mod retry_after;
mod scope;
mod single_layers;
mod slow;
mod subscriptions;
mod switched;
mod threads;
mod tower_layer;
