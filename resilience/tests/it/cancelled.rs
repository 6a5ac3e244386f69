//! Calls whose future is dropped before it is ready.

use std::time::Duration;

use resilience::breaker::{BreakerPolicy, OpenReason, State};
use resilience::time::{self, timeout_at};
use resilience::{Call, Deadline, Policy};

use crate::peer::{Answer, Peer, breaker, built, by_status, ms};

fn three_in_a_row() -> BreakerPolicy {
    BreakerPolicy::default().with_consecutive_failures(3)
}

#[tokio::test(start_paused = true)]
async fn three_calls_cut_off_by_their_own_deadline_open_the_breaker() {
    let breaker = breaker(three_in_a_row());
    let policy = built(Policy::builder().breaker(breaker.clone()));
    let peer = Peer::answering([Answer::Hang]);
    for _ in 0..3 {
        assert_eq!(breaker.state(), State::Closed);
        let call = Call::idempotent().with_deadline(Deadline::after(ms(100)));
        let error = policy
            .run(call, by_status, |attempt| peer.ask(attempt))
            .await
            .unwrap_err();
        assert!(error.is_deadline_exceeded());
        assert_eq!(error.attempts(), 1);
    }
    assert_eq!(breaker.state(), State::Open);
}

#[tokio::test(start_paused = true)]
async fn three_calls_dropped_by_a_timeout_outside_at_their_deadline_open_the_breaker() {
    let breaker = breaker(three_in_a_row());
    let policy = built(Policy::builder().breaker(breaker.clone()));
    let peer = Peer::answering([Answer::Hang]);
    for _ in 0..3 {
        let deadline = Deadline::after(ms(100));
        let call = Call::idempotent().with_deadline(deadline);
        // Polled first, the outer timer cuts the call off before the policy's own timer can.
        tokio::select! {
            biased;
            () = time::sleep_until(deadline.instant()) => {}
            _ = policy.run(call, by_status, |attempt| peer.ask(attempt)) => panic!("the outer timer is first"),
        }
    }
    assert_eq!(breaker.state(), State::Open);
    assert_eq!(
        breaker.admit(time::now()).unwrap_err().reason(),
        OpenReason::ConsecutiveFailures(3)
    );
}

#[tokio::test(start_paused = true)]
async fn calls_that_their_caller_gave_up_are_neutral() {
    let breaker = breaker(three_in_a_row());
    let policy = built(Policy::builder().breaker(breaker.clone()));
    let peer = Peer::answering([Answer::Hang]);
    for _ in 0..10 {
        let call = policy.run(Call::idempotent(), by_status, |attempt| peer.ask(attempt));
        timeout_at(time::now() + ms(100), call).await.unwrap_err();
    }
    assert_eq!(peer.requests(), 10);
    assert_eq!(breaker.state(), State::Closed);
}

#[tokio::test(start_paused = true)]
async fn a_trial_that_its_caller_gave_up_leaves_its_place_to_the_next() {
    let breaker = breaker(three_in_a_row().with_trials(1));
    let policy = built(Policy::builder().breaker(breaker.clone()));
    for _ in 0..3 {
        breaker.admit(time::now()).unwrap().failure(time::now());
    }
    time::sleep(Duration::from_secs(30)).await;

    let peer = Peer::answering([Answer::Hang, Answer::Status(200)]);
    let trial = policy.run(Call::idempotent(), by_status, |attempt| peer.ask(attempt));
    timeout_at(time::now() + ms(100), trial).await.unwrap_err();
    assert_eq!(breaker.state(), State::HalfOpen);
    policy
        .run(Call::idempotent(), by_status, |attempt| peer.ask(attempt))
        .await
        .unwrap();
    assert_eq!(breaker.state(), State::Closed);
}

#[tokio::test(start_paused = true)]
async fn a_trial_dropped_after_its_deadline_opens_again() {
    let breaker = breaker(three_in_a_row().with_trials(1));
    for _ in 0..3 {
        breaker.admit(time::now()).unwrap().failure(time::now());
    }
    time::sleep(Duration::from_secs(30)).await;
    let trial = breaker
        .admit(time::now())
        .unwrap()
        .until(Deadline::after(ms(100)));
    time::sleep(ms(100)).await;
    drop(trial);
    assert_eq!((breaker.state(), breaker.openings()), (State::Open, 2));
}

#[tokio::test(start_paused = true)]
async fn a_call_given_up_during_its_back_off_leaves_nothing_behind() {
    let breaker = breaker(three_in_a_row().with_consecutive_failures(2));
    let policy = built(Policy::builder().breaker(breaker.clone()));
    let peer = Peer::answering([Answer::Later(503, Duration::from_secs(1))]);
    let call = policy.run(Call::idempotent(), by_status, |attempt| peer.ask(attempt));
    timeout_at(time::now() + ms(500), call).await.unwrap_err();
    assert_eq!(peer.requests(), 1);
    assert_eq!(
        breaker.state(),
        State::Closed,
        "one failure, the attempt that came back"
    );
}

#[tokio::test(start_paused = true)]
async fn a_panic_in_the_operation_hands_the_permit_back() {
    let breaker = breaker(three_in_a_row().with_trials(1));
    for _ in 0..3 {
        breaker.admit(time::now()).unwrap().failure(time::now());
    }
    time::sleep(Duration::from_secs(30)).await;
    let policy = built(Policy::builder().breaker(breaker.clone()));
    let task = tokio::spawn(async move {
        policy
            .run(Call::idempotent(), by_status, |_| async {
                panic!("broken operation")
            })
            .await
    });
    assert!(task.await.unwrap_err().is_panic());
    assert!(breaker.admit(time::now()).is_ok());
}
