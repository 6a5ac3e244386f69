//! The contract, held against its fixtures, its laws and hostile input.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod any_event;
mod catalogue;
#[cfg(feature = "compat")]
mod compat;
mod envelope;
mod fixtures;
mod hostile;
mod openness;
mod round_trip;
