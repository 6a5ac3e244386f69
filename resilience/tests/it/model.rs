//! The breaker against a model of it that is slow and obvious: it keeps every result and counts them again each
//! time.

use std::time::Duration;

use proptest::prelude::{Just, Strategy, prop_oneof, proptest};
use proptest::{collection, option, prop_assert_eq};
use resilience::breaker::{BreakerPolicy, CircuitBreaker, Permit, State};
use resilience::time::{self, Instant};

use crate::peer::ms;

#[derive(Debug, Clone)]
enum Step {
    Wait(Duration),
    Admit,
    /// Settles the pending call of this number, counted round.
    Settle(usize, End),
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum End {
    Success,
    Failure,
    Ignored,
    Dropped,
}

#[derive(Debug)]
struct Model {
    policy: BreakerPolicy,
    start: Instant,
    /// The results since it closed.
    results: Vec<(Instant, End)>,
    phase: Phase,
    /// How often the phase has changed: a call remembers in which phase it was admitted.
    changes: usize,
    openings: u64,
}

#[derive(Debug)]
enum Phase {
    Closed,
    Open {
        since: Instant,
    },
    /// When each trial was handed out, and how it ended.
    HalfOpen {
        trials: Vec<(Instant, Option<End>)>,
        limit: usize,
        /// When the last one was handed out before callers began to drop theirs.
        dropping: Option<Instant>,
    },
}

/// A call under way: the phase it was admitted in, and which trial it is.
#[derive(Debug, Clone, Copy)]
struct Ticket {
    change: usize,
    trial: usize,
}

impl Model {
    fn enter(&mut self, phase: Phase) {
        self.changes += 1;
        self.results.clear();
        self.openings += u64::from(matches!(phase, Phase::Open { .. }));
        self.phase = phase;
    }

    fn admit(&mut self, now: Instant) -> Option<Ticket> {
        let policy = self.policy;
        let trial = match &mut self.phase {
            Phase::Closed => 0,
            Phase::Open { since } if now - *since < policy.open_for => return None,
            Phase::Open { .. } => self.new_round(now),
            Phase::HalfOpen {
                trials,
                limit,
                dropping,
            } => {
                let taken = trials
                    .iter()
                    .filter(|(_, end)| matches!(end, None | Some(End::Success)));
                let taken = taken.count();
                let last = trials.iter().map(|(at, _)| *at).max();
                let overdue = dropping.is_some_and(|since| now - since >= policy.half_open_max_wait);
                if taken >= *limit && overdue {
                    (*limit, *dropping) = (*limit * 2, None);
                }
                if taken < *limit {
                    trials.push((now, None));
                    trials.len() - 1
                } else if last.is_some_and(|last| now - last >= policy.half_open_max_wait) {
                    self.new_round(now)
                } else {
                    return None;
                }
            }
        };
        Some(Ticket {
            change: self.changes,
            trial,
        })
    }

    fn new_round(&mut self, now: Instant) -> usize {
        self.enter(Phase::HalfOpen {
            trials: vec![(now, None)],
            limit: self.policy.trials as usize,
            dropping: None,
        });
        0
    }

    fn settle(&mut self, ticket: Ticket, end: End, now: Instant) {
        if ticket.change != self.changes {
            return;
        }
        match &mut self.phase {
            Phase::Open { .. } => unreachable!("nothing is admitted while open"),
            Phase::Closed => {
                if matches!(end, End::Success | End::Failure) {
                    self.results.push((now, end));
                }
                if end == End::Failure && (self.failed_in_a_row() || self.failed_by_rate(now)) {
                    self.enter(Phase::Open { since: now });
                }
            }
            Phase::HalfOpen { trials, dropping, .. } => {
                trials[ticket.trial].1 = Some(end);
                let last = trials.iter().map(|(at, _)| *at).max();
                *dropping = match end {
                    End::Success => None,
                    End::Dropped => dropping.or(last),
                    End::Failure | End::Ignored => *dropping,
                };
                let succeeded = trials
                    .iter()
                    .filter(|(_, end)| *end == Some(End::Success))
                    .count();
                if end == End::Failure {
                    self.enter(Phase::Open { since: now });
                } else if succeeded == self.policy.trials as usize {
                    self.enter(Phase::Closed);
                }
            }
        }
    }

    fn failed_in_a_row(&self) -> bool {
        let row = self
            .results
            .iter()
            .rev()
            .take_while(|(_, end)| *end == End::Failure)
            .count();
        self.policy
            .consecutive_failures
            .is_some_and(|limit| row >= limit as usize)
    }

    fn failed_by_rate(&self, now: Instant) -> bool {
        let slot = |at: Instant| (at - self.start).as_nanos() / (self.policy.window / 10).as_nanos();
        let recent = || self.results.iter().filter(|(at, _)| slot(*at) + 10 > slot(now));
        let (calls, failures) = (
            recent().count(),
            recent().filter(|(_, end)| *end == End::Failure).count(),
        );
        calls >= self.policy.minimum_calls as usize
            && self
                .policy
                .failure_rate
                .is_some_and(|limit| failures as f64 / calls as f64 >= limit)
    }

    fn state(&self) -> State {
        match self.phase {
            Phase::Closed => State::Closed,
            Phase::Open { .. } => State::Open,
            Phase::HalfOpen { .. } => State::HalfOpen,
        }
    }
}

fn step() -> impl Strategy<Value = Step> {
    let end = prop_oneof![
        4 => Just(End::Success),
        6 => Just(End::Failure),
        1 => Just(End::Ignored),
        3 => Just(End::Dropped),
    ];
    prop_oneof![
        1 => (0..400_u64).prop_map(|wait| Step::Wait(ms(wait))),
        4 => Just(Step::Admit),
        4 => (0..6_usize, end).prop_map(|(call, end)| Step::Settle(call, end)),
    ]
}

fn policy() -> impl Strategy<Value = BreakerPolicy> {
    let opens = (
        option::weighted(0.5, 1..8_u32),
        prop_oneof![Just(0.3), Just(0.5), Just(1.0)],
        1..12_u32,
    );
    (opens, 1..4_u32, 1..2_000_u64, 1..1_000_u64, 1..1_000_u64).prop_map(
        |((row, rate, calls), trials, window, open_for, max_wait)| {
            BreakerPolicy::default()
                .with_consecutive_failures(row)
                .with_failure_rate(rate)
                .with_minimum_calls(calls)
                .with_trials(trials)
                .with_window(ms(window))
                .with_open_for(ms(open_for))
                .with_half_open_max_wait(ms(max_wait))
        },
    )
}

fn settle(permit: Permit, end: End, now: Instant) {
    match end {
        End::Success => permit.success(now),
        End::Failure => permit.failure(now),
        End::Ignored => permit.ignore(now),
        End::Dropped => drop(permit),
    }
}

proptest! {
    #[test]
    fn the_breaker_does_what_the_model_does(
        policy in policy(),
        steps in collection::vec(step(), 1..300),
    ) {
        // Paused, so that the breaker's window begins exactly where the model's does.
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        let _paused = runtime.enter();
        let start = time::now();
        let breaker = CircuitBreaker::new("peer", policy).unwrap();
        let mut model =
            Model { policy, start, results: Vec::new(), phase: Phase::Closed, changes: 0, openings: 0 };
        let (mut now, mut pending) = (start, Vec::new());

        for step in steps {
            match step {
                Step::Wait(wait) => now += wait,
                Step::Admit => {
                    let (permit, ticket) = (breaker.admit(now), model.admit(now));
                    prop_assert_eq!(permit.is_ok(), ticket.is_some());
                    pending.extend(permit.ok().zip(ticket));
                }
                Step::Settle(..) if pending.is_empty() => {}
                Step::Settle(call, end) => {
                    let (permit, ticket) = pending.swap_remove(call % pending.len());
                    settle(permit, end, now);
                    model.settle(ticket, end, now);
                }
            }
            prop_assert_eq!(breaker.state(), model.state());
            prop_assert_eq!(breaker.openings(), model.openings);
        }
    }
}
