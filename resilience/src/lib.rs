//! Deadlines, timeouts, jittered retries and circuit breakers for any async call.
//!
//! A call to another service fails in ways that a local one does not: it hangs, it fails now and works a moment
//! later, it fails for everyone at once. Handled one by one, the cures hurt: retries overrun a peer that is down,
//! a timeout around the retries hides every failure from the circuit breaker, and an order created twice is worse
//! than one not created. [`Policy`] puts them together in the one order that works:
//!
//! ```text
//! caller
//!   └─ deadline              the stricter of the caller's and the policy's; nothing below outlasts it
//!      └─ fallback           a stand-in, marked as one; never in place of a definitive answer
//!         └─ bulkhead, or adaptive limit     how many calls at once
//!            └─ rate limit                   how many calls a second
//!               └─ retry, or hedge           what may be repeated, and what the budget pays for
//!                  └─ circuit breaker        sees every attempt
//!                     └─ attempt timeout     shorter than the deadline, or the breaker learns nothing
//!                        └─ the call
//! ```
//!
//! ```
//! use resilience::breaker::{BreakerPolicy, CircuitBreaker};
//! use resilience::classify::TransientErrors;
//! use resilience::{Call, Policy};
//! use std::time::Duration;
//!
//! # async fn read_price(_deadline: resilience::Deadline) -> Result<u32, std::io::Error> { Ok(8990) }
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let policy = Policy::builder()
//!     .overall_timeout(Duration::from_millis(1_500))
//!     .attempt_timeout(Duration::from_millis(600))
//!     .breaker(CircuitBreaker::new("catalogue", BreakerPolicy::default())?)
//!     .on_event(|event| println!("{event:?}"))
//!     .build()?;
//!
//! let completed = policy
//!     .run(Call::idempotent(), TransientErrors, |attempt| read_price(attempt.deadline))
//!     .await?;
//! assert_eq!(completed.value, 8990);
//! # Ok(())
//! # }
//! ```
//!
//! It has two faces: [`Policy::run`] for any future, as above, and [`Policy::layer`] for tower services. Each part is
//! there as a layer of its own too; they stack without nesting their errors, see [`lift`].
//!
//! What counts as a failure, and what is worth a retry, is the caller's to say: see [`classify`]. Policies are plain
//! values with documented defaults; what cannot work is refused by `build()`. Time is tokio's and goes through
//! [`time`], so tests pause it; chance goes through [`retry::Random`], so tests seed it. What each event means, and what
//! to do about it, stands in [`event`]; every parameter that a file or the environment may set, in `config` (a feature).
//!
#![doc = include_str!("../docs/choosing.md")]
#![doc = include_str!("../docs/migrating.md")]

pub mod adaptive;
pub mod breaker;
pub mod budget;
pub mod bulkhead;
pub mod chaos;
pub mod classify;
#[cfg(feature = "config")]
pub mod config;
pub mod event;
pub mod fallback;
pub mod hedge;
pub mod lift;
pub mod policy;
pub mod rate_limit;
pub mod registry;
pub mod retry;
pub mod time;
pub mod timeout;

mod call;
mod deadline;
mod error;
mod gate;
mod invalid;
mod settings;
mod sync;

pub use call::{Attempt, Call, Careful, Cloned, Describe, Prepare};
pub use deadline::{Deadline, DeadlineScope};
pub use error::{BoxedError, Error, ErrorInfo, ErrorKind};
pub use invalid::InvalidPolicy;
pub use policy::{Completed, Policy, PolicyBuilder};
pub use settings::Settings;

/// Compiles the example of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
