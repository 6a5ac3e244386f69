use super::RateLimit;
use super::gcra::Grant;
use crate::time::{self, Instant};

/// A turn that is yet to come; given back if dropped before.
#[derive(Debug)]
#[must_use = "a turn is given back when dropped"]
pub(crate) struct Turn {
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

    /// When it comes.
    pub(crate) fn at(&self) -> Instant {
        self.at
    }

    /// It has come.
    pub(crate) fn take(mut self) {
        self.grant = None;
    }

    /// Returns when it has come.
    pub(super) async fn wait(self) {
        time::sleep_until(self.at).await;
        self.take();
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if let Some(grant) = self.grant {
            self.limit.give_back(grant);
        }
    }
}
