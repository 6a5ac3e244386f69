//! One call and its attempts: what a policy must know of it, and how its attempts are made.

mod describe;
mod operation;
mod prepare;

use std::time::Duration;

pub use describe::{Careful, Describe};
pub(crate) use operation::{Closure, Operation, ServiceAttempt, ServiceCalls};
pub use prepare::{Cloned, Prepare};

use crate::Deadline;

/// What the policy must know of one call.
///
/// The default is the careful one: not idempotent, and no deadline but the policy's own.
///
/// ```
/// use resilience::{Call, Deadline};
/// use std::time::Duration;
///
/// let call = Call::idempotent().with_deadline(Deadline::after(Duration::from_millis(700)));
/// assert!(call.idempotent);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Call {
    /// The caller's own deadline; the stricter of this and the policy's overall timeout holds.
    pub deadline: Option<Deadline>,
    /// Whether doing it twice is the same as doing it once, by nature or by an idempotency key.
    ///
    /// If not, only what provably never reached the peer is retried.
    pub idempotent: bool,
    /// Whether an attempt must have ended before the next begins, as where both would read one stream.
    ///
    /// Rules out hedges, and not retries.
    pub one_at_a_time: bool,
}

impl Call {
    /// A call that may be repeated.
    #[must_use]
    pub fn idempotent() -> Self {
        Self {
            idempotent: true,
            ..Self::default()
        }
    }

    /// A call that must not be repeated once the peer may have seen it.
    #[must_use]
    pub fn not_idempotent() -> Self {
        Self::default()
    }

    /// Sets [`deadline`](Self::deadline).
    #[must_use]
    pub fn with_deadline(mut self, deadline: Deadline) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// Sets [`one_at_a_time`](Self::one_at_a_time).
    #[must_use]
    pub fn one_at_a_time(mut self) -> Self {
        self.one_at_a_time = true;
        self
    }

    /// Whether a second attempt may begin while the first is under way.
    pub(crate) fn may_hedge(self) -> bool {
        self.idempotent && !self.one_at_a_time
    }
}

/// One attempt, as told to the operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempt {
    /// Which one, from 1.
    pub number: u32,
    /// When this attempt is cut off: at its own limit or at the deadline of the call, whichever is first.
    pub deadline: Deadline,
    /// How long the connection may take to come up, for whoever opens one; `deadline` holds for it too.
    pub connect_timeout: Duration,
}

impl Attempt {
    pub(crate) fn new(number: u32, deadline: Deadline, connect_timeout: Duration) -> Self {
        Self {
            number,
            deadline,
            connect_timeout,
        }
    }
}
