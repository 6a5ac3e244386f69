//! Parts that are switched off, or set by hand, while calls that use them are under way.

use std::time::Duration;

use resilience::breaker::BreakerPolicy;
use resilience::hedge::HedgePolicy;
use resilience::retry::{Jitter, RetryPolicy, Stop};
use resilience::{Call, ErrorKind, Policy, Settings, time};

use crate::peer::{Answer, Failure, Peer, by_status, ms};

fn retried() -> Settings {
    Settings::default()
        .with_retry(RetryPolicy::default().with_jitter(Jitter::None))
        .with_breaker(BreakerPolicy::default().with_consecutive_failures(1))
}

fn hedged() -> Settings {
    retried().with_hedge(HedgePolicy::after(ms(50)).with_max_hedges(2))
}

#[tokio::test(start_paused = true)]
async fn a_call_whose_next_hedge_is_switched_off_sleeps_until_its_answer() {
    let policy = Policy::from_settings("peer", &hedged()).unwrap();
    let peer = Peer::answering([Answer::Slow(200, ms(200)), Answer::Hang]);
    let call = policy.run(Call::idempotent(), by_status, |attempt| peer.ask(attempt));
    let (completed, ()) = tokio::join!(call, async {
        time::sleep(ms(60)).await;
        policy.reload(&retried()).unwrap();
    });
    assert_eq!((completed.unwrap().value.0, peer.requests()), (200, 2));
}

#[tokio::test(start_paused = true)]
async fn the_attempts_under_way_are_waited_for_when_hedges_are_switched_off() {
    let policy = Policy::from_settings("peer", &hedged()).unwrap();
    // Open, it would end the call at the first failure.
    policy.breaker().unwrap().disable();
    let peer = Peer::answering([
        Answer::Slow(200, ms(200)),
        Answer::Slow(503, ms(20)),
        Answer::Slow(201, ms(500)),
    ]);
    let start = time::now();
    let call = policy.run(Call::idempotent(), by_status, |attempt| peer.ask(attempt));
    let (completed, ()) = tokio::join!(call, async {
        time::sleep(ms(60)).await;
        policy.reload(&retried()).unwrap();
    });
    assert_eq!((completed.unwrap().value.0, peer.requests()), (200, 2));
    assert_eq!(time::now() - start, ms(200));
}

#[tokio::test(start_paused = true)]
async fn an_isolated_circuit_is_not_waited_for() {
    let policy = Policy::from_settings("peer", &retried()).unwrap();
    let peer = Peer::answering([Answer::Fail(Failure::Reset)]);
    let breaker = policy.breaker().unwrap();
    let start = time::now();
    let error = policy
        .run(Call::idempotent(), by_status, |attempt| {
            breaker.isolate();
            peer.ask(attempt)
        })
        .await
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.inner()),
        (ErrorKind::Inner, Some(&Failure::Reset))
    );
    assert_eq!(
        (error.stopped_by(), error.retry_after()),
        (Some(Stop::CircuitOpen), None)
    );
    assert_eq!(time::now() - start, Duration::ZERO);
}
