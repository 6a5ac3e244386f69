use std::time::Duration;

use super::RateLimitPolicy;
use crate::sync::{AtomicU64, Ordering};

/// The generic cell rate algorithm: one number says it all.
///
/// That number is when the next call would be due if calls came evenly. A call moves it on by one interval; a call
/// may be early by as much as the burst allows, and else waits.
#[derive(Debug)]
pub(super) struct Gcra {
    due: AtomicU64,
    rate: Rate,
}

/// The rate in numbers without a rest.
///
/// An interval of 7 calls a second is no whole number of nanoseconds, and rounding it would add up. So time is
/// counted in ticks of which an interval has a whole number, and which are a nanosecond or a little less. Only the
/// reading of a clock is rounded, by less than a tick, each anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Rate {
    /// Ticks from one call to the next.
    interval: u64,
    /// How many ticks early a call may be.
    tolerance: u64,
    /// So many ticks ...
    ticks: u64,
    /// ... are so many nanoseconds: both of the policy's period.
    nanos: u64,
}

/// A call that may be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Grant {
    /// How long from `now`.
    pub(super) wait: Duration,
    /// What it has moved the number to, by which it is known again.
    due: u64,
}

impl Gcra {
    pub(super) fn new(policy: RateLimitPolicy) -> Self {
        Self {
            due: AtomicU64::new(0),
            rate: Rate::new(policy),
        }
    }

    /// Reserves the next turn if it comes within `longest` of `now`; otherwise tells when it would come. `now` is
    /// counted from the same moment as always.
    pub(super) fn reserve(&self, now: Duration, longest: Duration) -> Result<Grant, Duration> {
        let now = self.rate.ticks(now);
        let earliest = now.saturating_add(self.rate.tolerance);
        let mut due = self.due.load(Ordering::Relaxed);
        loop {
            let wait = self.rate.duration(due.saturating_sub(earliest));
            if wait > longest {
                return Err(wait);
            }
            let next = due.max(now).saturating_add(self.rate.interval);
            match self
                .due
                .compare_exchange_weak(due, next, Ordering::Relaxed, Ordering::Relaxed)
            {
                Ok(_) => return Ok(Grant { wait, due: next }),
                Err(present) => due = present,
            }
        }
    }

    /// Takes a turn back that will not be used, unless another has been reserved behind it: the waits that others
    /// were told stay as they are.
    pub(super) fn give_back(&self, grant: Grant) {
        // Failing means that it was not the last, and there is nothing to be done then.
        let _ = self.due.compare_exchange(
            grant.due,
            grant.due.saturating_sub(self.rate.interval),
            Ordering::Relaxed,
            Ordering::Relaxed,
        );
    }

    /// The same number of calls ahead of their time, by another policy.
    pub(super) fn reload(&mut self, policy: RateLimitPolicy, now: Duration) {
        let rate = Rate::new(policy);
        let due = self.due.load(Ordering::Relaxed);
        let ahead = due.saturating_sub(self.rate.ticks(now));
        let ahead = muldiv_up(ahead, rate.interval, self.rate.interval);
        self.due
            .store(rate.ticks(now).saturating_add(ahead), Ordering::Relaxed);
        self.rate = rate;
    }
}

impl Rate {
    /// In range by `validate`: at least a nanosecond for each call, so that a tick is at least half of one, and
    /// 2^64 of them are centuries.
    fn new(policy: RateLimitPolicy) -> Self {
        let calls = u64::from(policy.calls);
        let nanos = saturating_nanos(policy.period);
        let interval = nanos.div_ceil(calls);
        Self {
            interval,
            tolerance: interval.saturating_mul(u64::from(policy.burst) - 1),
            ticks: interval * calls,
            nanos,
        }
    }

    fn ticks(self, duration: Duration) -> u64 {
        let nanos = saturating_nanos(duration);
        if self.ticks == self.nanos {
            return nanos;
        }
        let ticks = u128::from(nanos) * u128::from(self.ticks) / u128::from(self.nanos);
        u64::try_from(ticks).unwrap_or(u64::MAX)
    }

    /// Rounded up: a call is rather a nanosecond late than early.
    fn duration(self, ticks: u64) -> Duration {
        Duration::from_nanos(muldiv_up(ticks, self.nanos, self.ticks))
    }
}

fn saturating_nanos(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

/// `value * numerator / denominator`, rounded up.
fn muldiv_up(value: u64, numerator: u64, denominator: u64) -> u64 {
    if value == 0 || numerator == denominator {
        return value;
    }
    let product = u128::from(value) * u128::from(numerator);
    u64::try_from(product.div_ceil(u128::from(denominator))).unwrap_or(u64::MAX)
}
