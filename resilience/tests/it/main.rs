//! How the policies behave, seen through the public API, on virtual time and fixed seeds.
#![expect(
    clippy::unwrap_used,
    reason = "what a test takes for granted fails it when it does not hold"
)]

mod allocations;
mod backoff;
mod budget;
mod builder;
mod by_calls;
mod cancelled;
mod closed;
mod deadline;
mod error;
mod events;
mod growth;
mod half_open;
mod idempotency;
mod manual;
mod model;
mod open;
mod overall_limit;
mod peer;
mod ramp;
mod reload;
mod retry;
mod retry_after;
mod slow;
mod subscriptions;
mod threads;
mod tower_layer;
