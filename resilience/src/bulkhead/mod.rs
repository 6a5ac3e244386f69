//! The bulkhead: at most so many calls at once, so that one slow peer cannot take all of a caller's means.
//!
//! A peer that answers in a minute instead of a second has sixty times as many calls under way, and each holds
//! memory, a connection, a task. Beyond [`BulkheadPolicy::max_concurrent`] a call is rejected at once, or waits in
//! a bounded queue for as long as the policy and its own deadline allow, first come, first served.
//!
//! ```
//! use resilience::Deadline;
//! use resilience::bulkhead::{Bulkhead, BulkheadPolicy};
//! use std::time::Duration;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let bulkhead = Bulkhead::new("reviews", BulkheadPolicy::default().with_max_concurrent(1))?;
//! let slot = bulkhead.acquire(Deadline::after(Duration::from_secs(1))).await?;
//! assert!(bulkhead.try_acquire().is_err());
//! drop(slot);
//! assert!(bulkhead.try_acquire().is_ok());
//! # Ok(())
//! # }
//! ```

mod full;
mod future;
mod handle;
mod layer;
mod policy;
pub(crate) mod semaphore;
mod service;
mod word;

pub use full::{Full, FullReason};
pub use future::BulkheadFuture;
pub use handle::{Bulkhead, Slot};
pub use layer::BulkheadLayer;
pub use policy::BulkheadPolicy;
pub use service::BulkheadService;
