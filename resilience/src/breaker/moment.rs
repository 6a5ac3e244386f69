//! Instants as single numbers, so that they fit into atomics: nanoseconds since a year before the first breaker.

use std::sync::OnceLock;
use std::time::Duration;

use crate::Deadline;
use crate::time::{self, Instant};

/// The number of [`origin`]. Not nought, because a caller may have read the clock before.
const ORIGIN: u64 = 365 * 24 * 60 * 60 * 1_000_000_000;

/// `instant` as a number; the clock does not reach so far that it overflows.
#[inline]
pub(super) fn moment(instant: Instant) -> u64 {
    let origin = origin();
    match instant.checked_duration_since(origin) {
        Some(since) => ORIGIN + nanos(since),
        None => ORIGIN.saturating_sub(nanos(origin.saturating_duration_since(instant))),
    }
}

/// The instant of a number; far off if it is farther than the clock reaches.
pub(super) fn instant(moment: u64) -> Instant {
    Deadline::after_at(origin(), Duration::from_nanos(moment.saturating_sub(ORIGIN))).instant()
}

#[inline]
fn origin() -> Instant {
    static FIRST: OnceLock<Instant> = OnceLock::new();
    *FIRST.get_or_init(time::now)
}

/// In 64 bits, which is 584 years.
#[inline]
fn nanos(duration: Duration) -> u64 {
    duration.as_secs() * 1_000_000_000 + u64::from(duration.subsec_nanos())
}
