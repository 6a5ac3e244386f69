//! Bulkhead, adaptive limit and rate limit as parts of a policy.

use std::future::{Future, pending, ready};
use std::pin::pin;
use std::task::{Context, Waker};
use std::time::Duration;

use resilience::adaptive::{AdaptiveLimit, AdaptivePolicy, Aimd, Algorithm};
use resilience::bulkhead::{Bulkhead, BulkheadPolicy};
use resilience::classify::TransientErrors;
use resilience::rate_limit::{RateLimit, RateLimitPolicy};
use resilience::retry::RetryPolicy;
use resilience::{Call, Deadline, ErrorKind, Policy, time};

use crate::peer::{Answer, Failure, Peer, built, by_status, ms};

fn bulkhead(at_once: u32, waiting: u32) -> Bulkhead {
    let policy = BulkheadPolicy::default()
        .with_max_concurrent(at_once)
        .with_max_waiting(waiting);
    Bulkhead::new("peer", policy).unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_full_bulkhead_rejects_before_anything_is_sent() {
    let bulkhead = bulkhead(1, 0);
    let policy = built(Policy::builder().bulkhead(bulkhead.clone()));
    let taken = bulkhead.try_acquire().unwrap();
    let error = policy
        .run(Call::idempotent(), TransientErrors, |_| {
            ready(Ok::<_, Failure>(7))
        })
        .await
        .unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::BulkheadFull, 0));
    assert!(error.is_rejected());
    assert_eq!(
        error.full().map(|full| (full.name(), full.limit())),
        Some(("peer", 1))
    );
    drop(taken);
    policy
        .run(Call::idempotent(), TransientErrors, |_| {
            ready(Ok::<_, Failure>(7))
        })
        .await
        .unwrap();
    assert_eq!(bulkhead.in_flight(), 0);
}

#[tokio::test(start_paused = true)]
async fn who_may_wait_for_a_place_does_and_no_longer_than_the_deadline() {
    let bulkhead = bulkhead(1, 1);
    let policy = built(Policy::builder().bulkhead(bulkhead.clone()));
    let taken = bulkhead.try_acquire().unwrap();
    let start = time::now();
    let call = Call::idempotent().with_deadline(Deadline::after(ms(70)));
    let error = policy
        .run(call, TransientErrors, |_| ready(Ok::<_, Failure>(7)))
        .await
        .unwrap_err();
    assert_eq!(
        (error.kind(), time::now() - start),
        (ErrorKind::BulkheadFull, ms(70))
    );

    let waits = policy.run(Call::idempotent(), TransientErrors, |_| {
        ready(Ok::<_, Failure>(7))
    });
    let (completed, ()) = tokio::join!(waits, async {
        time::sleep(ms(30)).await;
        drop(taken);
    });
    assert_eq!(completed.unwrap().value, 7);
}

#[tokio::test(start_paused = true)]
async fn the_place_is_kept_over_all_attempts_and_their_waits() {
    let bulkhead = bulkhead(1, 0);
    let policy = built(Policy::builder().bulkhead(bulkhead.clone()));
    let peer = Peer::answering([Answer::Status(503), Answer::Status(200)]);
    let call = policy.run(Call::idempotent(), by_status, |attempt| peer.ask(attempt));
    let mut call = pin!(call);
    let mut context = Context::from_waker(Waker::noop());
    assert!(call.as_mut().poll(&mut context).is_pending());
    assert_eq!((peer.requests(), bulkhead.in_flight()), (1, 1));
    call.await.unwrap();
    assert_eq!(bulkhead.in_flight(), 0);
}

#[tokio::test(start_paused = true)]
async fn calls_wait_for_their_turn_at_the_rate_limit_and_retries_do_not() {
    let limit = RateLimitPolicy::default()
        .with_rate(10, Duration::from_secs(1))
        .with_burst(1)
        .with_max_wait(ms(150));
    let policy = built(Policy::builder().rate_limit(RateLimit::new("peer", limit).unwrap()));
    let peer = Peer::answering([Answer::Status(200)]);
    let ask = || policy.run(Call::idempotent(), by_status, |attempt| peer.ask(attempt));
    let start = time::now();
    let (first, second, third) = tokio::join!(ask(), ask(), ask());
    first.unwrap();
    second.unwrap();
    let error = third.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::RateLimited, 0));
    assert_eq!(error.retry_after(), error.limited().unwrap().retry_after());
    assert!(error.retry_after().is_some());
    assert_eq!(time::now() - start, ms(100));
}

#[tokio::test(start_paused = true)]
async fn a_call_dropped_while_it_waits_gives_its_turn_back() {
    let limit = RateLimitPolicy::default()
        .with_rate(10, Duration::from_secs(1))
        .with_burst(1)
        .with_max_wait(ms(100));
    let policy = built(Policy::builder().rate_limit(RateLimit::new("peer", limit).unwrap()));
    let ask = || {
        policy.run(Call::idempotent(), TransientErrors, |_| {
            ready(Ok::<_, Failure>(7))
        })
    };
    ask().await.unwrap();
    time::timeout_at(time::now() + ms(50), ask()).await.unwrap_err();
    // The next turn is still free; the one after it would come too late.
    let start = time::now();
    ask().await.unwrap();
    assert_eq!(time::now() - start, ms(50));
}

#[tokio::test(start_paused = true)]
async fn an_adaptive_limit_learns_from_time_limits() {
    let limit = AdaptiveLimit::new("peer", AdaptivePolicy::default()).unwrap();
    let before = limit.limit();
    let policy = built(
        Policy::builder()
            .adaptive_limit(limit.clone())
            .retry(RetryPolicy::never())
            .attempt_timeout(ms(100)),
    );
    policy
        .run(Call::idempotent(), TransientErrors, |_| {
            pending::<Result<u32, Failure>>()
        })
        .await
        .unwrap_err();
    assert!(limit.limit() < before);
    assert_eq!(limit.in_flight(), 0);
}

#[tokio::test(start_paused = true)]
async fn an_adaptive_limit_does_not_take_a_wait_for_the_rate_limit_for_a_slow_peer() {
    let mut slow = Aimd::default();
    slow.overload_above = Some(ms(50));
    let policy = AdaptivePolicy::default()
        .with_algorithm(Algorithm::Aimd(slow))
        .with_window(ms(1))
        .with_min_samples(1);
    let limit = AdaptiveLimit::new("peer", policy).unwrap();
    let rate = RateLimitPolicy::default()
        .with_rate(10, Duration::from_secs(1))
        .with_burst(1);
    let policy = built(
        Policy::builder()
            .adaptive_limit(limit.clone())
            .rate_limit(RateLimit::new("peer", rate).unwrap()),
    );
    let peer = Peer::answering([Answer::Slow(200, ms(10))]);
    let ask = || policy.run(Call::idempotent(), by_status, |attempt| peer.ask(attempt));
    let before = limit.limit();
    let (first, second) = tokio::join!(ask(), ask());
    first.unwrap();
    second.unwrap();
    assert_eq!(peer.waits(), [ms(100)]);
    assert!(limit.limit() >= before, "{}", limit.limit());
}

#[tokio::test(start_paused = true)]
async fn of_bulkhead_and_adaptive_limit_the_later_one_holds() {
    let limit = AdaptiveLimit::new("peer", AdaptivePolicy::default()).unwrap();
    let policy = built(Policy::builder().adaptive_limit(limit).bulkhead(bulkhead(1, 0)));
    assert!(policy.bulkhead().is_some() && policy.adaptive_limit().is_none());
}
