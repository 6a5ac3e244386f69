//! Deadlines, jittered retries, retry budgets and circuit breakers for [`reqwest_middleware`].
//!
//! A retry middleware that looks only at the answer does harm: it sends a POST twice that was answered with 500, comes
//! back at once to a service that asked for two seconds, quadruples the load on one that is down, holds connections
//! open while it waits, and refuses to send a streaming body at all. [`ResilienceMiddleware`] puts a whole
//! [`resilience::Policy`] around each request instead:
//!
//! ```
//! use reqwest_middleware::{ClientBuilder, ClientWithMiddleware};
//! use resilience::Policy;
//! use resilience::breaker::{BreakerPolicy, CircuitBreaker};
//! use resilience_reqwest::ResilienceMiddleware;
//! use std::time::Duration;
//!
//! # fn client() -> Result<ClientWithMiddleware, Box<dyn std::error::Error>> {
//! let policy = Policy::builder()
//!     .overall_timeout(Duration::from_secs(5))
//!     .attempt_timeout(Duration::from_secs(2))
//!     .breaker(CircuitBreaker::new("catalogue", BreakerPolicy::default())?)
//!     .build()?;
//! # let reqwest = reqwest::Client::builder().tls_certs_only([]).build()?;
//! let client = ClientBuilder::new(reqwest).with(ResilienceMiddleware::new(policy)).build();
//! # Ok(client)
//! # }
//! # client().unwrap();
//! ```
//!
//! # What is repeated
//!
//! GET, HEAD, OPTIONS, TRACE, PUT and DELETE, and whatever carries an `Idempotency-Key`; the same key goes with each
//! attempt, and [`IdempotencyKey::fresh`] makes one. Anything else only if it provably never reached the server.
//! Of these, what [`Statuses`] or a classifier of your own says is worth repeating.
//!
//! # Bodies
//!
//! A body of bytes is repeated for free. A streaming body is sent as it comes, and its first 64 KiB are kept; past that
//! the request is sent once, which is no error. A failed response that a retry might follow is read up to 64 KiB or
//! 100 ms and then let go, so that its connection is free before the wait.
//!
//! # Deadlines
//!
//! A [`resilience::Deadline`] among the extensions of the request is the caller's own; of that, the one of the task
//! ([`Deadline::scope`](resilience::Deadline::scope)) and the policy's the strictest holds. The attempt timeout covers an attempt until the head of its response, the deadline also the reading of the body.
//!
//! # Errors
//!
//! What went wrong with the request itself stays the [`reqwest_middleware::Error::Reqwest`] that it was, so that
//! `is_connect()` and its like tell the truth. What the policy decided (a deadline that passed, an open circuit, …) is
//! a `Middleware` error: [`find`] gives it back, typed, and [`is_timeout`] asks both.
//!
//! # For users of `reqwest-retry`
//!
//! The feature `reqwest-retry` brings `RetryAdapter`, which keeps that crate's loop and its errors and takes our
//! schedule, classification and budget.

mod classify;
mod error;
mod idempotency;
mod middleware;
mod replay;
mod response;
#[cfg(feature = "reqwest-retry")]
mod retry_adapter;
mod retry_after;
mod wall_clock;

pub use classify::Statuses;
pub use error::{find, is_timeout};
pub use idempotency::IdempotencyKey;
pub use middleware::ResilienceMiddleware;
#[cfg(feature = "reqwest-retry")]
pub use retry_adapter::RetryAdapter;

/// Compiles the examples of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
