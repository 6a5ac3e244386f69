//! A further attempt for the one that takes too long.

use std::time::Duration;

use resilience::breaker::BreakerPolicy;
use resilience::budget::{BudgetPolicy, RetryBudget};
use resilience::classify::TransientErrors;
use resilience::hedge::{Hedge, HedgeDelay, HedgeLayer, HedgePolicy};
use resilience::retry::Stop;
use resilience::{Call, ErrorKind, Policy, PolicyBuilder, time};
use tower::{ServiceBuilder, ServiceExt};

use crate::peer::{Answer, Failure, Peer, breaker, built, by_status, ms};

fn after_50_ms() -> PolicyBuilder {
    Policy::builder().hedge(HedgePolicy::after(ms(50)))
}

#[tokio::test(start_paused = true)]
async fn a_slow_attempt_is_overtaken() {
    let peer = Peer::answering([Answer::Hang, Answer::Slow(200, ms(10))]);
    let start = time::now();
    let completed = built(after_50_ms())
        .run(Call::idempotent(), by_status, |attempt| peer.ask(attempt))
        .await
        .unwrap();
    assert_eq!((completed.value.0, completed.attempts), (200, 2));
    assert_eq!((time::now() - start, peer.requests()), (ms(60), 2));
}

#[tokio::test(start_paused = true)]
async fn the_first_answer_counts_whoever_brings_it() {
    let peer = Peer::answering([Answer::Slow(201, ms(80)), Answer::Slow(200, ms(80))]);
    let completed = built(after_50_ms())
        .run(Call::idempotent(), by_status, |attempt| peer.ask(attempt))
        .await
        .unwrap();
    assert_eq!((completed.value.0, completed.attempts), (201, 2));
}

#[tokio::test(start_paused = true)]
async fn a_quick_answer_is_asked_for_once() {
    let peer = Peer::answering([Answer::Slow(200, ms(49))]);
    built(after_50_ms())
        .run(Call::idempotent(), by_status, |attempt| peer.ask(attempt))
        .await
        .unwrap();
    assert_eq!(peer.requests(), 1);
}

#[tokio::test(start_paused = true)]
async fn what_must_not_be_repeated_or_not_at_once_is_not() {
    for call in [Call::not_idempotent(), Call::idempotent().one_at_a_time()] {
        let peer = Peer::answering([Answer::Slow(200, ms(500))]);
        built(after_50_ms())
            .run(call, by_status, |attempt| peer.ask(attempt))
            .await
            .unwrap();
        assert_eq!(peer.requests(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn there_are_no_more_than_the_policy_says() {
    let policy = built(after_50_ms().hedge(HedgePolicy::after(ms(50)).with_max_hedges(3)));
    let peer = Peer::answering([Answer::Hang]);
    let error = policy
        .run(Call::idempotent(), by_status, |attempt| peer.ask(attempt))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::AttemptTimedOut);
    assert_eq!(peer.waits(), [ms(50), ms(50), ms(50)]);
}

#[tokio::test(start_paused = true)]
async fn hedges_are_paid_for_by_the_budget() {
    let budget = RetryBudget::new(BudgetPolicy::default().with_floor_per_second(0)).unwrap();
    let policy = built(after_50_ms().retry_budget(budget.clone()));
    let peer = Peer::answering([Answer::Slow(200, ms(100))]);
    for _ in 0..100 {
        policy
            .run(Call::idempotent(), by_status, |attempt| peer.ask(attempt))
            .await
            .unwrap();
    }
    assert_eq!(peer.requests(), 120);
    assert_eq!(budget.under_way(), 0, "those that lost have ended too");
}

#[tokio::test(start_paused = true)]
async fn a_failure_calls_for_the_next_one_at_once() {
    let peer = Peer::answering([Answer::Status(503), Answer::Status(200)]);
    let start = time::now();
    let completed = built(after_50_ms())
        .run(Call::idempotent(), by_status, |attempt| peer.ask(attempt))
        .await
        .unwrap();
    assert_eq!((completed.value.0, peer.requests()), (200, 2));
    assert_eq!(time::now(), start);
}

#[tokio::test(start_paused = true)]
async fn when_all_fail_the_last_failure_is_told() {
    let peer = Peer::answering([Answer::Fail(Failure::Reset)]);
    let error = built(after_50_ms())
        .run(Call::idempotent(), by_status, |attempt| peer.ask(attempt))
        .await
        .unwrap_err();
    assert_eq!(error.inner(), Some(&Failure::Reset));
    assert_eq!(
        (error.attempts(), error.stopped_by()),
        (2, Some(Stop::RetriesSpent))
    );
}

#[tokio::test(start_paused = true)]
async fn a_peer_that_asks_for_less_load_is_waited_for_and_not_hedged() {
    let peer = Peer::answering([Answer::Later(429, ms(300)), Answer::Status(200)]);
    let completed = built(after_50_ms())
        .run(Call::idempotent(), by_status, |attempt| peer.ask(attempt))
        .await
        .unwrap();
    assert_eq!((completed.value.0, completed.attempts), (200, 2));
    assert_eq!(peer.waits(), [ms(300)]);
}

#[tokio::test(start_paused = true)]
async fn an_attempt_after_a_wait_is_given_its_time_before_it_gets_company() {
    let peer = Peer::answering([Answer::Later(429, ms(300)), Answer::Slow(200, ms(40))]);
    built(after_50_ms())
        .run(Call::idempotent(), by_status, |attempt| peer.ask(attempt))
        .await
        .unwrap();
    assert_eq!(peer.waits(), [ms(300)]);
}

#[tokio::test(start_paused = true)]
async fn once_the_peer_asks_for_less_load_no_more_are_sent_beside_the_one_under_way() {
    let policy = built(after_50_ms().hedge(HedgePolicy::after(ms(50)).with_max_hedges(3)));
    let peer = Peer::answering([
        Answer::Slow(200, ms(400)),
        Answer::Later(429, ms(300)),
        Answer::Status(201),
    ]);
    let completed = policy
        .run(Call::idempotent(), by_status, |attempt| peer.ask(attempt))
        .await
        .unwrap();
    assert_eq!((completed.value.0, peer.requests()), (200, 2));
}

#[tokio::test(start_paused = true)]
async fn the_attempt_that_loses_hands_its_trial_back() {
    let breaker = breaker(
        BreakerPolicy::default()
            .with_consecutive_failures(1)
            .with_trials(2),
    );
    breaker.admit(time::now()).unwrap().failure(time::now());
    time::sleep(Duration::from_secs(30)).await;
    let policy = built(after_50_ms().breaker(breaker.clone()));
    let peer = Peer::answering([Answer::Hang, Answer::Status(200)]);
    policy
        .run(Call::idempotent(), by_status, |attempt| peer.ask(attempt))
        .await
        .unwrap();
    let snapshot = breaker.snapshot();
    assert_eq!((snapshot.trials, snapshot.successful_trials), (1, 1));
}

#[tokio::test(start_paused = true)]
async fn a_hedge_that_panics_hands_its_trial_back() {
    let breaker = breaker(
        BreakerPolicy::default()
            .with_consecutive_failures(1)
            .with_trials(2),
    );
    breaker.admit(time::now()).unwrap().failure(time::now());
    time::sleep(Duration::from_secs(30)).await;
    let policy = built(after_50_ms().breaker(breaker.clone()));
    let task = tokio::spawn(async move {
        let operation = |attempt: resilience::Attempt| {
            assert_eq!(attempt.number, 1, "broken operation");
            std::future::pending::<Result<u32, Failure>>()
        };
        policy.run(Call::idempotent(), TransientErrors, operation).await
    });
    assert!(task.await.unwrap_err().is_panic());
    assert_eq!(breaker.snapshot().trials, 0);
}

#[tokio::test(start_paused = true)]
async fn the_delay_is_learnt_from_the_latencies() {
    let hedge = Hedge::new(HedgePolicy::default()).unwrap();
    assert_eq!(hedge.delay(), ms(300), "nothing is known");
    for index in 0..1_000 {
        hedge.record(if index % 25 == 0 { ms(900) } else { ms(40) });
    }
    assert!(
        hedge.delay() >= ms(40) && hedge.delay() <= ms(45),
        "{:?}",
        hedge.delay()
    );
    hedge
        .set_policy(HedgePolicy::default().with_delay(HedgeDelay::Fixed(ms(7))))
        .unwrap();
    assert_eq!(hedge.delay(), ms(7));
}

#[tokio::test(start_paused = true)]
async fn the_layer_alone_hedges_too() {
    let peer = Peer::answering([Answer::Hang, Answer::Slow(200, ms(10))]);
    let asked = peer.clone();
    let hedge = Hedge::new(HedgePolicy::after(ms(50))).unwrap();
    let service = ServiceBuilder::new()
        .layer(HedgeLayer::new(hedge, TransientErrors).with_call(|_: &u32| Call::idempotent()))
        .service_fn(move |_: u32| asked.answer());
    let start = time::now();
    assert_eq!(service.oneshot(7).await.unwrap().0, 200);
    assert_eq!((time::now() - start, peer.requests()), (ms(60), 2));
}

#[tokio::test(start_paused = true)]
async fn the_layer_alone_tells_the_last_failure() {
    let peer = Peer::answering([Answer::Fail(Failure::Reset), Answer::Fail(Failure::Refused)]);
    let asked = peer.clone();
    let hedge = Hedge::new(HedgePolicy::after(ms(50))).unwrap();
    let service = ServiceBuilder::new()
        .layer(HedgeLayer::new(hedge, TransientErrors).with_call(|_: &u32| Call::idempotent()))
        .service_fn(move |_: u32| asked.answer());
    assert_eq!(service.oneshot(7).await.unwrap_err(), Failure::Refused);
    assert_eq!(peer.requests(), 2);
}

#[tokio::test(start_paused = true)]
async fn the_layer_alone_sends_no_more_either_once_the_peer_asks_for_less_load() {
    let peer = Peer::answering([
        Answer::Slow(200, ms(400)),
        Answer::Later(429, ms(300)),
        Answer::Status(201),
    ]);
    let asked = peer.clone();
    let hedge = Hedge::new(HedgePolicy::after(ms(50)).with_max_hedges(3)).unwrap();
    let service = ServiceBuilder::new()
        .layer(HedgeLayer::new(hedge, by_status).with_call(|_: &u32| Call::idempotent()))
        .service_fn(move |_: u32| asked.answer());
    assert_eq!(service.oneshot(7).await.unwrap().0, 200);
    assert_eq!(peer.requests(), 2);
}
