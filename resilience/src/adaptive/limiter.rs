use std::time::Duration;

use super::gradient::LongRun;
use super::window::{Sample, Window};
use super::{AdaptivePolicy, Aimd, Algorithm};
use crate::time::Instant;

/// Finds the limit from what calls bring, without clock, lock or slots.
#[derive(Debug)]
pub(super) struct Limiter {
    policy: AdaptivePolicy,
    /// With its fraction, which slow growth adds up in; always in the policy's range.
    limit: f64,
    window: Window,
    /// Kept while another algorithm is in force.
    long_run: LongRun,
    /// Overloads of calls that began before this are accounted for.
    decreased: Option<Instant>,
}

impl Limiter {
    pub(super) fn new(policy: AdaptivePolicy, now: Instant) -> Self {
        Self {
            policy,
            limit: f64::from(policy.initial_limit),
            window: Window::new(now),
            long_run: LongRun::default(),
            decreased: None,
        }
    }

    pub(super) fn policy(&self) -> AdaptivePolicy {
        self.policy
    }

    /// How many calls may be under way at once.
    pub(super) fn limit(&self) -> u32 {
        // In range, so it fits; the fraction is cut off.
        self.limit as u32
    }

    /// Takes another policy; what has been learnt stays, as far as the new range allows.
    pub(super) fn set_policy(&mut self, policy: AdaptivePolicy) {
        self.policy = policy;
        self.set_limit(self.limit);
    }

    /// A call ended well at `now`, `round_trip` after it began, when it was one of `in_flight`.
    pub(super) fn success(&mut self, now: Instant, round_trip: Duration, in_flight: u32) {
        self.window.record(round_trip, in_flight);
        let finished = self
            .window
            .finish(self.policy.window, self.policy.min_samples, now);
        let Some(sample) = finished else { return };
        match self.policy.algorithm {
            Algorithm::Aimd(aimd) => self.judge_aimd(aimd, sample, now),
            Algorithm::Gradient(gradient) => {
                let limit = self.long_run.judge(gradient, self.limit, sample);
                self.set_limit(limit);
            }
        }
    }

    /// The peer could not bear a call that began at `began`.
    pub(super) fn overload(&mut self, now: Instant, began: Instant) {
        if self.decreased.is_some_and(|decreased| began < decreased) {
            return;
        }
        self.decrease(now);
    }

    fn judge_aimd(&mut self, policy: Aimd, sample: Sample, now: Instant) {
        let limit = policy.overload_above;
        if limit.is_some_and(|limit| sample.round_trip > limit.as_secs_f64()) {
            self.decrease(now);
        } else if f64::from(sample.max_in_flight) * 2.0 >= self.limit {
            self.set_limit(self.limit + f64::from(policy.increase));
        }
    }

    fn decrease(&mut self, now: Instant) {
        self.set_limit(self.limit * self.policy.decrease);
        self.decreased = Some(now);
        // What was gathered belongs to the old limit.
        self.window = Window::new(now);
    }

    fn set_limit(&mut self, limit: f64) {
        self.limit = limit.clamp(self.policy.min_limit.into(), self.policy.max_limit.into());
    }
}
