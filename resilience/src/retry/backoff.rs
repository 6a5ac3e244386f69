use std::time::Duration;

use super::jitter::scale;
use super::{Random, RetryPolicy};

/// The waits of one call, one after the other, without end; each with a draw of its own.
///
/// Made by [`RetryPolicy::backoff`].
#[derive(Debug, Clone)]
pub struct Backoff {
    policy: RetryPolicy,
    random: Random,
    /// The next step before jitter.
    step: Duration,
    previous: Duration,
}

impl Backoff {
    pub(super) fn new(policy: RetryPolicy, random: Random) -> Self {
        let policy = policy.with_base_delay(policy.base_delay.min(policy.max_delay));
        Self {
            policy,
            random,
            step: policy.base_delay,
            previous: policy.base_delay,
        }
    }

    /// The next wait.
    #[must_use]
    pub fn next_delay(&mut self) -> Duration {
        let RetryPolicy {
            base_delay,
            max_delay,
            factor,
            jitter,
            ..
        } = self.policy;
        let delay = jitter.spread(self.step, self.previous, base_delay, max_delay, &self.random);
        self.step = scale(self.step, factor).min(max_delay);
        self.previous = delay;
        delay
    }
}

impl Iterator for Backoff {
    type Item = Duration;

    /// Always `Some`: how often to retry is [`RetryPolicy::max_retries`]'s matter.
    fn next(&mut self) -> Option<Duration> {
        Some(self.next_delay())
    }
}
