//! The breaker against a model of it that is slow and obvious: it keeps every result and counts them again each
//! time.

use std::time::Duration;

use proptest::prelude::{Just, Strategy, prop_oneof, proptest};
use proptest::{collection, option, prop_assert_eq};
use resilience::breaker::{BreakerPolicy, CircuitBreaker, Permit, State, WindowPolicy};
use resilience::time::{self, Instant};

use crate::peer::ms;

#[derive(Debug, Clone)]
enum Step {
    Wait(Duration),
    Admit,
    /// Settles the pending call of this number, counted round.
    Settle(usize, End),
    ByHand(Hand),
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum End {
    Success,
    Failure,
    Ignored,
    Dropped,
}

#[derive(Debug, Clone, Copy)]
enum Hand {
    Isolate,
    Close,
    Disable,
    MetricsOnly,
}

#[derive(Debug)]
struct Model {
    policy: BreakerPolicy,
    start: Instant,
    /// The results since it closed: when, how, and whether slow.
    results: Vec<(Instant, End, bool)>,
    phase: Phase,
    /// How often the phase has changed: a call remembers in which phase it was admitted.
    changes: usize,
    openings: u64,
    /// Reopenings since it was last closed.
    reopenings: i32,
}

#[derive(Debug)]
enum Phase {
    Closed,
    /// Since when, and what part of a call has been saved up, in 2^32nds.
    Recovering(Instant, u128),
    Open {
        until: Instant,
    },
    /// When each trial was handed out, and how it ended.
    HalfOpen {
        trials: Vec<(Instant, Option<End>)>,
        limit: usize,
        /// When the last one was handed out before callers began to drop theirs.
        dropping: Option<Instant>,
    },
    ByHand(Hand),
}

/// A call under way: when and in which phase it was admitted, and which trial it is.
#[derive(Debug, Clone, Copy)]
struct Ticket {
    at: Instant,
    change: usize,
    trial: usize,
}

const WHOLE: u128 = 1 << 32;

impl Model {
    fn enter(&mut self, phase: Phase) {
        self.changes += 1;
        self.results.clear();
        self.phase = phase;
    }

    fn open(&mut self, now: Instant) {
        self.openings += 1;
        let grown = self.policy.open_for * (self.policy.open_growth as u32).pow(self.reopenings as u32);
        let longest = self.policy.max_open_for.max(self.policy.open_for);
        let until = now + grown.min(longest);
        self.enter(Phase::Open { until });
    }

    fn by_hand(&mut self, hand: Hand) {
        self.reopenings = 0;
        self.enter(match hand {
            Hand::Close => Phase::Closed,
            hand => Phase::ByHand(hand),
        });
    }

    fn admit(&mut self, now: Instant) -> Option<Ticket> {
        let policy = self.policy;
        let mut ended = false;
        let trial = match &mut self.phase {
            Phase::Closed | Phase::ByHand(Hand::Disable | Hand::MetricsOnly) => 0,
            Phase::ByHand(_) => return None,
            Phase::Recovering(since, _) if now - *since >= policy.ramp_for => {
                ended = true;
                0
            }
            Phase::Recovering(since, saved) => {
                let share = (now - *since).as_nanos() * WHOLE / policy.ramp_for.as_nanos();
                *saved += share.max(WHOLE / 10);
                if *saved < WHOLE {
                    return None;
                }
                *saved -= WHOLE;
                0
            }
            Phase::Open { until } if now < *until => return None,
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
        if ended {
            self.phase = Phase::Closed;
        }
        Some(Ticket {
            at: now,
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
        let slow = self
            .policy
            .slow_call_duration
            .is_some_and(|limit| now - ticket.at >= limit);
        match &mut self.phase {
            Phase::Open { .. } | Phase::ByHand(Hand::Isolate) => unreachable!("nothing is admitted"),
            Phase::ByHand(Hand::Disable | Hand::Close) => {}
            Phase::Closed | Phase::Recovering(..) | Phase::ByHand(Hand::MetricsOnly) => {
                if matches!(end, End::Ignored | End::Dropped) {
                    return;
                }
                self.results.push((now, end, slow));
                let remarkable = end == End::Failure || slow;
                if remarkable && self.is_too_bad(now) && !matches!(self.phase, Phase::ByHand(_)) {
                    self.open(now);
                }
            }
            Phase::HalfOpen { trials, dropping, .. } => {
                let end = if slow && end == End::Success {
                    End::Failure
                } else {
                    end
                };
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
                    self.reopenings += 1;
                    self.open(now);
                } else if succeeded == self.policy.trials as usize {
                    self.reopenings = 0;
                    self.enter(if self.policy.ramp_for.is_zero() {
                        Phase::Closed
                    } else {
                        Phase::Recovering(now, WHOLE - 1)
                    });
                }
            }
        }
    }

    fn is_too_bad(&self, now: Instant) -> bool {
        let policy = &self.policy;
        let (calls, failures, slow) = self.counts(now);
        let reaches = |part: u64, limit: f64| {
            calls >= u64::from(policy.minimum_calls) && part as f64 / calls as f64 >= limit
        };
        policy
            .consecutive_failures
            .is_some_and(|limit| self.failed_in_row() >= limit)
            || policy.failure_rate.is_some_and(|limit| reaches(failures, limit))
            || policy.slow_call_duration.is_some() && reaches(slow, policy.slow_call_rate)
    }

    fn failed_in_row(&self) -> u32 {
        let row = self.results.iter().rev();
        row.take_while(|(_, end, _)| *end == End::Failure).count() as u32
    }

    /// Calls, failures and slow calls in the window.
    fn counts(&self, now: Instant) -> (u64, u64, u64) {
        let recent: Vec<_> = match self.policy.window {
            WindowPolicy::Calls(size) => self.results.iter().rev().take(size as usize).collect(),
            WindowPolicy::Time(length) => {
                let slot = |at: Instant| (at - self.start).as_nanos() / (length / 10).as_nanos();
                let in_window = |(at, ..): &&(Instant, _, _)| slot(*at) + 10 > slot(now);
                self.results.iter().filter(in_window).collect()
            }
        };
        let failures = recent.iter().filter(|(_, end, _)| *end == End::Failure);
        let slow = recent.iter().filter(|(.., slow)| *slow);
        (recent.len() as u64, failures.count() as u64, slow.count() as u64)
    }

    fn state(&self) -> State {
        match self.phase {
            Phase::Closed => State::Closed,
            Phase::Recovering(..) => State::Recovering,
            Phase::Open { .. } => State::Open,
            Phase::HalfOpen { .. } => State::HalfOpen,
            Phase::ByHand(Hand::Isolate) => State::Isolated,
            Phase::ByHand(Hand::Disable) => State::Disabled,
            Phase::ByHand(Hand::MetricsOnly) => State::MetricsOnly,
            Phase::ByHand(Hand::Close) => unreachable!("that is closed"),
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
    let hand = prop_oneof![
        1 => Just(Hand::Isolate),
        1 => Just(Hand::Disable),
        1 => Just(Hand::MetricsOnly),
        4 => Just(Hand::Close),
    ];
    prop_oneof![
        20 => (0..400_u64).prop_map(|wait| Step::Wait(ms(wait))),
        80 => Just(Step::Admit),
        80 => (0..6_usize, end).prop_map(|(call, end)| Step::Settle(call, end)),
        1 => hand.prop_map(Step::ByHand),
    ]
}

fn policy() -> impl Strategy<Value = BreakerPolicy> {
    let rate = || prop_oneof![Just(0.3), Just(0.5), Just(1.0)];
    let window = prop_oneof![
        (1..2_000_u64).prop_map(|length| WindowPolicy::Time(ms(length))),
        (1..40_u32).prop_map(WindowPolicy::Calls),
    ];
    let opens = (option::weighted(0.5, 1..8_u32), rate(), 1..12_u32, window);
    let slow = (option::weighted(0.5, (1..500_u64).prop_map(ms)), rate());
    let closes = (1..4_u32, 1..1_000_u64, 1..1_000_u64, 1..3_u32, 1..4_000_u64);
    let ramp = prop_oneof![Just(0), 1..3_000_u64];
    (opens, slow, closes, ramp).prop_map(
        |((row, rate, calls, window), slow, (trials, open_for, max_wait, growth, longest), ramp)| {
            let calls = match window {
                WindowPolicy::Calls(size) => calls.min(size),
                WindowPolicy::Time(_) => calls,
            };
            BreakerPolicy::default()
                .with_consecutive_failures(row)
                .with_failure_rate(rate)
                .with_slow_call_duration(slow.0)
                .with_slow_call_rate(slow.1)
                .with_minimum_calls(calls)
                .with_trials(trials)
                .with_window(window)
                .with_open_for(ms(open_for))
                .with_open_growth(growth.into())
                .with_max_open_for(ms(longest.max(open_for)))
                .with_half_open_max_wait(ms(max_wait))
                .with_ramp_for(ms(ramp))
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

fn take_in_hand(breaker: &CircuitBreaker, hand: Hand) {
    match hand {
        Hand::Isolate => breaker.isolate(),
        Hand::Close => breaker.close(),
        Hand::Disable => breaker.disable(),
        Hand::MetricsOnly => breaker.metrics_only(),
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
        let mut model = Model {
            policy, start, results: Vec::new(), phase: Phase::Closed, changes: 0, openings: 0, reopenings: 0,
        };
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
                Step::ByHand(hand) => {
                    take_in_hand(&breaker, hand);
                    model.by_hand(hand);
                }
            }
            let seen = breaker.snapshot_at(now);
            prop_assert_eq!(seen.state, model.state());
            prop_assert_eq!(seen.openings, model.openings);
            prop_assert_eq!((seen.calls, seen.failures, seen.slow), model.counts(now));
            prop_assert_eq!(seen.failures_in_row, model.failed_in_row());
        }
    }
}
