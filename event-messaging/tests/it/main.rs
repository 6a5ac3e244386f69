//! Relay, broker and consumer by their behaviour, on virtual time.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod back_off;
mod broker;
mod config;
mod crash;
mod deadlines;
mod drain;
mod endless;
mod faults;
mod full_park;
mod handlers;
mod inbox;
mod log;
mod log_consumer;
mod log_deadlines;
mod log_turmoil;
#[cfg(feature = "metrics")]
mod metered;
mod outbox;
mod panics;
mod park;
mod pause;
#[cfg(all(feature = "process", unix))]
mod process;
mod projection;
mod queue;
mod redrive;
mod refusing;
mod relay;
mod relay_law;
mod rests;
mod retries;
mod scripted;
mod sequence;
mod shards;
mod shards_turmoil;
mod simulation;
mod support;
mod trace;
mod whole_way;
