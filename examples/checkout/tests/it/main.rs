//! What the example promises, checked through its public parts and its command line.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod bands;
mod cli;
mod data_folder;
mod end_to_end;
mod events;
mod latency;
mod orders;
mod placement;
mod plan;
mod projection;
mod reads;
mod recovery;
mod report;
mod repricing;
mod scratch;
mod submit;
mod verify_orders;
