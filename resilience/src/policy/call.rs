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
}

impl Call {
    /// A call that may be repeated.
    #[must_use]
    pub fn idempotent() -> Self {
        Self {
            deadline: None,
            idempotent: true,
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
}

/// One attempt, as told to the operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempt {
    /// Which one, from 1.
    pub number: u32,
    /// When this attempt is cut off: at its own limit or at the deadline of the call, whichever is first.
    pub deadline: Deadline,
}

impl Attempt {
    pub(super) fn new(number: u32, deadline: Deadline) -> Self {
        Self { number, deadline }
    }
}

/// What a call brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Completed<T> {
    /// The value of the last attempt.
    pub value: T,
    /// How many attempts it took, at least 1.
    pub attempts: u32,
}

impl<T> Completed<T> {
    pub(super) fn new(value: T, attempts: u32) -> Self {
        Self { value, attempts }
    }

    /// The value alone.
    pub fn into_value(self) -> T {
        self.value
    }
}
