//! Hedging: a further attempt for the one that takes too long, and the first answer counts.
//!
//! A few calls take far longer than the rest for reasons that do not meet the next call: a pause for garbage, a lost
//! packet, a busy disk. Sending those few again cuts the tail of the latencies off for a little more load, which the
//! [budget](crate::budget) keeps little. Only for calls that may be repeated; the attempt that loses is dropped.

mod future;
mod handle;
mod layer;
mod policy;
mod service;
mod sketch;

pub use future::HedgeFuture;
pub use handle::Hedge;
pub use layer::HedgeLayer;
pub use policy::{HedgeDelay, HedgePolicy};
pub use service::HedgeService;
