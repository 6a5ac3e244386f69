//! What happens inside policies, for logs, metrics and alerts.
//!
//! [`Events`] leads from policies to whoever listens: a closure on the task of the call, or a bounded channel that
//! never makes a call wait. Nobody listening costs a branch and no allocation.
//!
//! ```
//! use resilience::Policy;
//! use resilience::event::{Event, Events};
//!
//! # fn main() -> Result<(), resilience::InvalidPolicy> {
//! let events = Events::new("inventory");
//! events.listen(|policy, event| {
//!     if let Event::BreakerOpened { name, reason, .. } = event {
//!         eprintln!("{policy}: circuit {name} opened: {reason}");
//!     }
//! });
//! let policy = Policy::builder().events(&events).build()?;
//! # drop(policy);
//! # Ok(())
//! # }
//! ```
//!
//! With the feature `tracing`, `log` is a listener that writes a line for each event; with the feature `metrics`,
//! `Metrics` is one that counts them.
//!
//! # What each event means, and what to do about it
//!
//! Single events of calls are the stack at work. Watch how many there are, and alert on what does not end.
//!
//! | event | level and fields of its line | what it means | what to do |
//! |---|---|---|---|
//! | [`Retrying`](Event::Retrying) | debug: `attempt`, `delay` | an attempt failed in a way that may pass | nothing, while they are a few in a hundred calls; more say that the peer or the way to it is ill |
//! | [`Hedged`](Event::Hedged) | debug: `attempt` | an attempt took longer than most do | nothing, at about the rate that the quantile makes; more say that the peer got slower |
//! | [`AttemptTimedOut`](Event::AttemptTimedOut) | debug: `attempt` | the peer was too slow, or unreachable without saying so | compare the peer's own latency with the attempt timeout before making that longer |
//! | [`GaveUp`](Event::GaveUp) | debug: `attempts`, `stop` | a retry was due and something stood against it | by `stop`: `budget_exhausted` and `retries_spent` mean a peer that fails for many, `deadline_too_close` a call that is given too little time for its retries, `not_idempotent` an operation that could do with an idempotency key |
//! | [`DeadlineExceeded`](Event::DeadlineExceeded) | debug: `attempts` | no answer in the time that the caller has | with `attempts` 0 the time was gone before: look at the caller; otherwise as for an attempt that timed out |
//! | [`FellBack`](Event::FellBack) | debug: `attempts` | a caller got a stand-in for the answer | find out from the errors beside it why; alert if it goes on for longer than the stand-in is good for |
//! | [`Rejected`](Event::Rejected) | debug: `breaker`, `reason`, `retry_after` | an open circuit spared the peer a call | see why it opened; nothing to do about the rejection |
//! | [`BreakerOpened`](Event::BreakerOpened) | warn: `breaker`, `reason` | the peer does not work, as far as this process sees | look at the peer; alert when it opens three times in ten minutes |
//! | [`BreakerHalfOpened`](Event::BreakerHalfOpened) | info: `breaker` | the wait is over, and a trial call under way | nothing |
//! | [`BreakerClosed`](Event::BreakerClosed) | info: `breaker` | the peer works again | nothing; soon open again, its trials are too few or `open_for` is too short |
//! | [`Full`](Event::Full) | debug: `limit`, `reason` | as many calls were under way as may be | more traffic or slower answers than planned for: scale out, or raise the limit if the peer can bear it |
//! | [`RateLimited`](Event::RateLimited) | debug: `limit`, `retry_after` | more calls than were agreed on with the peer | spread or save calls, or agree on more |
//! | [`LimitChanged`](Event::LimitChanged) | info: `limit`, `from`, `to` | what the peer can bear has changed | nothing; a limit that stays at its minimum says that the peer is overloaded |
//! | [`BreakerSet`](Event::BreakerSet) | warn: `breaker`, `state` | somebody isolated, disabled or closed it by hand | ask who, and remind them to close it again |
//!
//! A breaker tells what happens to it to the policy whose call brings it about. Its own listener
//! ([`CircuitBreaker::on_event`](crate::breaker::CircuitBreaker::on_event)) hears that too, and alone of what is done
//! by hand.

mod events;
#[cfg(feature = "tracing")]
mod log;
#[cfg(feature = "metrics")]
mod metrics;
mod subscription;
mod variants;

pub use events::Events;
#[cfg(feature = "tracing")]
pub use log::log;
#[cfg(feature = "metrics")]
pub use metrics::Metrics;
pub use subscription::{Notice, Subscription};
pub use variants::Event;
