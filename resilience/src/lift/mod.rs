//! The innermost layer of a stack of single ones: it makes one error type of the service's own.
//!
//! The single layers do not wrap errors: each asks only that the error of the service below can be made from its own
//! rejection, so however many are stacked, the error is the same. [`Error<E>`](crate::Error) can be made from all
//! of them; `LiftLayer` puts a service's `E` into it, once, beneath them all. Above a service with tower's `BoxError`
//! it is not needed: a box can be made of anything.
//!
//! ```
//! use resilience::breaker::{BreakerLayer, BreakerPolicy, CircuitBreaker};
//! use resilience::classify::{Lifted, TransientErrors};
//! use resilience::lift::LiftLayer;
//! use resilience::retry::{RetryLayer, RetryPolicy};
//! use resilience::timeout::TimeoutLayer;
//! use resilience::{Call, Error};
//! use std::time::Duration;
//! use tower::{Service, ServiceBuilder, ServiceExt};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let breaker = CircuitBreaker::new("catalogue", BreakerPolicy::default())?;
//! let classify = Lifted(TransientErrors);
//! let mut prices = ServiceBuilder::new()
//!     .concurrency_limit(64)
//!     .layer(RetryLayer::new(RetryPolicy::default(), classify)?.with_call(|_: &u32| Call::idempotent()))
//!     .layer(BreakerLayer::new(breaker, classify))
//!     .layer(TimeoutLayer::new(Duration::from_millis(600)))
//!     .layer(LiftLayer::new())
//!     .service_fn(|id: u32| async move { Ok::<_, std::io::Error>(id * 100) });
//! let price: Result<u32, Error<std::io::Error>> = prices.ready().await?.call(7).await;
//! assert_eq!(price?, 700);
//! # Ok(())
//! # }
//! ```

mod future;
mod layer;
mod service;

pub use future::LiftFuture;
pub use layer::LiftLayer;
pub use service::LiftService;
