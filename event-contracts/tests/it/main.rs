//! The contract, held against its fixtures, its laws and hostile input.

mod any_event;
mod envelope;
mod fixtures;
mod hostile;
mod openness;
mod round_trip;
