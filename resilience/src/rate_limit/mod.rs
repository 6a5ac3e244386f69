//! A client-side rate limit: what a peer has granted is kept to, instead of learnt from its 429s.
//!
//! Calls are spread evenly at the rate, after a burst that a quiet time has saved up. A call waits for its turn if
//! that comes before its deadline, and is rejected at once, with the time to try again, if not.
//!
//! The rate is exact: at no rate, from one call a day to one a nanosecond, does rounding add up, however long it
//! runs. In any stretch of time there are at most [`burst`](RateLimitPolicy::burst) calls and as many as the rate
//! gives for it and two nanoseconds.
//!
//! ```
//! use resilience::rate_limit::{RateLimit, RateLimitPolicy};
//! use resilience::{Deadline, time};
//! use std::time::Duration;
//!
//! let policy = RateLimitPolicy::default().with_rate(10, Duration::from_secs(1)).with_burst(1);
//! let limit = RateLimit::new("reviews", policy)?;
//! let (now, by) = (time::now(), Deadline::after(Duration::from_millis(150)));
//!
//! assert_eq!(limit.reserve(now, by)?, Duration::ZERO);
//! assert_eq!(limit.reserve(now, by)?, Duration::from_millis(100));
//! let limited = limit.reserve(now, by).unwrap_err();
//! assert_eq!(limited.retry_after(), Some(Duration::from_millis(200)));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod future;
mod gcra;
mod handle;
mod layer;
mod limited;
mod policy;
mod service;
mod turn;

pub use future::RateLimitFuture;
pub use handle::RateLimit;
pub use layer::RateLimitLayer;
pub use limited::Limited;
pub use policy::RateLimitPolicy;
pub use service::RateLimitService;
pub(crate) use turn::Turn;
