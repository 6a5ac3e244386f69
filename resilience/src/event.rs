use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::breaker::{Open, OpenReason, State};
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
    /// Somebody put a circuit breaker into a state by hand; told to the listener of the breaker alone.
    #[non_exhaustive]
    BreakerSet {
        /// The breaker's name.
        name: Arc<str>,
        /// The state it is in now.
        state: State,
    },
}

type Listener = Arc<dyn Fn(&Event) + Send + Sync>;

/// Whoever listens to a policy; costs nothing when nobody does.
#[derive(Clone, Default)]
pub(crate) struct Events(Option<Listener>);

impl Events {
    pub(crate) fn none() -> Self {
        Self(None)
    }

    pub(crate) fn to(listener: impl Fn(&Event) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(listener)))
    }

    /// Tells the listener. Must not be called with a lock held: the listener is foreign code.
    pub(crate) fn emit(&self, event: impl FnOnce() -> Event) {
        if let Some(listener) = &self.0 {
            listener(&event());
        }
    }
}

impl fmt::Debug for Events {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() {
            "Events(listener)"
        } else {
            "Events(none)"
        })
    }
}
