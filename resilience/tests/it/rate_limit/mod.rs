mod exact;
mod layer;
mod turns;

use std::time::Duration;

use resilience::Deadline;
use resilience::rate_limit::{RateLimit, RateLimitPolicy};
use resilience::time::Instant;

const SECOND: Duration = Duration::from_secs(1);

fn policy(calls: u32, period: Duration, burst: u32) -> RateLimitPolicy {
    RateLimitPolicy::default()
        .with_rate(calls, period)
        .with_burst(burst)
}

fn limit(policy: RateLimitPolicy) -> RateLimit {
    RateLimit::new("peer", policy).unwrap()
}

/// No call here has a deadline to speak of.
fn by(now: Instant) -> Deadline {
    Deadline::after_at(now, Duration::MAX)
}
