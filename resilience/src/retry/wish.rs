use std::time::Duration;

use super::{Backoff, RetryPolicy, Stop};
use crate::classify::Retry;

/// Whether another attempt may follow, as far as the call itself can tell: what was wished for, whether repeating is
/// harmless, and how many there were.
pub(crate) fn grant(wish: Retry, idempotent: bool, attempts: u32, max_retries: u32) -> Result<(), Stop> {
    match wish {
        Retry::No => Err(Stop::NotRetryable),
        Retry::Backoff | Retry::After(_) if !idempotent => Err(Stop::NotIdempotent),
        _ if attempts > max_retries => Err(Stop::RetriesSpent),
        _ => Ok(()),
    }
}

/// The wait before it.
pub(crate) fn delay(wish: Retry, backoff: &mut Backoff) -> Duration {
    match wish {
        Retry::After(wait) => wait,
        Retry::No | Retry::Backoff | Retry::Transparent => backoff.next_delay(),
    }
}

/// What the peer asked for, if it did.
pub(crate) fn asked(wish: Retry) -> Option<Duration> {
    match wish {
        Retry::After(wait) => Some(wait),
        Retry::No | Retry::Backoff | Retry::Transparent => None,
    }
}

impl RetryPolicy {
    /// The waits of a call, made when the first one is needed.
    pub(crate) fn backoff_in<'a>(
        &self,
        made: &'a mut Option<Backoff>,
        random: &super::Random,
    ) -> &'a mut Backoff {
        made.get_or_insert_with(|| self.backoff(random))
    }
}
