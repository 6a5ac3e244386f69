use std::time::Duration;

use super::window::Window;
use super::{BreakerPolicy, OpenReason, State};
use crate::time::Instant;

/// The breaker as a pure state machine: no clock, no lock, no I/O. `now` is always an argument.
///
/// Each change of state starts a new generation; a result counts only in the generation it was admitted in.
#[derive(Debug)]
pub(super) struct Machine {
    policy: BreakerPolicy,
    phase: Phase,
    generation: u64,
    consecutive_failures: u32,
    window: Window,
    openings: u64,
}

#[derive(Debug)]
enum Phase {
    Closed,
    Open { until: Instant, reason: OpenReason },
    HalfOpen { reason: OpenReason, trials: Trials },
}

#[derive(Debug)]
struct Trials {
    /// How many may be taken: the policy's number, doubled each time that callers gave theirs up for too long.
    limit: u32,
    /// Under way or successful; those handed back are not in it.
    taken: u32,
    succeeded: u32,
    last_taken: Instant,
    /// Since when callers have given trials up without one coming back; `None` if none was.
    given_up: Option<Instant>,
}

/// What became of a call that asked to be admitted.
#[derive(Debug)]
pub(super) enum Admission {
    Admitted {
        generation: u64,
        change: Option<Change>,
    },
    Rejected {
        state: State,
        reason: OpenReason,
        retry_after: Option<Duration>,
    },
}

/// A change of state, to be told once no lock is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    Opened(OpenReason),
    HalfOpened,
    Closed,
}

/// How an admitted call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Success,
    Failure,
    /// Says nothing about the peer: its place is handed back.
    Neutral,
    /// Its caller gave it up: neutral too, and no trial either.
    Cancelled,
}

impl Machine {
    pub(super) fn new(policy: BreakerPolicy, now: Instant) -> Self {
        Self {
            policy,
            phase: Phase::Closed,
            generation: 0,
            consecutive_failures: 0,
            window: Window::new(policy.window, now),
            openings: 0,
        }
    }

    pub(super) fn admit(&mut self, now: Instant) -> Admission {
        match &mut self.phase {
            Phase::Closed => Admission::Admitted {
                generation: self.generation,
                change: None,
            },
            Phase::Open { until, reason } if now < *until => Admission::Rejected {
                state: State::Open,
                reason: *reason,
                retry_after: Some(*until - now),
            },
            Phase::Open { reason, .. } => {
                let reason = *reason;
                self.start_trials(reason, now);
                Admission::Admitted {
                    generation: self.generation,
                    change: Some(Change::HalfOpened),
                }
            }
            Phase::HalfOpen { reason, trials } => {
                if trials.take(now, self.policy.half_open_max_wait) {
                    return Admission::Admitted {
                        generation: self.generation,
                        change: None,
                    };
                }
                let reason = *reason;
                if now.saturating_duration_since(trials.last_taken) < self.policy.half_open_max_wait {
                    return Admission::Rejected {
                        state: State::HalfOpen,
                        reason,
                        retry_after: None,
                    };
                }
                self.start_trials(reason, now);
                Admission::Admitted {
                    generation: self.generation,
                    change: None,
                }
            }
        }
    }

    pub(super) fn settle(&mut self, generation: u64, verdict: Verdict, now: Instant) -> Option<Change> {
        if generation != self.generation {
            return None;
        }
        match (&mut self.phase, verdict) {
            (Phase::Closed, Verdict::Success) => {
                self.consecutive_failures = 0;
                self.window.record(false, now);
                None
            }
            (Phase::Closed, Verdict::Failure) => {
                self.consecutive_failures = self.consecutive_failures.saturating_add(1);
                let reason = self.judge(now)?;
                Some(self.open(reason, now))
            }
            (Phase::HalfOpen { trials, .. }, Verdict::Success) => {
                trials.succeeded += 1;
                trials.given_up = None;
                (trials.succeeded >= self.policy.trials).then(|| self.close())
            }
            (Phase::HalfOpen { .. }, Verdict::Failure) => Some(self.open(OpenReason::TrialFailed, now)),
            (Phase::HalfOpen { trials, .. }, Verdict::Neutral) => {
                trials.taken -= 1;
                None
            }
            (Phase::HalfOpen { trials, .. }, Verdict::Cancelled) => {
                trials.taken -= 1;
                trials.given_up.get_or_insert(trials.last_taken);
                None
            }
            (Phase::Closed, Verdict::Neutral | Verdict::Cancelled) | (Phase::Open { .. }, _) => None,
        }
    }

    pub(super) fn state(&self) -> State {
        match self.phase {
            Phase::Closed => State::Closed,
            Phase::Open { .. } => State::Open,
            Phase::HalfOpen { .. } => State::HalfOpen,
        }
    }

    /// Until when every call is rejected; `None` when not open.
    pub(super) fn open_until(&self) -> Option<Instant> {
        match self.phase {
            Phase::Open { until, .. } => Some(until),
            Phase::Closed | Phase::HalfOpen { .. } => None,
        }
    }

    pub(super) fn openings(&self) -> u64 {
        self.openings
    }

    pub(super) fn policy(&self) -> &BreakerPolicy {
        &self.policy
    }

    /// Records a failure in the window and says whether that was enough.
    fn judge(&mut self, now: Instant) -> Option<OpenReason> {
        let counts = self.window.record(true, now);
        if self
            .policy
            .consecutive_failures
            .is_some_and(|limit| self.consecutive_failures >= limit)
        {
            return Some(OpenReason::ConsecutiveFailures(self.consecutive_failures));
        }
        let limit = self.policy.failure_rate?;
        let enough = counts.calls >= u64::from(self.policy.minimum_calls) && counts.failure_rate() >= limit;
        enough.then_some(OpenReason::FailureRate {
            failures: counts.failures,
            calls: counts.calls,
        })
    }

    fn open(&mut self, reason: OpenReason, now: Instant) -> Change {
        // An `open_for` beyond the clock's range is for ever; the reopening is then as far off as can be said.
        let until = crate::Deadline::after_at(now, self.policy.open_for).instant();
        self.enter(Phase::Open { until, reason });
        self.openings += 1;
        Change::Opened(reason)
    }

    fn start_trials(&mut self, reason: OpenReason, now: Instant) {
        self.enter(Phase::HalfOpen {
            reason,
            trials: Trials {
                limit: self.policy.trials,
                taken: 1,
                succeeded: 0,
                last_taken: now,
                given_up: None,
            },
        });
    }

    fn close(&mut self) -> Change {
        self.enter(Phase::Closed);
        self.consecutive_failures = 0;
        self.window.clear();
        Change::Closed
    }

    fn enter(&mut self, phase: Phase) {
        self.phase = phase;
        self.generation += 1;
    }
}

impl Trials {
    /// Hands another trial out, if one is left.
    ///
    /// Callers who make several calls at once and drop them all at the first rejection never let a trial come back,
    /// so the limit itself keeps them from ever closing the circuit. Hence it grows; slowly, since impatient callers
    /// of a peer that hangs look the same.
    fn take(&mut self, now: Instant, max_wait: Duration) -> bool {
        let is_overdue = |since: Instant| now.saturating_duration_since(since) >= max_wait;
        if self.taken >= self.limit && self.given_up.is_some_and(is_overdue) {
            self.limit = self.limit.saturating_mul(2);
            self.given_up = None;
        }
        let is_left = self.taken < self.limit;
        if is_left {
            self.taken += 1;
            self.last_taken = now;
        }
        is_left
    }
}
