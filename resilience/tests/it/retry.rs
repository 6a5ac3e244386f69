use std::time::Duration;

use resilience::breaker::{BreakerPolicy, State};
use resilience::classify::{Classification, Outcome, Retry};
use resilience::retry::{Jitter, Random, RetryPolicy, Stop};
use resilience::{Call, ErrorKind, Policy, PolicyBuilder, time};

use crate::peer::{Answer, Failure, Peer, breaker, built, by_status, ms};

fn exact() -> PolicyBuilder {
    Policy::builder().retry(RetryPolicy::default().with_jitter(Jitter::None))
}

#[tokio::test(start_paused = true)]
async fn a_failure_that_passes_is_hidden() {
    let peer = Peer::answering([
        Answer::Status(503),
        Answer::Fail(Failure::Reset),
        Answer::Status(200),
    ]);
    let completed = built(exact())
        .run(Call::idempotent(), by_status, |attempt| peer.ask(attempt))
        .await
        .unwrap();
    assert_eq!((completed.value.0, completed.attempts), (200, 3));
    assert_eq!(peer.waits(), [ms(100), ms(200)]);
}

#[tokio::test(start_paused = true)]
async fn three_retries_at_100_200_and_400_ms_and_then_the_error_itself() {
    let peer = Peer::answering([Answer::Fail(Failure::Reset)]);
    let error = built(exact())
        .run(Call::idempotent(), by_status, |attempt| peer.ask(attempt))
        .await
        .unwrap_err();
    assert_eq!(peer.waits(), [ms(100), ms(200), ms(400)]);
    assert_eq!(error.kind(), ErrorKind::Inner);
    assert_eq!(error.inner(), Some(&Failure::Reset));
    assert_eq!(
        (error.attempts(), error.stopped_by()),
        (4, Some(Stop::RetriesSpent))
    );
}

#[tokio::test(start_paused = true)]
async fn a_failing_answer_is_returned_as_it_is_when_the_retries_are_spent() {
    let peer = Peer::answering([Answer::Status(503)]);
    let completed = built(exact())
        .run(Call::idempotent(), by_status, |attempt| peer.ask(attempt))
        .await
        .unwrap();
    assert_eq!((completed.value.0, completed.attempts), (503, 4));
}

#[tokio::test(start_paused = true)]
async fn a_definitive_answer_is_not_retried() {
    for status in [200, 404, 409, 422, 500] {
        let peer = Peer::answering([Answer::Status(status)]);
        built(exact())
            .run(Call::idempotent(), by_status, |attempt| peer.ask(attempt))
            .await
            .unwrap();
        assert_eq!(peer.requests(), 1, "{status}");
    }
}

#[tokio::test(start_paused = true)]
async fn attempts_that_hang_are_cut_off_and_tried_again() {
    let policy = built(exact().attempt_timeout(ms(600)).overall_timeout(ms(1_500)));
    let peer = Peer::answering([Answer::Hang, Answer::Status(200)]);
    let start = time::now();
    let completed = policy
        .run(Call::idempotent(), by_status, |attempt| peer.ask(attempt))
        .await
        .unwrap();
    assert_eq!(completed.attempts, 2);
    assert_eq!(time::now() - start, ms(700));
}

#[tokio::test(start_paused = true)]
async fn the_last_attempt_to_time_out_says_so() {
    let policy = built(exact().retry(RetryPolicy::never()).attempt_timeout(ms(600)));
    let peer = Peer::answering([Answer::Hang]);
    let error = policy
        .run(Call::idempotent(), by_status, |attempt| peer.ask(attempt))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::AttemptTimedOut);
    assert_eq!(error.to_string(), "attempt 1 timed out after 600ms");
}

#[tokio::test(start_paused = true)]
async fn each_attempt_is_told_its_number_and_its_deadline() {
    let policy = built(exact().attempt_timeout(ms(600)).overall_timeout(ms(1_000)));
    let start = time::now();
    let mut seen = Vec::new();
    let _ = policy
        .run(Call::idempotent(), by_status, |attempt| {
            seen.push((attempt.number, attempt.deadline.instant() - start));
            std::future::pending()
        })
        .await;
    assert_eq!(
        seen,
        [(1, ms(600)), (2, ms(1_000))],
        "the second is cut by the deadline of the call"
    );
}

#[tokio::test(start_paused = true)]
async fn an_answer_is_dropped_before_the_wait() {
    let held = std::sync::Arc::new(());
    let policy = built(exact());
    let watch = std::sync::Arc::downgrade(&held);
    let call = policy.run(
        Call::idempotent(),
        |_: Result<&_, &Failure>| resilience::classify::Classification::TRANSIENT,
        |_| std::future::ready(Ok(std::sync::Arc::new(std::sync::Arc::clone(&held)))),
    );
    // 50 ms is in the middle of the first wait.
    time::timeout_at(time::now() + ms(50), async {
        tokio::join!(call, async {
            time::sleep(ms(25)).await;
            assert_eq!(watch.strong_count(), 1, "only the test holds it");
        })
    })
    .await
    .unwrap_err();
}

#[tokio::test(start_paused = true)]
async fn the_same_seed_waits_the_same_and_another_does_not() {
    let mut waits = Vec::new();
    for seed in [7, 7, 8] {
        let peer = Peer::answering([Answer::Status(503)]);
        let policy = built(Policy::builder().random(Random::seeded(seed)));
        policy
            .run(Call::idempotent(), by_status, |attempt| peer.ask(attempt))
            .await
            .unwrap();
        waits.push(peer.waits());
    }
    assert_eq!(waits[0], waits[1]);
    assert_ne!(waits[0], waits[2]);
}

#[tokio::test(start_paused = true)]
async fn an_open_circuit_is_never_retried_into() {
    let breaker = breaker(BreakerPolicy::default().with_consecutive_failures(2));
    let policy = built(exact().breaker(breaker.clone()));
    let peer = Peer::answering([Answer::Fail(Failure::Reset)]);
    let start = time::now();
    let error = policy
        .run(Call::idempotent(), by_status, |attempt| peer.ask(attempt))
        .await
        .unwrap_err();
    assert_eq!(peer.requests(), 2, "the second failure opened it");
    assert_eq!(error.stopped_by(), Some(Stop::CircuitOpen));
    assert_eq!(
        error.inner(),
        Some(&Failure::Reset),
        "the failure is not hidden by the breaker"
    );
    assert_eq!(error.retry_after(), Some(Duration::from_secs(30)));
    assert_eq!(time::now() - start, ms(100), "it does not even wait");

    let error = policy
        .run(Call::idempotent(), by_status, |attempt| peer.ask(attempt))
        .await
        .unwrap_err();
    assert!(error.is_circuit_open());
    assert_eq!((error.attempts(), peer.requests()), (0, 2));
}

#[tokio::test(start_paused = true)]
async fn of_the_peers_wish_and_the_open_circuit_the_longer_wait_is_told() {
    for (asked, told) in [(1, 3), (60, 60)].map(|(asked, told)| (ms(asked * 1_000), ms(told * 1_000))) {
        let breaker = breaker(
            BreakerPolicy::default()
                .with_consecutive_failures(1)
                .with_open_for(ms(3_000)),
        );
        let later = |_: Result<&(), &Failure>| Classification::new(Outcome::Failure, Retry::After(asked));
        let error = built(exact().breaker(breaker))
            .run(Call::idempotent(), later, async |_| Err::<(), _>(Failure::Reset))
            .await
            .unwrap_err();
        assert_eq!(error.retry_after(), Some(told), "{:?}", error.stopped_by());
    }
}

#[tokio::test(start_paused = true)]
async fn a_circuit_that_opens_during_the_wait_ends_the_call() {
    let breaker = breaker(BreakerPolicy::default().with_consecutive_failures(3));
    let policy = built(exact().breaker(breaker.clone()));
    let peer = Peer::answering([Answer::Fail(Failure::Reset)]);
    let call = policy.run(Call::idempotent(), by_status, |attempt| peer.ask(attempt));
    let others = async {
        time::sleep(ms(50)).await;
        for _ in 0..2 {
            breaker.admit(time::now()).unwrap().failure(time::now());
        }
        assert_eq!(breaker.state(), State::Open);
    };
    let (result, ()) = tokio::join!(call, others);
    let error = result.unwrap_err();
    assert!(error.is_circuit_open());
    assert_eq!(
        (error.attempts(), peer.requests()),
        (1, 1),
        "begun once, so it may have been sent"
    );
    assert_eq!(error.inner(), Some(&Failure::Reset));
}

#[tokio::test(start_paused = true)]
async fn a_circuit_that_is_over_by_the_end_of_the_wait_does_not_stop_a_retry() {
    let breaker = breaker(
        BreakerPolicy::default()
            .with_consecutive_failures(1)
            .with_open_for(ms(100))
            .with_trials(1),
    );
    let policy = built(exact().breaker(breaker.clone()));
    let peer = Peer::answering([Answer::Status(503), Answer::Status(200)]);
    let completed = policy
        .run(Call::idempotent(), by_status, |attempt| peer.ask(attempt))
        .await
        .unwrap();
    assert_eq!(completed.attempts, 2);
    assert_eq!(breaker.state(), State::Closed);
}
