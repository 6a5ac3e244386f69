use std::error::Error;
use std::fmt;
use std::time::Duration;

/// A time limit came before the answer. The peer may have acted on the call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Elapsed {
    limit: Option<Duration>,
}

impl Elapsed {
    /// At an instant that says nothing of how long was waited.
    pub(crate) fn new() -> Self {
        Self { limit: None }
    }

    pub(crate) fn after(limit: Duration) -> Self {
        Self { limit: Some(limit) }
    }

    /// How long was waited at most; `None` if the limit was a moment and no duration.
    #[must_use]
    pub fn limit(&self) -> Option<Duration> {
        self.limit
    }
}

impl fmt::Display for Elapsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.limit {
            Some(limit) => write!(f, "timed out after {limit:?}"),
            None => f.write_str("the time limit elapsed"),
        }
    }
}

impl Error for Elapsed {}
