//! What the shared words promise.

mod currency;
mod decimal;
mod id;
mod status;
mod timestamp;
