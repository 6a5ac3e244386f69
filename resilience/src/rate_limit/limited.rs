use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// The rate limit's next turn would have come too late; the call was never sent.
///
/// Cheap to clone, and made without allocation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limited {
    name: Arc<str>,
    retry_after: Duration,
}

impl Limited {
    pub(super) fn new(name: &Arc<str>, retry_after: Duration) -> Self {
        Self {
            name: Arc::clone(name),
            retry_after,
        }
    }

    /// The rate limit's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How long until the next turn, if nobody else takes it. Always known.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        Some(self.retry_after)
    }
}

impl fmt::Display for Limited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "rate limit {} is reached for another {:?}",
            self.name, self.retry_after
        )
    }
}

impl Error for Limited {}
