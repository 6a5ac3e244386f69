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
    steps: Steps,
}

/// How far the waits of a call have grown.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Steps {
    /// `None` before the first wait.
    last: Option<Step>,
}

#[derive(Debug, Clone, Copy)]
struct Step {
    /// The next one before jitter.
    next: Duration,
    /// The last wait, with its jitter.
    wait: Duration,
}

impl Backoff {
    pub(super) fn new(policy: RetryPolicy, random: Random) -> Self {
        Self {
            policy,
            random,
            steps: Steps::default(),
        }
    }

    /// The next wait.
    #[must_use]
    pub fn next_delay(&mut self) -> Duration {
        self.steps.next_delay(&self.policy, &self.random)
    }
}

impl Steps {
    /// The next wait under `policy`, which may have changed since the last one.
    pub(crate) fn next_delay(&mut self, policy: &RetryPolicy, random: &Random) -> Duration {
        let max = policy.max_delay;
        let base = policy.base_delay.min(max);
        let Step { next, wait } = self.last.unwrap_or(Step {
            next: base,
            wait: base,
        });
        let delay = policy.jitter.spread(next, wait, base, max, random);
        self.last = Some(Step {
            next: scale(next, policy.factor).min(max),
            wait: delay,
        });
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
