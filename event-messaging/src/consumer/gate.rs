use crate::clock::Instant;
use std::time::Duration;

/// Keeps everybody from the store while it is down, but for one who tries it from time to time. Pure.
#[derive(Debug, Default)]
pub(super) struct Gate {
    failures: u32,
    opens_at: Option<Instant>,
    is_tried: bool,
}

impl Gate {
    /// Whether the store is well, as far as is known.
    pub(super) fn is_open(&self) -> bool {
        self.opens_at.is_none()
    }

    /// Whether somebody may go to the store now; while it is down, one at a time.
    pub(super) fn may_pass(&self, now: Instant) -> bool {
        self.opens_at
            .is_none_or(|opens_at| !self.is_tried && opens_at <= now)
    }

    /// Somebody goes to the store. Whether it is he who tries it.
    pub(super) fn pass(&mut self) -> bool {
        self.is_tried = !self.is_open();
        self.is_tried
    }

    /// The store failed. `delay` is asked for the wait after so many failures in a row.
    pub(super) fn failed(&mut self, now: Instant, delay: impl FnOnce(u32) -> Duration) {
        // Those who were at the store when it went down count once.
        if self.opens_at.is_some_and(|opens_at| now < opens_at) {
            return;
        }
        self.failures = self.failures.saturating_add(1);
        self.opens_at = Some(now + delay(self.failures));
        self.is_tried = false;
    }

    /// The store answered: everybody may go to it again. If it fails them, the wait is longer than before.
    pub(super) fn answered(&mut self) {
        (self.opens_at, self.is_tried) = (None, false);
    }

    /// The store has committed what somebody wrote.
    pub(super) fn succeeded(&mut self) {
        if self.failures > 0 {
            *self = Self::default();
        }
    }

    /// The one who was to try the store had no need of it, or was dropped on the way: another may.
    pub(super) fn untried(&mut self) {
        self.is_tried = false;
    }

    /// When it is worth trying again, if anybody may then.
    pub(super) fn opens_at(&self) -> Option<Instant> {
        self.opens_at.filter(|_| !self.is_tried)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock;

    fn seconds(failures: u32) -> Duration {
        Duration::from_secs(failures.into())
    }

    #[test]
    fn after_a_failure_nobody_passes_until_the_wait_is_over_and_then_one_does() {
        let now = clock::now();
        let mut gate = Gate::default();
        assert!(gate.is_open() && gate.may_pass(now));
        gate.failed(now, seconds);
        assert!(!gate.is_open() && !gate.may_pass(now));
        let later = now + seconds(1);
        assert!(gate.may_pass(later));
        gate.pass();
        assert!(!gate.may_pass(later), "one at a time");
        gate.succeeded();
        assert!(gate.may_pass(later));
    }

    #[test]
    fn a_store_that_answers_and_then_fails_again_is_waited_for_longer() {
        let now = clock::now();
        let mut gate = Gate::default();
        gate.failed(now, seconds);
        gate.pass();
        gate.answered();
        assert!(gate.may_pass(now), "all others need not wait for the one");
        gate.failed(now, seconds);
        assert_eq!(gate.opens_at(), Some(now + seconds(2)));
    }

    #[test]
    fn another_may_try_when_the_one_who_was_to_did_not() {
        let now = clock::now();
        let mut gate = Gate::default();
        gate.failed(now, seconds);
        let later = now + seconds(1);
        gate.pass();
        assert!(!gate.may_pass(later));
        gate.untried();
        assert!(gate.may_pass(later) && gate.opens_at() == Some(later));
    }

    #[test]
    fn many_who_fail_together_count_as_one_failure() {
        let now = clock::now();
        let mut gate = Gate::default();
        gate.failed(now, seconds);
        gate.failed(now, seconds);
        assert_eq!(gate.opens_at(), Some(now + seconds(1)));
    }

    #[test]
    fn failures_in_a_row_make_the_wait_longer() {
        let now = clock::now();
        let mut gate = Gate::default();
        gate.failed(now, seconds);
        gate.pass();
        gate.failed(now + seconds(1), seconds);
        assert_eq!(gate.opens_at(), Some(now + seconds(3)));
    }
}
