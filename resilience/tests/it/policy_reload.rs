//! Settings that change while calls are made.

use resilience::breaker::{BreakerPolicy, State};
use resilience::budget::BudgetPolicy;
use resilience::bulkhead::BulkheadPolicy;
use resilience::retry::{Jitter, RetryPolicy};
use resilience::timeout::TimeoutPolicy;
use resilience::{Call, Policy, Settings, time};

use crate::peer::{Answer, Peer, by_status, ms};

fn settings() -> Settings {
    Settings::default()
        .with_retry(RetryPolicy::default().with_jitter(Jitter::None))
        .with_breaker(BreakerPolicy::default().with_consecutive_failures(3))
}

#[tokio::test(start_paused = true)]
async fn a_policy_of_settings_has_their_parts_by_its_name() {
    let policy =
        Policy::from_settings("catalogue", &settings().with_bulkhead(BulkheadPolicy::default())).unwrap();
    assert_eq!(policy.breaker().unwrap().name(), "catalogue");
    assert_eq!(policy.bulkhead().unwrap().name(), "catalogue");
    assert_eq!(policy.events().name(), "catalogue");
    assert!(policy.budget().is_some() && policy.rate_limit().is_none());
}

#[tokio::test(start_paused = true)]
async fn limits_and_retries_change_and_an_open_circuit_stays_open() {
    let policy = Policy::from_settings("catalogue", &settings()).unwrap();
    let breaker = policy.breaker().unwrap().clone();
    for _ in 0..3 {
        breaker.admit(time::now()).unwrap().failure(time::now());
    }
    let timeouts = TimeoutPolicy::default()
        .with_attempt(ms(100))
        .with_overall(ms(300));
    let changed = settings()
        .with_timeouts(timeouts)
        .with_retry(RetryPolicy::never())
        .with_breaker(BreakerPolicy::default().with_consecutive_failures(7));
    policy.reload(&changed).unwrap();
    assert_eq!(policy.timeouts(), timeouts);
    assert_eq!(policy.retry().max_retries, 0);
    assert_eq!(breaker.policy().consecutive_failures, Some(7));
    assert_eq!(
        (breaker.state(), policy.breaker().unwrap().openings()),
        (State::Open, 1)
    );
}

#[tokio::test(start_paused = true)]
async fn the_balance_of_the_budget_is_kept() {
    let dear = BudgetPolicy::default().with_floor_per_second(0);
    let policy = Policy::from_settings("catalogue", &settings().with_budget(dear)).unwrap();
    for _ in 0..10 {
        policy.budget().unwrap().deposit();
    }
    policy
        .reload(&settings().with_budget(dear.with_ratio(0.5)))
        .unwrap();
    assert_eq!(policy.budget().unwrap().balance(), 2);
    policy.budget().unwrap().deposit();
    policy.budget().unwrap().deposit();
    assert_eq!(policy.budget().unwrap().balance(), 3);
    assert_eq!(policy.budget().unwrap().policy().ratio, 0.5);
}

#[tokio::test(start_paused = true)]
async fn a_part_that_is_switched_off_and_on_again_has_its_state() {
    let policy = Policy::from_settings("catalogue", &settings()).unwrap();
    for _ in 0..3 {
        policy
            .breaker()
            .unwrap()
            .admit(time::now())
            .unwrap()
            .failure(time::now());
    }
    policy.reload(&settings().with_breaker(None)).unwrap();
    assert!(policy.breaker().is_none());
    let peer = Peer::answering([Answer::Status(200)]);
    policy
        .run(Call::idempotent(), by_status, |attempt| peer.ask(attempt))
        .await
        .unwrap();
    policy.reload(&settings()).unwrap();
    assert_eq!(policy.breaker().unwrap().state(), State::Open);
}

#[tokio::test(start_paused = true)]
async fn what_cannot_work_changes_nothing() {
    let policy = Policy::from_settings("catalogue", &settings()).unwrap();
    let broken = settings()
        .with_retry(RetryPolicy::never())
        .with_budget(BudgetPolicy::default().with_ratio(2.0));
    let error = policy.reload(&broken).unwrap_err();
    assert_eq!(error.keys().collect::<Vec<_>>(), ["budget.ratio"]);
    assert_eq!(policy.retry(), settings().retry);
    assert!(Policy::from_settings("catalogue", &broken).is_err());
}

#[tokio::test(start_paused = true)]
async fn a_call_under_way_goes_by_the_new_settings_from_its_next_step_on() {
    let policy = Policy::from_settings("catalogue", &settings()).unwrap();
    let peer = Peer::answering([Answer::Slow(503, ms(50))]);
    let call = policy.run(Call::idempotent(), by_status, |attempt| peer.ask(attempt));
    let (completed, ()) = tokio::join!(call, async {
        time::sleep(ms(10)).await;
        policy
            .reload(&settings().with_retry(RetryPolicy::never()))
            .unwrap();
    });
    assert_eq!(completed.unwrap().attempts, 1);
}
