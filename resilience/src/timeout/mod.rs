//! Time limits: one for each attempt, one for the whole call.
//!
//! The limit of an attempt must be the shorter one. Were it not, the limit of the call would cut every attempt
//! off first, and the circuit breaker, which sits between the two, would see cancelled calls only.
//! [`PolicyBuilder::build`](crate::PolicyBuilder::build) refuses that.

mod elapsed;
mod future;
mod layer;
mod policy;
mod service;

pub use elapsed::Elapsed;
pub use future::TimeoutFuture;
pub use layer::TimeoutLayer;
pub use policy::TimeoutPolicy;
pub use service::TimeoutService;
