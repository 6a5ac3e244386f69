mod convergence;
mod layer;
mod limit;
mod peer;
mod range;

use std::time::Duration;

use resilience::adaptive::{AdaptiveLimit, AdaptivePolicy, Aimd, Algorithm};

fn limit(policy: AdaptivePolicy) -> AdaptiveLimit {
    AdaptiveLimit::new("peer", policy).unwrap()
}

fn aimd() -> AdaptivePolicy {
    AdaptivePolicy::default().with_algorithm(Algorithm::Aimd(Aimd::default()))
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}
