//! Adaptive concurrency: a limit of calls at once that nobody has to guess.
//!
//! What a peer can bear changes with each of its deployments, and a limit that was right once is wrong soon. This
//! one is measured: it grows while calls come back in good time and are so many that it matters, and falls when
//! they queue up at the peer, are rejected or run into their time limits. [`Algorithm`] says how.
//!
//! Beyond the limit a call is rejected at once or waits in a bounded queue, as with a
//! [`bulkhead`](crate::bulkhead), whose rejection it shares.
//!
//! ```
//! use resilience::adaptive::{AdaptiveLimit, AdaptivePolicy};
//! use resilience::{Deadline, time};
//! use std::time::Duration;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let limit = AdaptiveLimit::new("reviews", AdaptivePolicy::default())?;
//! assert_eq!(limit.limit(), 20);
//!
//! let slot = limit.acquire(time::now(), Deadline::after(Duration::from_secs(1))).await?;
//! let moved = slot.overload(time::now());
//! assert_eq!(moved.map(|limit| limit.to), Some(18));
//! # Ok(())
//! # }
//! ```

mod algorithm;
mod change;
mod future;
mod gradient;
mod handle;
mod layer;
mod limiter;
mod policy;
mod service;
mod slot;
mod verdict;
mod window;

pub use algorithm::{Aimd, Algorithm, Gradient};
pub use change::LimitChange;
pub use future::AdaptiveFuture;
pub use handle::AdaptiveLimit;
pub use layer::AdaptiveLayer;
pub use policy::AdaptivePolicy;
pub use service::AdaptiveService;
pub use slot::Slot;
