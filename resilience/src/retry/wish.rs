use std::time::Duration;

use super::{Random, RetryPolicy, Steps, Stop};
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
pub(crate) fn delay(wish: Retry, steps: &mut Steps, policy: &RetryPolicy, random: &Random) -> Duration {
    match wish {
        Retry::After(wait) => wait,
        Retry::No | Retry::Backoff | Retry::Transparent => steps.next_delay(policy, random),
    }
}

/// What the peer asked for, if it did.
pub(crate) fn asked(wish: Retry) -> Option<Duration> {
    match wish {
        Retry::After(wait) => Some(wait),
        Retry::No | Retry::Backoff | Retry::Transparent => None,
    }
}
