use std::time::Duration;

use crate::invalid::{InvalidPolicy, Problems};

/// How many calls may be under way at once, and how many may wait for their turn. A plain value.
///
/// Little's law gives the number: calls a second times seconds a call, and some room above. Five hundred calls a
/// second that take 40 ms each are 20 at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct BulkheadPolicy {
    /// So many calls may be under way at once. From 1 to [`MAX_CONCURRENT`](Self::MAX_CONCURRENT).
    ///
    /// Default 1,024, as Envoy's `max_requests`.
    pub max_concurrent: u32,
    /// So many more may wait, first come, first served; 0 rejects at once. At most
    /// [`MAX_WAITING`](Self::MAX_WAITING).
    ///
    /// Default 0, as Polly and resilience4j: a call that waits holds its caller, who may wait for others too.
    pub max_waiting: u32,
    /// How long a call may wait; the call's own deadline holds as well. Above zero if any may wait.
    ///
    /// Default 1 s, as Helidon's limits.
    pub max_wait: Duration,
}

impl Default for BulkheadPolicy {
    fn default() -> Self {
        Self {
            max_concurrent: 1_024,
            max_waiting: 0,
            max_wait: Duration::from_secs(1),
        }
    }
}

impl BulkheadPolicy {
    /// The most calls at once, 4,194,303.
    pub const MAX_CONCURRENT: u32 = super::word::MAX_LIMIT;
    /// The most waiting calls, 1,048,575.
    pub const MAX_WAITING: u32 = super::word::MAX_WAITING;

    /// Sets [`max_concurrent`](Self::max_concurrent).
    #[must_use]
    pub fn with_max_concurrent(mut self, calls: u32) -> Self {
        self.max_concurrent = calls;
        self
    }

    /// Sets [`max_waiting`](Self::max_waiting).
    #[must_use]
    pub fn with_max_waiting(mut self, calls: u32) -> Self {
        self.max_waiting = calls;
        self
    }

    /// Sets [`max_wait`](Self::max_wait).
    #[must_use]
    pub fn with_max_wait(mut self, wait: Duration) -> Self {
        self.max_wait = wait;
        self
    }

    /// Checks every value.
    ///
    /// # Errors
    ///
    /// Names each value that is out of its range, and says so if calls may wait but for no time.
    pub fn validate(&self) -> Result<(), InvalidPolicy> {
        let mut problems = Problems::new();
        self.check(&mut problems);
        problems.into_result()
    }

    pub(crate) fn check(&self, problems: &mut Problems) {
        problems.require(
            (1..=Self::MAX_CONCURRENT).contains(&self.max_concurrent),
            &["bulkhead.max_concurrent"],
            "bulkhead.max_concurrent must be from 1 to 4194303",
        );
        problems.require(
            self.max_waiting <= Self::MAX_WAITING,
            &["bulkhead.max_waiting"],
            "bulkhead.max_waiting must be at most 1048575",
        );
        problems.require(
            self.max_waiting == 0 || !self.max_wait.is_zero(),
            &["bulkhead.max_waiting", "bulkhead.max_wait"],
            "bulkhead.max_wait must be longer than zero when bulkhead.max_waiting lets calls wait",
        );
    }
}
