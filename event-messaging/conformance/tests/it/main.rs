//! The suites, against the transports in memory and SQLite.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[cfg(unix)]
mod log_faults;
#[cfg(unix)]
mod queue_faults;
#[cfg(unix)]
mod rig;
