//! What stands in for an answer that did not come: a value, a closure, or another service.
//!
//! A fallback is asked when a call has failed after everything that its policy does. A definitive answer is never
//! replaced: see [`Classification::is_definitive`](crate::classify::Classification::is_definitive). What it gives is
//! marked as such, by [`Completed::is_fallback`](crate::Completed::is_fallback) or [`Answer`], so that an old price
//! cannot pass for the present one.
//!
//! ```
//! use resilience::classify::TransientErrors;
//! use resilience::{Call, Policy, fallback};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let policy = Policy::builder().build()?;
//! let completed = policy
//!     .run_or(Call::not_idempotent(), TransientErrors, async |_| Err(std::io::Error::other("down")), &fallback::value(8990))
//!     .await?;
//! assert_eq!((completed.value, completed.is_fallback), (8990, true));
//! # Ok(())
//! # }
//! ```

mod answer;
mod future;
mod kinds;
mod layer;
mod service;

use std::future::Future;

pub use answer::Answer;
pub use future::FallbackFuture;
pub use kinds::{FromFn, FromService, FromServiceFuture, Value, from_fn, from_service, value};
pub use layer::FallbackLayer;
pub use service::FallbackService;

/// What stands in for the answer to a `Req`, when the call brought no `T`, or one that is a failure, or an `X`.
///
/// Made by [`value`], [`from_fn`] and [`from_service`].
pub trait Fallback<Req, T, X> {
    /// Brings the value, or `None` if there is none either; then the call ends as it did.
    type Future: Future<Output = Option<T>>;

    /// Asked once for each call that failed.
    fn fall_back(&self, request: &Req, failure: Result<&T, &X>) -> Self::Future;
}
