//! The suites, against what runs in memory, and SQLite where processes share a database.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[cfg(unix)]
mod honesty;
#[cfg(unix)]
mod log_faults;
mod memory_store;
#[cfg(unix)]
mod queue_faults;
#[cfg(unix)]
mod rig;
#[cfg(unix)]
mod sharing;
#[cfg(unix)]
mod stall;
#[cfg(unix)]
mod two_writers;
