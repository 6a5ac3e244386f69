//! Relay, broker and consumer by their behaviour, on virtual time.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod broker;
mod crash;
mod faults;
mod log;
mod outbox;
#[cfg(all(feature = "process", unix))]
mod process;
mod relay;
mod sequence;
mod shards;
mod support;
