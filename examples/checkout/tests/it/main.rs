//! What the example promises, checked through its public parts and its command line.

mod bands;
mod data_folder;
mod events;
mod latency;
mod orders;
mod placement;
mod plan;
mod projection;
mod report;
mod scratch;
