use std::time::Duration;

use loom::sync::Arc;
use loom::thread;

use crate::breaker::circuit::{Change, Circuit, Lane, Phase, Rejection, Ticket, Verdict};
use crate::breaker::{BreakerPolicy, OpenReason};
use crate::check;

/// How long it stays open, and when it may be tried, in nanoseconds.
const OPEN_FOR: u64 = 1_000;

fn circuit(trials: u32) -> Arc<Circuit> {
    Arc::new(Circuit::new(policy(trials), 1, 0))
}

fn policy(trials: u32) -> BreakerPolicy {
    BreakerPolicy::default()
        .with_consecutive_failures(1)
        .with_trials(trials)
        .with_open_for(Duration::from_nanos(OPEN_FOR))
        .with_half_open_max_wait(Duration::from_nanos(OPEN_FOR))
}

/// A circuit that opened at 0.
fn opened(trials: u32) -> Arc<Circuit> {
    let circuit = circuit(trials);
    let ticket = admitted(&circuit, 0).expect("a closed circuit admits");
    assert_eq!(
        settle(&circuit, &ticket, Verdict::Failure, 0),
        opened_by(OpenReason::ConsecutiveFailures(1))
    );
    circuit
}

fn admitted(circuit: &Circuit, now: u64) -> Result<Ticket, Rejection> {
    circuit.admit(now).map(|(ticket, _)| ticket)
}

fn settle(circuit: &Circuit, ticket: &Ticket, verdict: Verdict, now: u64) -> Option<Change> {
    circuit.settle(ticket, verdict, now, Lane::Shared)
}

fn opened_by(reason: OpenReason) -> Option<Change> {
    Some(Change::Opened(reason))
}

#[test]
fn of_three_callers_at_the_end_of_the_wait_one_gets_the_only_trial() {
    check(|| {
        let circuit = opened(1);
        let ask = |circuit: Arc<Circuit>| move || admitted(&circuit, OPEN_FOR).is_ok();
        let others = [(); 2].map(|()| thread::spawn(ask(Arc::clone(&circuit))));
        let mine = ask(circuit)();
        let theirs = others.map(|other| other.join().unwrap());
        assert_eq!(
            [mine, theirs[0], theirs[1]]
                .into_iter()
                .filter(|admitted| *admitted)
                .count(),
            1
        );
    });
}

#[test]
fn two_failures_at_once_open_it_once() {
    check(|| {
        let circuit = circuit(1);
        let tickets = [(); 2].map(|()| admitted(&circuit, 0).expect("closed"));
        let changes = tickets.map(|ticket| {
            let circuit = Arc::clone(&circuit);
            thread::spawn(move || settle(&circuit, &ticket, Verdict::Failure, 0))
        });
        let told = changes.map(|change| change.join().unwrap().is_some());
        assert!(told[0] != told[1], "one of the two opened it, and tells");
        assert_eq!((circuit.phase(), circuit.openings()), (Phase::Open, 1));
    });
}

#[test]
fn a_trial_handed_back_is_there_for_one_other() {
    check(|| {
        let circuit = opened(1);
        let trial = admitted(&circuit, OPEN_FOR).expect("the first trial");
        let giver = {
            let circuit = Arc::clone(&circuit);
            thread::spawn(move || settle(&circuit, &trial, Verdict::Cancelled, OPEN_FOR))
        };
        let taker = {
            let circuit = Arc::clone(&circuit);
            thread::spawn(move || admitted(&circuit, OPEN_FOR).is_ok())
        };
        giver.join().unwrap();
        let was_taken = taker.join().unwrap();
        assert_eq!(admitted(&circuit, OPEN_FOR).is_ok(), !was_taken);
    });
}

#[test]
fn of_a_success_and_a_failure_of_trials_the_failure_stays() {
    check(|| {
        let circuit = opened(2);
        let good = admitted(&circuit, OPEN_FOR).expect("the first trial");
        let bad = admitted(&circuit, OPEN_FOR).expect("the second trial");
        let other = {
            let circuit = Arc::clone(&circuit);
            thread::spawn(move || settle(&circuit, &good, Verdict::Success, OPEN_FOR))
        };
        let change = settle(&circuit, &bad, Verdict::Failure, OPEN_FOR);
        assert_eq!(change, opened_by(OpenReason::TrialFailed));
        assert_eq!(other.join().unwrap(), None);
        assert_eq!((circuit.phase(), circuit.openings()), (Phase::Open, 2));
    });
}

#[test]
fn a_trial_that_ends_while_fewer_are_asked_for_closes_it_once() {
    check(|| {
        let circuit = opened(2);
        let trial = admitted(&circuit, OPEN_FOR).expect("the first trial");
        let other = {
            let circuit = Arc::clone(&circuit);
            thread::spawn(move || settle(&circuit, &trial, Verdict::Success, OPEN_FOR))
        };
        let told = circuit.set_policy(policy(1), OPEN_FOR);
        let changes = [told, other.join().unwrap()];
        assert_eq!(
            changes.into_iter().flatten().collect::<Vec<_>>(),
            [Change::Closed]
        );
        assert_eq!(circuit.phase(), Phase::Closed);
    });
}

#[test]
fn the_last_two_of_the_trials_close_it_once() {
    check(|| {
        let circuit = opened(2);
        let trials = [(); 2].map(|()| admitted(&circuit, OPEN_FOR).expect("a trial"));
        let changes = trials.map(|trial| {
            let circuit = Arc::clone(&circuit);
            thread::spawn(move || settle(&circuit, &trial, Verdict::Success, OPEN_FOR))
        });
        let told = changes.map(|change| change.join().unwrap());
        assert!(told == [None, Some(Change::Closed)] || told == [Some(Change::Closed), None]);
        assert_eq!(circuit.phase(), Phase::Closed);
    });
}

#[test]
fn a_rejection_tells_what_belongs_together() {
    check(|| {
        let circuit = opened(1);
        let trial = admitted(&circuit, OPEN_FOR).expect("the first trial");
        let other = {
            let circuit = Arc::clone(&circuit);
            thread::spawn(move || settle(&circuit, &trial, Verdict::Failure, OPEN_FOR + 5))
        };
        let Err(rejection) = admitted(&circuit, OPEN_FOR + 5) else {
            panic!("its only trial is under way, or it is open again")
        };
        match rejection.phase {
            Phase::HalfOpen => assert_eq!(rejection.retry_after, None),
            Phase::Open => {
                assert_eq!(rejection.reason, OpenReason::TrialFailed);
                assert_eq!(rejection.retry_after, Some(OPEN_FOR));
            }
            phase => panic!("{phase:?}"),
        }
        other.join().unwrap();
    });
}

#[test]
fn a_rejection_tells_one_opening_and_not_half_of_two() {
    check(|| {
        let circuit = opened(1);
        let other = {
            let circuit = Arc::clone(&circuit);
            thread::spawn(move || {
                let trial = admitted(&circuit, OPEN_FOR).expect("the first trial");
                settle(&circuit, &trial, Verdict::Failure, OPEN_FOR);
            })
        };
        let rejection = admitted(&circuit, OPEN_FOR - 1).expect_err("too early, or taken, or open again");
        let told = (rejection.reason, rejection.retry_after);
        let first = (OpenReason::ConsecutiveFailures(1), Some(1));
        let second = (OpenReason::TrialFailed, Some(OPEN_FOR + 1));
        assert!(
            rejection.phase == Phase::HalfOpen || told == first || told == second,
            "{told:?}"
        );
        other.join().unwrap();
    });
}

#[test]
fn a_trial_taken_late_is_not_written_off_at_once() {
    check(|| {
        let circuit = opened(2);
        admitted(&circuit, OPEN_FOR).expect("the first trial");
        let late = 2 * OPEN_FOR;
        let other = {
            let circuit = Arc::clone(&circuit);
            thread::spawn(move || admitted(&circuit, late).is_ok())
        };
        let mine = admitted(&circuit, late).is_ok();
        assert!(
            mine != other.join().unwrap(),
            "one of the two gets the second trial"
        );
    });
}

#[test]
fn two_trials_that_fail_at_once_open_it_once() {
    check(|| {
        let circuit = opened(2);
        let trials = [(); 2].map(|()| admitted(&circuit, OPEN_FOR).expect("a trial"));
        let changes = trials.map(|trial| {
            let circuit = Arc::clone(&circuit);
            thread::spawn(move || settle(&circuit, &trial, Verdict::Failure, OPEN_FOR))
        });
        let told = changes.map(|change| change.join().unwrap().is_some());
        assert!(told[0] != told[1]);
        assert_eq!(circuit.openings(), 2);
    });
}

#[test]
fn no_success_is_lost_between_lanes() {
    check(|| {
        let circuit = circuit(1);
        // The first success of a slot of the window goes to the ledger, which is another model.
        let first = admitted(&circuit, 0).expect("closed");
        settle(&circuit, &first, Verdict::Success, 0);
        let others = [Lane::Shared, Lane::Shared].map(|lane| {
            let circuit = Arc::clone(&circuit);
            thread::spawn(move || {
                let ticket = admitted(&circuit, 0).expect("closed");
                circuit.settle(&ticket, Verdict::Success, 0, lane);
            })
        });
        let ticket = admitted(&circuit, 0).expect("closed");
        circuit.settle(&ticket, Verdict::Success, 0, Lane::Own(0));
        for other in others {
            other.join().unwrap();
        }
        assert_eq!(circuit.view(0).counts.calls, 4);
    });
}

#[test]
fn a_success_counts_in_its_own_generation_or_not_at_all() {
    for lane in [Lane::Own(0), Lane::Shared] {
        check(move || {
            let circuit = circuit(1);
            let first = admitted(&circuit, 0).expect("closed");
            settle(&circuit, &first, Verdict::Success, 0);
            let late = admitted(&circuit, 0).expect("closed");
            let other = {
                let circuit = Arc::clone(&circuit);
                thread::spawn(move || circuit.settle(&late, Verdict::Success, 0, lane))
            };
            circuit.set_phase(Phase::Closed);
            let next = admitted(&circuit, 0).expect("closed");
            settle(&circuit, &next, Verdict::Success, 0);
            other.join().unwrap();
            assert_eq!(circuit.view(0).counts.calls, 1);
        });
    }
}
