use std::time::Duration;

use proptest::prelude::{Just, Strategy, prop_oneof, proptest};
use proptest::{collection, prop_assert};
use resilience::budget::{BudgetPolicy, RetryBudget};
use resilience::retry::Stop;
use resilience::{Call, Policy, time};
use tokio::task::JoinSet;

use crate::peer::{Answer, Failure, Peer, built, by_status, ms};

fn budget(policy: BudgetPolicy) -> RetryBudget {
    RetryBudget::new(policy).unwrap()
}

fn without_floor() -> BudgetPolicy {
    BudgetPolicy::default().with_floor_per_second(0)
}

/// How many retries are paid for at once.
fn withdrawals(budget: &RetryBudget) -> usize {
    let now = time::now();
    (0..1_000_000)
        .take_while(|_| budget.withdraw(now).is_some())
        .count()
}

#[tokio::test(start_paused = true)]
async fn a_thousand_calls_one_after_the_other_make_exactly_a_fifth_more_requests() {
    let policy = built(Policy::builder().retry_budget(budget(without_floor())));
    let peer = Peer::answering([Answer::Status(503)]);
    for _ in 0..1_000 {
        policy
            .run(Call::idempotent(), by_status, |attempt| peer.ask(attempt))
            .await
            .unwrap();
    }
    assert_eq!(peer.requests(), 1_200);
}

#[tokio::test(start_paused = true)]
async fn a_thousand_calls_at_once_make_at_most_a_fifth_more_requests_and_the_floor() {
    let policy = built(Policy::builder());
    let peer = Peer::answering([Answer::Status(503)]);
    let start = time::now();
    let mut calls = JoinSet::new();
    for _ in 0..1_000 {
        let (policy, peer) = (policy.clone(), peer.clone());
        calls.spawn(async move {
            policy
                .run(Call::idempotent(), by_status, |attempt| peer.ask(attempt))
                .await
                .unwrap();
        });
    }
    calls.join_all().await;
    let floor = 10 * (1 + (time::now() - start).as_secs() as usize + 1);
    assert!(peer.requests() > 1_000);
    assert!(peer.requests() <= 1_200 + floor, "{} requests", peer.requests());
}

#[tokio::test(start_paused = true)]
async fn a_retry_not_paid_for_leaves_the_failure_as_it_is() {
    let policy = built(Policy::builder().retry_budget(budget(without_floor())));
    let peer = Peer::answering([Answer::Fail(Failure::Reset)]);
    let start = time::now();
    let error = policy
        .run(Call::idempotent(), by_status, |attempt| peer.ask(attempt))
        .await
        .unwrap_err();
    assert!(error.is_budget_exhausted());
    assert_eq!(error.stopped_by(), Some(Stop::BudgetExhausted));
    assert_eq!(error.inner(), Some(&Failure::Reset));
    assert_eq!(time::now(), start);
}

#[tokio::test(start_paused = true)]
async fn every_ratio_is_exact() {
    for tenths in 0..=10_u32 {
        let policy = without_floor()
            .with_ratio(f64::from(tenths) / 10.0)
            .with_max_saved(10_000);
        let budget = budget(policy);
        for _ in 0..1_000 {
            budget.deposit();
        }
        assert_eq!(withdrawals(&budget), 100 * tenths as usize, "{tenths} tenths");
    }
}

#[tokio::test(start_paused = true)]
async fn a_quiet_time_saves_up_only_so_much() {
    let budget = budget(without_floor());
    for _ in 0..1_000_000 {
        budget.deposit();
    }
    assert_eq!(withdrawals(&budget), 100);
}

#[tokio::test(start_paused = true)]
async fn the_floor_comes_back_one_by_one_and_never_more_than_a_second_of_it() {
    let budget = budget(BudgetPolicy::default().with_ratio(0.0));
    assert_eq!(withdrawals(&budget), 10);
    time::sleep(ms(99)).await;
    assert_eq!(withdrawals(&budget), 0);
    time::sleep(ms(1)).await;
    assert_eq!(withdrawals(&budget), 1);
    time::sleep(ms(250)).await;
    assert_eq!(withdrawals(&budget), 2);
    time::sleep(ms(50)).await;
    assert_eq!(withdrawals(&budget), 1, "the half that was left over is not lost");
    time::sleep(Duration::from_secs(3_600)).await;
    assert_eq!(withdrawals(&budget), 10);
}

#[tokio::test(start_paused = true)]
async fn only_so_many_retries_are_under_way_at_once_and_those_in_back_off_are() {
    let budget = budget(
        BudgetPolicy::default()
            .with_floor_per_second(1_000)
            .with_max_concurrent(2),
    );
    let policy = built(Policy::builder().retry_budget(budget.clone()));
    let peer = Peer::answering([
        Answer::Status(503),
        Answer::Status(503),
        Answer::Status(503),
        Answer::Status(200),
    ]);
    let call = || policy.run(Call::idempotent(), by_status, |attempt| peer.ask(attempt));
    let (first, second, third) = tokio::join!(call(), call(), call());
    // The third finds two in their back-off, and keeps its failure.
    let values = [first, second, third].map(|completed| completed.unwrap().value.0);
    assert_eq!(values, [200, 200, 503]);
    assert_eq!(budget.under_way(), 0);
}

#[tokio::test(start_paused = true)]
async fn another_policy_keeps_the_balance() {
    let budget = budget(without_floor());
    for _ in 0..500 {
        budget.deposit();
    }
    budget.set_policy(without_floor().with_max_saved(10)).unwrap();
    assert_eq!(budget.balance(), 100);
    assert_eq!(withdrawals(&budget), 100, "what was saved is still there");
    for _ in 0..500 {
        budget.deposit();
    }
    assert_eq!(withdrawals(&budget), 10);
    assert!(budget.set_policy(without_floor().with_ratio(7.0)).is_err());
    assert_eq!(budget.policy().max_saved, 10);
}

#[tokio::test(start_paused = true)]
async fn policies_that_share_a_budget_share_its_limit() {
    let shared = budget(without_floor());
    let peer = Peer::answering([Answer::Status(503)]);
    for _ in 0..100 {
        let policy = built(Policy::builder().retry_budget(shared.clone()));
        policy
            .run(Call::idempotent(), by_status, |attempt| peer.ask(attempt))
            .await
            .unwrap();
    }
    assert_eq!(peer.requests(), 120);
}

#[tokio::test(start_paused = true)]
async fn without_a_budget_every_call_has_all_its_retries() {
    let policy = built(Policy::builder().without_retry_budget());
    let peer = Peer::answering([Answer::Status(503)]);
    for _ in 0..100 {
        policy
            .run(Call::idempotent(), by_status, |attempt| peer.ask(attempt))
            .await
            .unwrap();
    }
    assert_eq!(peer.requests(), 400);
}

#[derive(Debug, Clone)]
enum Step {
    Deposit,
    Withdraw,
    Wait(Duration),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => Just(Step::Deposit),
        5 => Just(Step::Withdraw),
        1 => (0..2_000_000_000_u64).prop_map(|nanos| Step::Wait(Duration::from_nanos(nanos))),
    ]
}

proptest! {
    #[test]
    fn never_more_than_its_law_in_any_stretch_of_time(
        steps in collection::vec(step(), 1..300),
        ratio in 0..=100_u32,
        floor in 0..20_u32,
        max_saved in 1..20_u32,
    ) {
        let ratio = f64::from(ratio) / 100.0;
        let budget = budget(
            BudgetPolicy::default()
                .with_ratio(ratio)
                .with_floor_per_second(floor)
                .with_max_saved(max_saved),
        );
        let mut now = time::now();
        // For each beginning of a stretch: when, and the calls and retries since.
        let mut stretches = Vec::new();
        for step in steps {
            stretches.push((now, 0_u32, 0_u32));
            match step {
                Step::Deposit => {
                    budget.deposit();
                    stretches.iter_mut().for_each(|stretch| stretch.1 += 1);
                }
                Step::Withdraw => {
                    if budget.withdraw(now).is_some() {
                        stretches.iter_mut().for_each(|stretch| stretch.2 += 1);
                    }
                }
                Step::Wait(wait) => now += wait,
            }
            for (start, calls, retries) in &stretches {
                let seconds = (now - *start).as_secs_f64();
                let most = f64::from(max_saved) + ratio * f64::from(*calls) + f64::from(floor) * (seconds + 1.0);
                prop_assert!(f64::from(*retries) <= most + 1e-6, "{retries} retries, at most {most}");
            }
        }
    }
}
