use std::time::Duration;

use resilience::retry::{Jitter, RetryPolicy, Stop};
use resilience::{Call, Deadline, ErrorKind, Policy, time};

use crate::peer::{Answer, Failure, Peer, built, by_status, ms};

fn exact() -> Policy {
    built(
        Policy::builder()
            .overall_timeout(ms(1_500))
            .attempt_timeout(ms(600))
            .retry(RetryPolicy::default().with_jitter(Jitter::None)),
    )
}

#[tokio::test(start_paused = true)]
async fn the_stricter_of_callers_and_policys_holds() {
    let policy = built(
        Policy::builder()
            .overall_timeout(ms(1_500))
            .attempt_timeout(ms(1_400)),
    );
    for (callers, limit) in [(ms(700), ms(700)), (Duration::from_secs(60), ms(1_500))] {
        let peer = Peer::answering([Answer::Slow(503, ms(500)), Answer::Hang]);
        let start = time::now();
        let call = Call::idempotent().with_deadline(Deadline::after(callers));
        let error = policy
            .run(call, by_status, |attempt| peer.ask(attempt))
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::DeadlineExceeded);
        assert_eq!(time::now() - start, limit);
    }
}

#[tokio::test(start_paused = true)]
async fn a_deadline_that_has_passed_sends_nothing() {
    let peer = Peer::answering([Answer::Status(200)]);
    let call = Call::idempotent().with_deadline(Deadline::after(Duration::ZERO));
    let error = exact()
        .run(call, by_status, |attempt| peer.ask(attempt))
        .await
        .unwrap_err();
    assert!(error.is_deadline_exceeded());
    assert_eq!((error.attempts(), peer.requests()), (0, 0));
    assert_eq!(error.to_string(), "the deadline passed before the first attempt");
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_would_reach_the_deadline_is_not_begun() {
    let peer = Peer::answering([Answer::Fail(Failure::Reset)]);
    let start = time::now();
    let call = Call::idempotent().with_deadline(Deadline::after(ms(300)));
    let error = exact()
        .run(call, by_status, |attempt| peer.ask(attempt))
        .await
        .unwrap_err();
    // At 0 and at 100 ms; the next would be at 300 ms.
    assert_eq!((peer.requests(), time::now() - start), (2, ms(100)));
    assert_eq!(error.stopped_by(), Some(Stop::DeadlineTooClose));
    assert_eq!(error.inner(), Some(&Failure::Reset));
}

#[tokio::test(start_paused = true)]
async fn an_attempt_cut_off_by_it_keeps_the_failure_before() {
    let peer = Peer::answering([Answer::Fail(Failure::Reset), Answer::Hang]);
    let call = Call::idempotent().with_deadline(Deadline::after(ms(300)));
    let error = exact()
        .run(call, by_status, |attempt| peer.ask(attempt))
        .await
        .unwrap_err();
    assert!(error.is_deadline_exceeded() && error.is_timeout());
    assert_eq!((error.attempts(), error.inner()), (2, Some(&Failure::Reset)));
}

#[tokio::test(start_paused = true)]
async fn time_left_never_falls_below_zero() {
    let deadline = Deadline::after(ms(100));
    assert_eq!(deadline.remaining(), ms(100));
    assert!(!deadline.has_passed());
    time::sleep(ms(100)).await;
    assert!(deadline.has_passed(), "the moment itself has come");
    time::sleep(ms(100)).await;
    assert_eq!(deadline.remaining(), Duration::ZERO);
}

#[test]
fn a_timeout_beyond_the_clock_is_far_but_not_an_overflow() {
    let deadline = Deadline::after(Duration::MAX);
    assert!(deadline.remaining() > Duration::from_secs(60 * 60 * 24 * 365));
}
