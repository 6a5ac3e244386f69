mod scope;

use std::time::Duration;

pub use scope::DeadlineScope;

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
    /// The HTTP header that tells a peer how long its caller still waits: `x-deadline-ms`, whole milliseconds.
    ///
    /// Not a moment, since clocks differ. There is no registered header; gRPC has `grpc-timeout`, Envoy has
    /// `x-envoy-expected-rq-timeout-ms`, whose unit this one shares.
    pub const HEADER: &'static str = "x-deadline-ms";

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

    /// As far ahead of `now` as deadlines go: 30 years.
    pub(crate) fn far(now: Instant) -> Self {
        Self(now + FAR_FUTURE)
    }

    /// The deadline that a peer told as `millis` milliseconds left, at `now`. The way back is not known and not
    /// counted.
    #[must_use]
    pub fn from_millis(millis: u64, now: Instant) -> Self {
        Self::after_at(now, Duration::from_millis(millis))
    }

    /// The deadline in the value of the [header](Self::HEADER), read at `now`; `None` if it is not a whole number.
    ///
    /// ```
    /// use resilience::{Deadline, time};
    /// use std::time::Duration;
    ///
    /// let deadline = Deadline::from_header_value("700", time::now()).expect("a number");
    /// assert!(deadline.remaining() <= Duration::from_millis(700));
    /// assert_eq!(Deadline::from_header_value("soon", time::now()), None);
    /// ```
    #[must_use]
    pub fn from_header_value(text: &str, now: Instant) -> Option<Self> {
        let text = text.trim();
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        // More than can be counted is later than anybody waits.
        is_number.then(|| Self::from_millis(text.parse().unwrap_or(u64::MAX), now))
    }

    /// What to tell a peer at `now`: the whole milliseconds left, as text for the [header](Self::HEADER).
    #[must_use]
    pub fn to_header_value(self, now: Instant) -> String {
        self.remaining_millis(now).to_string()
    }

    /// The whole milliseconds left at `now`, rounded down: the peer should give up before its caller does.
    #[must_use]
    pub fn remaining_millis(self, now: Instant) -> u64 {
        u64::try_from(self.remaining_at(now).as_millis()).unwrap_or(u64::MAX)
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
