//! Projections that start from a snapshot, follow events and repair themselves.

mod law;
mod model;
mod position;
mod projector;
