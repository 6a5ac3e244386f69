//! Relay, broker and consumer by their behaviour, on virtual time.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod broker;
mod config;
mod crash;
mod drain;
mod handlers;
mod inbox;
mod faults;
mod log;
mod log_consumer;
#[cfg(feature = "metrics")]
mod metered;
mod outbox;
mod park;
mod pause;
mod queue;
#[cfg(all(feature = "process", unix))]
mod process;
mod relay;
mod retries;
mod sequence;
mod shards;
mod support;
