use std::time::Duration;

use resilience::breaker::{BreakerPolicy, CircuitBreaker, OpenReason, Permit, State};
use resilience::time::{self, Instant};
use resilience::{Call, Policy};
use tokio::task::JoinSet;

use crate::peer::{Answer, Peer, breaker, built, by_status, ms};

const OPEN_FOR: Duration = Duration::from_secs(30);
const MAX_WAIT: Duration = Duration::from_secs(60);

/// A breaker that opened at `now` and takes `trials`.
fn opened(trials: u32, now: Instant) -> CircuitBreaker {
    let breaker = breaker(
        BreakerPolicy::default()
            .with_consecutive_failures(1)
            .with_open_for(OPEN_FOR)
            .with_trials(trials)
            .with_half_open_max_wait(MAX_WAIT),
    );
    breaker.admit(now).unwrap().failure(now);
    breaker
}

#[test]
fn closes_when_all_trials_succeed() {
    let start = time::now();
    let (breaker, now) = (opened(3, start), start + OPEN_FOR);
    let trials: Vec<_> = (0..3).map(|_| breaker.admit(now).unwrap()).collect();
    let rejection = breaker.admit(now).unwrap_err();
    assert_eq!(rejection.state(), State::HalfOpen);
    assert_eq!(rejection.retry_after(), None);
    for trial in trials {
        assert_eq!(breaker.state(), State::HalfOpen);
        trial.success(now);
    }
    assert_eq!(breaker.state(), State::Closed);
}

#[test]
fn opens_again_at_the_first_trial_that_fails() {
    let start = time::now();
    let (breaker, now) = (opened(3, start), start + OPEN_FOR);
    breaker.admit(now).unwrap().success(now);
    breaker.admit(now).unwrap().failure(now);
    assert_eq!(breaker.state(), State::Open);
    assert_eq!(breaker.openings(), 2);
    let rejection = breaker.admit(now).unwrap_err();
    assert_eq!(rejection.reason(), OpenReason::TrialFailed);
    assert_eq!(rejection.retry_after(), Some(OPEN_FOR), "the wait begins anew");
}

#[test]
fn once_closed_again_it_has_forgotten_the_failures_before() {
    let start = time::now();
    let breaker = breaker(
        BreakerPolicy::default()
            .with_consecutive_failures(2)
            .with_trials(1),
    );
    for _ in 0..2 {
        breaker.admit(start).unwrap().failure(start);
    }
    let now = start + OPEN_FOR;
    breaker.admit(now).unwrap().success(now);
    breaker.admit(now).unwrap().failure(now);
    assert_eq!(breaker.state(), State::Closed);
}

#[tokio::test(start_paused = true)]
async fn of_five_hundred_callers_one_trial_reaches_the_peer() {
    let breaker = opened(1, time::now());
    let policy = built(Policy::builder().breaker(breaker));
    let peer = Peer::answering([Answer::Slow(200, ms(50))]);
    time::sleep(OPEN_FOR).await;

    let mut callers = JoinSet::new();
    for _ in 0..500 {
        let (policy, peer) = (policy.clone(), peer.clone());
        callers.spawn(async move {
            policy
                .run(Call::idempotent(), by_status, |attempt| peer.ask(attempt))
                .await
                .is_ok()
        });
    }
    let answered = callers
        .join_all()
        .await
        .into_iter()
        .filter(|answered| *answered)
        .count();
    assert_eq!((answered, peer.requests()), (1, 1));
}

#[test]
fn two_spaced_trials_slower_than_the_window_still_close() {
    let start = time::now();
    let (breaker, window) = (opened(2, start), Duration::from_secs(10));
    let first = start + OPEN_FOR;
    breaker.admit(first).unwrap().success(first + 2 * window);
    let second = first + 5 * window;
    breaker.admit(second).unwrap().success(second + 2 * window);
    assert_eq!(breaker.state(), State::Closed);
}

#[test]
fn what_was_sent_while_closed_decides_nothing() {
    let start = time::now();
    let breaker = breaker(
        BreakerPolicy::default()
            .with_consecutive_failures(1)
            .with_trials(1),
    );
    let (late_success, late_failure) = (breaker.admit(start).unwrap(), breaker.admit(start).unwrap());
    let late_drop = breaker.admit(start).unwrap();
    breaker.admit(start).unwrap().failure(start);

    let now = start + OPEN_FOR;
    let trial = breaker.admit(now).unwrap();
    late_success.success(now);
    assert_eq!(breaker.state(), State::HalfOpen);
    late_failure.failure(now);
    assert_eq!(breaker.state(), State::HalfOpen);
    drop(late_drop);
    assert!(
        breaker.admit(now).is_err(),
        "no place was handed back that was not taken"
    );
    trial.success(now);
    assert_eq!(breaker.state(), State::Closed);
}

#[test]
fn a_trial_that_says_nothing_hands_its_place_back() {
    let start = time::now();
    let (breaker, now) = (opened(1, start), start + OPEN_FOR);
    for _ in 0..10 {
        breaker.admit(now).unwrap().ignore(now);
        drop(breaker.admit(now).unwrap());
    }
    assert_eq!(breaker.state(), State::HalfOpen);
    breaker.admit(now).unwrap().success(now);
    assert_eq!(breaker.state(), State::Closed);
}

#[test]
fn trials_that_never_come_back_are_given_up() {
    let start = time::now();
    let (breaker, now) = (opened(2, start), start + OPEN_FOR);
    let (lost_success, lost_failure) = (breaker.admit(now).unwrap(), breaker.admit(now).unwrap());
    assert!(breaker.admit(now + MAX_WAIT - Duration::from_nanos(1)).is_err());

    let later = now + MAX_WAIT;
    let (first, second) = (breaker.admit(later).unwrap(), breaker.admit(later).unwrap());
    assert!(breaker.admit(later).is_err(), "as many as before, not more");
    lost_failure.failure(later);
    assert_eq!(breaker.state(), State::HalfOpen, "the lost ones no longer count");
    first.success(later);
    lost_success.success(later);
    assert_eq!(breaker.state(), State::HalfOpen);
    second.success(later);
    assert_eq!(breaker.state(), State::Closed);
}

#[test]
fn a_place_that_is_free_waits_for_a_caller_as_long_as_it_takes() {
    let start = time::now();
    let (breaker, now) = (opened(2, start), start + OPEN_FOR);
    breaker.admit(now).unwrap().success(now);
    let much_later = now + 100 * MAX_WAIT;
    breaker.admit(much_later).unwrap().success(much_later);
    assert_eq!(breaker.state(), State::Closed, "the first success still counts");
}

#[tokio::test(start_paused = true)]
async fn a_peer_that_throttles_its_trials_neither_closes_nor_opens_it() {
    let breaker = opened(1, time::now());
    let policy = built(Policy::builder().breaker(breaker.clone()));
    let peer = Peer::answering([Answer::Status(429), Answer::Status(429), Answer::Status(200)]);
    time::sleep(OPEN_FOR).await;
    for _ in 0..2 {
        policy
            .run(Call::not_idempotent(), by_status, |attempt| peer.ask(attempt))
            .await
            .unwrap();
        assert_eq!(breaker.state(), State::HalfOpen);
    }
    policy
        .run(Call::not_idempotent(), by_status, |attempt| peer.ask(attempt))
        .await
        .unwrap();
    assert_eq!(breaker.state(), State::Closed);
}

/// Asks for `lines` calls at once; at the first rejection all are dropped, as `try_join_all` does.
fn all_or_none(breaker: &CircuitBreaker, lines: usize, now: Instant) -> Option<Vec<Permit>> {
    (0..lines).map(|_| breaker.admit(now).ok()).collect()
}

#[test]
fn callers_who_ask_for_more_than_there_are_trials_get_them_in_the_end() {
    let start = time::now();
    let (breaker, now) = (opened(3, start), start + OPEN_FOR);
    assert!(all_or_none(&breaker, 10, now).is_none());
    assert!(all_or_none(&breaker, 10, now + MAX_WAIT - ms(1)).is_none());
    assert!(
        all_or_none(&breaker, 4, now + MAX_WAIT - ms(1)).is_none(),
        "not before its time"
    );

    let (second, third) = (now + MAX_WAIT, now + 2 * MAX_WAIT);
    assert!(
        all_or_none(&breaker, 7, second).is_none(),
        "six may pass now, no more"
    );
    assert!(all_or_none(&breaker, 7, third - ms(1)).is_none());
    let mut cart = all_or_none(&breaker, 10, third).expect("twelve may pass now");
    for call in cart.drain(..3) {
        assert_eq!(breaker.state(), State::HalfOpen);
        call.success(third);
    }
    assert_eq!(breaker.state(), State::Closed, "as many successes as ever");
}

#[test]
fn what_grew_is_as_small_as_before_once_a_trial_has_failed() {
    let start = time::now();
    let (breaker, now) = (opened(1, start), start + OPEN_FOR);
    assert!(all_or_none(&breaker, 2, now).is_none());
    let mut cart = all_or_none(&breaker, 2, now + MAX_WAIT).expect("two may pass now");
    let failed = now + MAX_WAIT;
    cart.remove(0).failure(failed);
    assert_eq!(breaker.state(), State::Open);
    drop(cart);
    assert!(all_or_none(&breaker, 2, failed + OPEN_FOR).is_none());
}

#[test]
fn throttled_trials_do_not_let_more_pass() {
    let start = time::now();
    let (breaker, now) = (opened(1, start), start + OPEN_FOR);
    breaker.admit(now).unwrap().ignore(now);
    let later = now + MAX_WAIT;
    assert!(all_or_none(&breaker, 2, later).is_none());
}

#[tokio::test(start_paused = true)]
async fn a_cart_that_is_read_all_at_once_closes_it_in_the_end() {
    let breaker = opened(3, time::now());
    let policy = built(Policy::builder().breaker(breaker.clone()));
    let peer = Peer::answering([Answer::Slow(200, ms(20))]);
    time::sleep(OPEN_FOR).await;

    let cart = async || {
        let line = || policy.run(Call::idempotent(), by_status, |attempt| peer.ask(attempt));
        tokio::try_join!(line(), line(), line(), line(), line()).is_ok()
    };
    let mut tries = 1;
    while !cart().await {
        tries += 1;
        time::sleep(Duration::from_secs(10)).await;
    }
    assert_eq!((tries, breaker.state()), (7, State::Closed));
}
