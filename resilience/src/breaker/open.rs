use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::{OpenReason, State};

/// A circuit breaker rejected the call; it was never sent.
///
/// Cheap to clone, and made without allocation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    name: Arc<str>,
    state: State,
    reason: OpenReason,
    retry_after: Option<Duration>,
}

impl Open {
    pub(crate) fn new(
        name: Arc<str>,
        state: State,
        reason: OpenReason,
        retry_after: Option<Duration>,
    ) -> Self {
        Self {
            name,
            state,
            reason,
            retry_after,
        }
    }

    /// The breaker's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// [`State::Open`]; [`State::HalfOpen`] when all its trial calls were under way; [`State::Recovering`] when the
    /// turn of this call had not come; or [`State::Isolated`].
    #[must_use]
    pub fn state(&self) -> State {
        self.state
    }

    /// Why the breaker opened.
    #[must_use]
    pub fn reason(&self) -> OpenReason {
        self.reason
    }

    /// How long it stays open; `None` when that depends on others: on trial calls, on the next calls, or on who
    /// isolated it.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }
}

impl fmt::Display for Open {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match self.state {
            State::HalfOpen => "half-open, its trial calls under way",
            State::Recovering => "recovering, and lets only some calls pass",
            _ => "open",
        };
        write!(f, "circuit breaker {} is {state} ({})", self.name, self.reason)
    }
}

impl Error for Open {}
