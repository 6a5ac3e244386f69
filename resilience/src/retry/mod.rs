//! Trying again: how often, after how long, and what stands against it.
//!
//! A retry is made only if all of this holds:
//!
//! 1. the classifier wants it ([`Retry`](crate::classify::Retry));
//! 2. repeating is harmless: the call is idempotent, or the attempt provably never reached the peer;
//! 3. [`RetryPolicy::max_retries`] leaves one;
//! 4. the wait ends before the deadline of the call;
//! 5. the circuit breaker is not open at that moment;
//! 6. the [budget](crate::budget) pays for it.
//!
//! Otherwise the call ends at once with what the last attempt brought.

mod backoff;
mod future;
mod jitter;
mod layer;
mod policy;
mod random;
mod retry_after;
mod service;
mod stop;
pub(crate) mod wish;

pub use backoff::Backoff;
pub(crate) use backoff::Steps;
pub use future::RetryFuture;
pub use jitter::Jitter;
pub use layer::RetryLayer;
pub use policy::RetryPolicy;
pub use random::Random;
pub use retry_after::{retry_after, retry_after_ms};
pub use service::RetryService;
pub use stop::Stop;
