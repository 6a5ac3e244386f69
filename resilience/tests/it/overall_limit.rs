//! The law of the overall limit: no call takes longer, whatever the peer does.

use std::convert::Infallible;

use proptest::prelude::{Just, Strategy, prop_oneof, proptest};
use proptest::{collection, prop_assert};
use resilience::retry::{Jitter, Random, RetryPolicy};
use resilience::{Call, Deadline, Policy, fallback, time};
use tower::service_fn;

use crate::peer::{Answer, Failure, Peer, Status, built, by_status, ms};

/// The grain of the timer.
const TICK_MS: u64 = 1;

fn answer() -> impl Strategy<Value = Answer> {
    prop_oneof![
        Just(Answer::Hang),
        Just(Answer::Status(503)),
        Just(Answer::Fail(Failure::Reset)),
        (0..3_000_u64).prop_map(|delay| Answer::Slow(503, ms(delay))),
        (0..3_000_u64).prop_map(|wait| Answer::Later(429, ms(wait))),
    ]
}

fn jitter() -> impl Strategy<Value = Jitter> {
    prop_oneof![
        Just(Jitter::Full),
        Just(Jitter::Equal),
        Just(Jitter::Decorrelated),
        Just(Jitter::Additive(0.5)),
        Just(Jitter::None),
    ]
}

proptest! {
    #[test]
    fn is_never_exceeded_by_more_than_a_tick(
        script in collection::vec(answer(), 1..8),
        jitter in jitter(),
        attempt in 1..1_000_u64,
        more in 1..2_000_u64,
        callers in 0..3_000_u64,
        seed in 0..u64::MAX,
    ) {
        let policy = built(
            Policy::builder()
                .attempt_timeout(ms(attempt))
                .overall_timeout(ms(attempt + more))
                .retry(RetryPolicy::default().with_max_retries(20).with_jitter(jitter))
                .without_retry_budget()
                .random(Random::seeded(seed)),
        );
        let peer = Peer::answering(script);
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        let taken = runtime.block_on(async {
            let start = time::now();
            let call = Call::idempotent().with_deadline(Deadline::after(ms(callers)));
            let _ = policy.run(call, by_status, |attempt| peer.ask(attempt)).await;
            time::now() - start
        });
        let limit = ms(callers.min(attempt + more) + TICK_MS);
        prop_assert!(taken <= limit, "{taken:?} of {limit:?}");
    }
}

/// Is never ready, and has itself polled again at once: the task has no turn left for a timer of tokio's.
async fn greedy<T>() -> T {
    loop {
        tokio::task::consume_budget().await;
    }
}

/// Lets a second pass, and tells whether that was enough for `task`.
async fn ends_within_a_second(task: tokio::task::JoinHandle<()>) -> bool {
    for _ in 0..11 {
        tokio::time::advance(ms(100)).await;
    }
    let has_ended = task.is_finished();
    task.abort();
    has_ended
}

#[tokio::test(start_paused = true)]
async fn holds_for_an_operation_that_leaves_no_turn_to_a_timer() {
    let policy = built(
        Policy::builder()
            .overall_timeout(ms(900))
            .attempt_timeout(ms(800)),
    );
    let task = tokio::spawn(async move {
        let call = policy.run(Call::not_idempotent(), by_status, |_| greedy());
        assert!(call.await.is_err());
    });
    assert!(ends_within_a_second(task).await);
}

#[tokio::test(start_paused = true)]
async fn holds_for_a_fallback_that_leaves_no_turn_to_a_timer() {
    let policy = built(
        Policy::builder()
            .overall_timeout(ms(900))
            .attempt_timeout(ms(800)),
    );
    let task = tokio::spawn(async move {
        let peer = Peer::answering([Answer::Status(500)]);
        let fallback = fallback::from_service(service_fn(|()| greedy::<Result<Status, Infallible>>()));
        let call = policy.run_or(
            Call::not_idempotent(),
            by_status,
            |attempt| peer.ask(attempt),
            &fallback,
        );
        assert_eq!(call.await.unwrap().value.0, 500);
    });
    assert!(ends_within_a_second(task).await);
}
