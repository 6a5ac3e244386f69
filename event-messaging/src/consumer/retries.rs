use crate::FailureKind;
use std::time::Duration;

/// When a failed message is tried again, and when it is given up: plain values.
///
/// A level is the least wait; a random part of it, at most `jitter`, is added, so that many messages that failed
/// together do not come back together. After as many retries as there are levels a message goes to the dead letters.
///
/// While those are down it waits, by the [back-off](crate::ConsumerConfig::backoff). A message that is held is not handled
/// again meanwhile. A parked one is, each time that it is due: its last attempt does not count until its dead letter is
/// safe, so an attempt that succeeds after all settles it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Retries {
    /// The waits before the first retry, the second, and so on. Default 1, 5, 30, 120 and 600 s, the platform's.
    pub levels: Vec<Duration>,
    /// How much of a level may be added to it at random: 0 to 1. Default 0.1.
    pub jitter: f64,
    /// Up to which wait a failed message is held in memory, with its key, when there is an inbox that parks: a longer
    /// one is spent in the park, where it blocks neither the prefetch window nor the broker's consumer timeout.
    /// Default 5 s.
    pub hold_at_most: Duration,
}

/// What is to be done with a message that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decision {
    /// Try again in this lane, after a wait.
    Hold(Duration),
    /// Park the key, and try again after a wait.
    Park(Duration),
    /// Put it among the dead letters.
    GiveUp(FailureKind),
}

impl Retries {
    /// Tries again after each of `levels`; none means that the first failure is the last.
    #[must_use]
    pub fn new(levels: impl Into<Vec<Duration>>) -> Self {
        Self {
            levels: levels.into(),
            ..Self::default()
        }
    }

    /// Sets how much of a level may be added to it at random, from 0 to 1.
    #[must_use]
    pub fn with_jitter(mut self, share: f64) -> Self {
        self.jitter = share;
        self
    }

    /// Sets up to which wait a failed message is held in memory.
    #[must_use]
    pub fn with_hold_at_most(mut self, wait: Duration) -> Self {
        self.hold_at_most = wait;
        self
    }

    /// The longest time that all waits together can take.
    #[must_use]
    pub fn longest(&self) -> Duration {
        let sum = self
            .levels
            .iter()
            .fold(Duration::ZERO, |sum, level| sum.saturating_add(*level));
        // Values that were not checked may be no number, or too large for one.
        let random = Duration::try_from_secs_f64(sum.as_secs_f64() * self.jitter.clamp(0.0, 1.0));
        sum.saturating_add(random.unwrap_or(Duration::MAX))
    }

    /// What to do after `attempts` attempts, of which the last failed.
    pub(super) fn decide(
        &self,
        attempts: u32,
        is_permanent: bool,
        can_park: bool,
        random: &mut fastrand::Rng,
    ) -> Decision {
        if is_permanent {
            return Decision::GiveUp(FailureKind::Permanent);
        }
        let level = usize::try_from(attempts)
            .ok()
            .and_then(|attempts| self.levels.get(attempts.checked_sub(1)?));
        let Some(level) = level else {
            return Decision::GiveUp(FailureKind::Exhausted);
        };
        // The level and not the wait decides, so that the random part does not.
        let wait = *level + level.mul_f64(self.jitter * random.f64());
        if can_park && *level > self.hold_at_most {
            Decision::Park(wait)
        } else {
            Decision::Hold(wait)
        }
    }
}

impl Default for Retries {
    fn default() -> Self {
        Self {
            levels: [1, 5, 30, 120, 600].map(Duration::from_secs).to_vec(),
            jitter: 0.1,
            hold_at_most: Duration::from_secs(5),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decide(retries: &Retries, attempts: u32, can_park: bool) -> Decision {
        retries.decide(attempts, false, can_park, &mut fastrand::Rng::with_seed(1))
    }

    #[test]
    fn each_failure_has_its_level_and_the_last_one_is_given_up() {
        let retries = Retries::default().with_jitter(0.0);
        let waits: Vec<_> = (1..=6).map(|attempts| decide(&retries, attempts, true)).collect();
        let seconds = Duration::from_secs;
        assert_eq!(
            waits,
            [
                Decision::Hold(seconds(1)),
                Decision::Hold(seconds(5)),
                Decision::Park(seconds(30)),
                Decision::Park(seconds(120)),
                Decision::Park(seconds(600)),
                Decision::GiveUp(FailureKind::Exhausted),
            ]
        );
    }

    #[test]
    fn without_a_park_every_wait_is_held() {
        let retries = Retries::default().with_jitter(0.0);
        assert_eq!(
            decide(&retries, 5, false),
            Decision::Hold(Duration::from_secs(600))
        );
    }

    #[test]
    fn a_permanent_failure_is_given_up_at_once() {
        let decision = Retries::default().decide(1, true, true, &mut fastrand::Rng::with_seed(1));
        assert_eq!(decision, Decision::GiveUp(FailureKind::Permanent));
    }

    #[test]
    fn the_random_part_is_at_most_the_share_and_its_sum_is_the_longest() {
        let retries = Retries::new([Duration::from_secs(100)]).with_jitter(0.5);
        let mut random = fastrand::Rng::with_seed(7);
        let mut waits = Vec::new();
        for _ in 0..1_000 {
            match retries.decide(1, false, false, &mut random) {
                Decision::Hold(wait) => waits.push(wait),
                other => panic!("{other:?}"),
            }
        }
        assert!(waits.iter().min() >= Some(&Duration::from_secs(100)));
        assert!(waits.iter().max() <= Some(&retries.longest()));
        assert_eq!(retries.longest(), Duration::from_secs(150));
    }
}
