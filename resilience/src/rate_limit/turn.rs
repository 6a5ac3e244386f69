use super::RateLimit;
use super::gcra::Grant;
use crate::time::{self, Instant};

/// A turn that is yet to come; given back if dropped before.
#[derive(Debug)]
#[must_use = "a turn is given back when dropped"]
pub(super) struct Turn {
    limit: RateLimit,
    grant: Option<Grant>,
    at: Instant,
}

impl Turn {
    pub(super) fn new(limit: RateLimit, grant: Grant, now: Instant) -> Self {
        Self {
            limit,
            grant: Some(grant),
            at: now + grant.wait,
        }
    }

    /// Returns when it has come.
    pub(super) async fn wait(mut self) {
        time::sleep_until(self.at).await;
        self.grant = None;
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if let Some(grant) = self.grant {
            self.limit.give_back(grant);
        }
    }
}
