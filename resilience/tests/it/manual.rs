//! A breaker that somebody takes in hand.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use resilience::breaker::{BreakerPolicy, CircuitBreaker, OpenReason, State};
use resilience::event::Event;
use resilience::time::{self, Instant};

use crate::peer::breaker;

fn fail(breaker: &CircuitBreaker, times: u32, now: Instant) {
    for _ in 0..times {
        breaker.admit(now).unwrap().failure(now);
    }
}

#[test]
fn isolated_it_rejects_until_somebody_closes_it() {
    let (breaker, now) = (breaker(BreakerPolicy::default()), time::now());
    breaker.isolate();
    let rejection = breaker.admit(now + Duration::from_secs(86_400)).unwrap_err();
    assert_eq!(rejection.state(), State::Isolated);
    assert_eq!(rejection.reason(), OpenReason::Isolated);
    assert_eq!(rejection.retry_after(), None);
    assert_eq!(
        rejection.to_string(),
        "circuit breaker peer is open (isolated by hand)"
    );
    breaker.close();
    breaker.admit(now).unwrap().success(now);
    assert_eq!((breaker.state(), breaker.openings()), (State::Closed, 0));
}

#[test]
fn calls_under_way_when_it_is_isolated_count_for_nothing() {
    let (breaker, now) = (
        breaker(BreakerPolicy::default().with_consecutive_failures(1)),
        time::now(),
    );
    let (failed, dropped) = (breaker.admit(now).unwrap(), breaker.admit(now).unwrap());
    breaker.isolate();
    failed.failure(now);
    drop(dropped);
    assert_eq!(breaker.state(), State::Isolated);
    breaker.close();
    assert_eq!(breaker.state(), State::Closed);
}

#[test]
fn closed_by_hand_it_has_forgotten_the_failures() {
    let (breaker, now) = (breaker(BreakerPolicy::default()), time::now());
    fail(&breaker, 4, now);
    breaker.close();
    fail(&breaker, 4, now);
    assert_eq!(breaker.state(), State::Closed);
    fail(&breaker, 1, now);
    assert_eq!(breaker.state(), State::Open);
    breaker.close();
    assert!(breaker.admit(now).is_ok());
}

#[test]
fn disabled_it_admits_everything_and_records_nothing() {
    let (breaker, now) = (breaker(BreakerPolicy::default()), time::now());
    breaker.disable();
    fail(&breaker, 1_000, now);
    let seen = breaker.snapshot_at(now);
    assert_eq!(
        (seen.state, seen.calls, seen.failures_in_row),
        (State::Disabled, 0, 0)
    );
}

#[test]
fn its_listener_is_told_whoever_brings_a_change_about() {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let (log, now) = (Arc::clone(&heard), time::now());
    let policy = BreakerPolicy::default()
        .with_consecutive_failures(1)
        .with_trials(1);
    let breaker = breaker(policy).on_event(move |event| {
        log.lock().unwrap().push(match event {
            Event::BreakerSet { name, state, .. } => format!("{name} set to {state}"),
            Event::BreakerOpened { reason, .. } => format!("opened: {reason}"),
            Event::Rejected { open, .. } => format!("rejected: {}", open.state()),
            other => format!("{other:?}"),
        });
    });
    let twin = breaker.clone().on_event(|_| unreachable!("the first one stays"));
    fail(&twin, 1, now);
    twin.admit(now).unwrap_err();
    breaker.isolate();
    twin.close();
    assert_eq!(
        *heard.lock().unwrap(),
        [
            "opened: 1 failure in a row",
            "rejected: open",
            "peer set to isolated",
            "peer set to closed"
        ]
    );
}

#[test]
fn for_metrics_only_it_records_and_never_rejects() {
    let (breaker, now) = (breaker(BreakerPolicy::default()), time::now());
    breaker.metrics_only();
    fail(&breaker, 1_000, now);
    breaker.admit(now).unwrap().success(now);
    let seen = breaker.snapshot_at(now);
    assert_eq!((seen.state, seen.openings), (State::MetricsOnly, 0));
    assert_eq!((seen.calls, seen.failures), (1_001, 1_000));
    breaker.close();
    assert_eq!(breaker.snapshot_at(now).calls, 0, "closed, it begins anew");
}
