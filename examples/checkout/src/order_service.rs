//! temp
pub mod bands;
pub mod consumer;
pub mod order;
pub mod orders;
pub mod projection;
pub mod store;
