//! A circuit breaker: stops calling a peer that fails, and asks it again later.
//!
//! It opens on failures in a row, on a failure rate, or on a rate of slow calls, whichever comes first; the rates are
//! those of a sliding window, [by time or by calls](WindowPolicy). While open it rejects at once. After
//! [`BreakerPolicy::open_for`] it is half-open: a limited number of trial calls may pass, and they decide.
//!
//! ```text
//!               failures in a row, failure rate, slow-call rate
//!   Closed ────────────────────────────────────────────────▶ Open ◀────────┐
//!     ▲  ▲                                              ▲     │ open_for    │ a trial fails
//!     │  │ ramp_for                                     │     ▼             │
//!     │  └─── Recovering ───────────────────────────────┘  HalfOpen ────────┘
//!     │           ▲     all trials succeed                    │
//!     └───────────┴───────────────────────────────────────────┘
//! ```
//!
//! - A result counts only in the state it was admitted in: what was sent while closed and comes back during
//!   half-open decides nothing.
//! - A call that is dropped hands its place back. If its own time limit had passed by then, it was a failure;
//!   otherwise the caller lost interest, which says nothing about the peer.
//! - No timer and no task: time is judged when a call asks to be admitted. After
//!   [`BreakerPolicy::half_open_max_wait`], trials that never come back are written off, and more may pass at once
//!   if callers keep dropping theirs, so that half-open cannot last for ever.
//! - Each time that the trials fail it may stay open for longer ([`BreakerPolicy::open_growth`]), and once they have
//!   succeeded it may let only a growing part of the calls pass ([`BreakerPolicy::ramp_for`]).
//! - The cost of a call does not depend on the number of calls in the window. A success of a closed breaker takes no
//!   lock and writes nothing that another thread reads often; neither a call nor a rejection allocates.
//! - [`isolate`](CircuitBreaker::isolate), [`disable`](CircuitBreaker::disable),
//!   [`metrics_only`](CircuitBreaker::metrics_only) and [`close`](CircuitBreaker::close) take it in hand, and
//!   [`set_policy`](CircuitBreaker::set_policy) gives it other numbers while it works.
//!
//! [`Policy::run`](crate::Policy::run) drives a breaker, and so does [`BreakerLayer`] around a tower service; by hand it
//! is driven like this:
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
