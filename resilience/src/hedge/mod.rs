//! Hedging: a further attempt for the one that takes too long, and the first answer counts.

mod policy;

pub use policy::{HedgeDelay, HedgePolicy};
