//! The contract, held against its fixtures, its laws and hostile input.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod any_event;
mod catalogue;
mod cloudevents;
#[cfg(feature = "compat")]
mod compat;
mod dialects;
#[cfg(feature = "asyncapi")]
mod documents;
mod envelope;
mod fixtures;
mod hostile;
mod limits;
mod one_meaning;
mod openness;
mod payload_shapes;
mod round_trip;
mod unions;
mod versions;
mod views;
