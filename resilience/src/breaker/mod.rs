//! A circuit breaker: stops calling a peer that fails, and asks it again later.
//!
//! It opens on failures in a row, or on a failure rate within a sliding time window, whichever comes first.
//! While open it rejects at once. After [`BreakerPolicy::open_for`] it is half-open: a limited number of trial
//! calls may pass, and they decide.
//!
//! ```text
//!            failures in a row, or failure rate
//!   Closed ────────────────────────────────────▶ Open ◀─────────┐
//!     ▲                                           │ open_for    │ a trial fails
//!     │ all trials succeed                        ▼             │
//!     └──────────────────────────────────────  HalfOpen ────────┘
//! ```
//!
//! - A result counts only in the state it was admitted in: what was sent while closed and comes back during
//!   half-open decides nothing.
//! - A call that is dropped hands its place back. If its own time limit had passed by then, it was a failure;
//!   otherwise the caller lost interest, which says nothing about the peer.
//! - No timer and no task: time is judged when a call asks to be admitted. After
//!   [`BreakerPolicy::half_open_max_wait`], trials that never come back are written off, and more may pass at once
//!   if callers keep dropping theirs, so that half-open cannot last for ever.
//! - The cost of a call does not depend on the number of calls in the window, and a rejection allocates nothing.
//!
//! [`Policy::run`](crate::Policy::run) drives a breaker; by hand it is driven like this:
//!
//! ```
//! use resilience::breaker::{BreakerPolicy, CircuitBreaker, State};
//! use resilience::time;
//!
//! let breaker = CircuitBreaker::new("catalogue", BreakerPolicy::default().with_consecutive_failures(1))?;
//! let permit = breaker.admit(time::now())?;
//! permit.failure(time::now());
//!
//! assert_eq!(breaker.state(), State::Open);
//! let rejected = breaker.admit(time::now()).unwrap_err();
//! assert!(rejected.retry_after().is_some());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod circuit;
mod circuit_breaker;
mod future;
mod layer;
mod moment;
mod open;
mod permit;
mod policy;
mod pool;
mod service;
mod snapshot;
mod state;
mod thread;
mod ticket;
mod validate;

pub(crate) use circuit::Verdict;
pub use circuit_breaker::CircuitBreaker;
pub use future::BreakerFuture;
pub use layer::{BreakerLayer, NoDeadline, RequestDeadline};
pub use open::Open;
pub use permit::Permit;
pub use policy::{BreakerPolicy, WindowPolicy};
pub use service::BreakerService;
pub use snapshot::Snapshot;
pub use state::{OpenReason, State};
pub(crate) use ticket::Ticket;
