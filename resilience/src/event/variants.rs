use std::sync::Arc;
use std::time::Duration;

use crate::adaptive::LimitChange;
use crate::breaker::{Open, OpenReason, State};
use crate::bulkhead::Full;
use crate::rate_limit::Limited;
use crate::retry::Stop;

/// Something that happened inside a policy, told to the listener as it happens.
///
/// A change of a breaker's state is told to the policy whose call caused it, so that it is told exactly once
/// however many policies share the breaker; and to the listener of the breaker, if it has one.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Event {
    /// An attempt went wrong and another will follow.
    #[non_exhaustive]
    Retrying {
        /// The attempt that went wrong, from 1.
        attempt: u32,
        /// How long until the next one.
        delay: Duration,
    },
    /// An attempt took long, so that another one was sent beside it.
    #[non_exhaustive]
    Hedged {
        /// The number of the new attempt, from 2.
        attempt: u32,
    },
    /// A fallback stands in for the answer of a call that failed.
    #[non_exhaustive]
    FellBack {
        /// How many attempts were begun before.
        attempts: u32,
    },
    /// An attempt reached its time limit.
    #[non_exhaustive]
    AttemptTimedOut {
        /// Which one, from 1.
        attempt: u32,
    },
    /// A retry was due and is not made; the call ends with what the last attempt brought.
    #[non_exhaustive]
    GaveUp {
        /// How many attempts were made.
        attempts: u32,
        /// What stood against another one.
        stop: Stop,
    },
    /// The deadline of the call passed before an answer.
    #[non_exhaustive]
    DeadlineExceeded {
        /// How many attempts were begun.
        attempts: u32,
    },
    /// A circuit breaker rejected an attempt.
    #[non_exhaustive]
    Rejected {
        /// The rejection.
        open: Open,
    },
    /// A circuit breaker opened, from closed or from half-open.
    #[non_exhaustive]
    BreakerOpened {
        /// The breaker's name.
        name: Arc<str>,
        /// Why it opened.
        reason: OpenReason,
    },
    /// A circuit breaker let its first trial call pass.
    #[non_exhaustive]
    BreakerHalfOpened {
        /// The breaker's name.
        name: Arc<str>,
    },
    /// A circuit breaker closed: its trial calls succeeded.
    #[non_exhaustive]
    BreakerClosed {
        /// The breaker's name.
        name: Arc<str>,
    },
    /// A bulkhead or an adaptive limit had no slot for a call.
    #[non_exhaustive]
    Full {
        /// The rejection.
        full: Full,
    },
    /// A rate limit had no turn for a call in time.
    #[non_exhaustive]
    RateLimited {
        /// The rejection.
        limited: Limited,
    },
    /// An adaptive limit moved.
    #[non_exhaustive]
    LimitChanged {
        /// The limit's name.
        name: Arc<str>,
        /// From where to where.
        change: LimitChange,
    },
    /// Somebody put a circuit breaker into a state by hand; told to the listener of the breaker alone.
    #[non_exhaustive]
    BreakerSet {
        /// The breaker's name.
        name: Arc<str>,
        /// The state it is in now.
        state: State,
    },
}
