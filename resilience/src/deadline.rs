use std::time::Duration;

use crate::time::{self, Instant};

/// As far ahead as a deadline reaches; what `after` makes of a longer wait than the clock can express.
const FAR_FUTURE: Duration = Duration::from_secs(30 * 365 * 24 * 60 * 60);

/// The moment by which an answer must be there, as an absolute instant.
///
/// An absolute instant, unlike a timeout, does not start again at each step that it is handed to. Of two
/// deadlines the stricter one holds, which is [`Ord::min`]:
///
/// ```
/// use resilience::Deadline;
/// use std::time::Duration;
///
/// let callers = Deadline::after(Duration::from_millis(700));
/// let ours = Deadline::after(Duration::from_secs(5));
/// assert_eq!(callers.min(ours), callers);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Deadline(Instant);

impl Deadline {
    /// The deadline `timeout` from now. A timeout beyond what the clock can express becomes 30 years.
    #[must_use]
    pub fn after(timeout: Duration) -> Self {
        Self::after_at(time::now(), timeout)
    }

    /// The deadline `timeout` after `now`, for those who have read the clock already.
    #[must_use]
    pub fn after_at(now: Instant, timeout: Duration) -> Self {
        Self(now.checked_add(timeout).unwrap_or_else(|| now + FAR_FUTURE))
    }

    /// The deadline at `instant`.
    #[must_use]
    pub fn at(instant: Instant) -> Self {
        Self(instant)
    }

    /// The moment itself.
    #[must_use]
    pub fn instant(self) -> Instant {
        self.0
    }

    /// The time left; zero once the deadline has passed.
    #[must_use]
    pub fn remaining(self) -> Duration {
        self.remaining_at(time::now())
    }

    /// The time left at `now`; zero once the deadline has passed.
    #[must_use]
    pub fn remaining_at(self, now: Instant) -> Duration {
        self.0.saturating_duration_since(now)
    }

    /// Whether the moment has come.
    #[must_use]
    pub fn has_passed(self) -> bool {
        self.has_passed_at(time::now())
    }

    /// Whether the moment has come at `now`; the instant itself counts as passed.
    #[must_use]
    pub fn has_passed_at(self, now: Instant) -> bool {
        now >= self.0
    }
}
