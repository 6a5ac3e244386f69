//! What only all crates together can prove.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod arrows;
mod client;
mod contract;
mod events;
mod service;
mod tree;
