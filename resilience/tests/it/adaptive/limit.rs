use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use allocation_counter::measure;
use resilience::adaptive::{AdaptivePolicy, Algorithm, Gradient};
use resilience::bulkhead::FullReason;
use resilience::{Deadline, time};

use super::{aimd, limit, seconds};
use crate::peer::ms;

#[test]
fn at_most_as_many_calls_at_once_as_the_limit() {
    let limit = limit(AdaptivePolicy::default().with_initial_limit(2));
    let now = time::now();
    let slots = [limit.try_acquire(now).unwrap(), limit.try_acquire(now).unwrap()];
    let full = limit.try_acquire(now).unwrap_err();
    assert_eq!(
        (full.name(), full.limit(), full.reason()),
        ("peer", 2, FullReason::NoRoom)
    );
    drop(slots);
    assert_eq!(limit.in_flight(), 0);
}

#[test]
fn an_overload_moves_the_limit_and_tells_so() {
    let limit = limit(aimd());
    let now = time::now();
    let change = limit.try_acquire(now).unwrap().overload(now + ms(10)).unwrap();
    assert_eq!((change.from, change.to), (20, 18));
    assert_eq!(limit.limit(), 18);
}

#[test]
fn calls_that_were_under_way_together_are_one_overload() {
    let limit = limit(aimd());
    let now = time::now();
    let slots: Vec<_> = (0..20).map(|_| limit.try_acquire(now).unwrap()).collect();
    for slot in slots {
        slot.overload(now + ms(10));
    }
    assert_eq!(limit.limit(), 18);
    limit.try_acquire(now + ms(11)).unwrap().overload(now + ms(21));
    assert_eq!(limit.limit(), 16);
}

#[test]
fn what_is_ignored_or_dropped_says_nothing() {
    let limit = limit(aimd());
    let start = time::now();
    for number in 0..1_000 {
        let slot = limit.try_acquire(start + ms(number * 10)).unwrap();
        if number % 2 == 0 {
            slot.ignore();
        }
    }
    assert_eq!((limit.limit(), limit.in_flight()), (20, 0));
}

#[tokio::test(start_paused = true)]
async fn a_call_dropped_after_its_deadline_is_an_overload() {
    let limit = limit(aimd());
    let late = limit
        .try_acquire(time::now())
        .unwrap()
        .until(Deadline::after(ms(100)));
    let early = limit
        .try_acquire(time::now())
        .unwrap()
        .until(Deadline::after(ms(101)));
    let told = limit
        .try_acquire(time::now())
        .unwrap()
        .until(Deadline::after(ms(100)));
    time::sleep(ms(100)).await;
    told.ignore();
    drop(early);
    assert_eq!(limit.limit(), 20);
    drop(late);
    assert_eq!((limit.limit(), limit.in_flight()), (18, 0));
}

#[tokio::test(start_paused = true)]
async fn calls_wait_in_a_bounded_queue_by_their_deadline() {
    let limit = limit(
        AdaptivePolicy::default()
            .with_initial_limit(1)
            .with_max_waiting(1),
    );
    let slot = limit.acquire(time::now(), Deadline::after(ms(50))).await.unwrap();
    let start = time::now();
    let full = limit.acquire(start, Deadline::after(ms(50))).await.unwrap_err();
    assert_eq!(
        (full.reason(), time::now() - start),
        (FullReason::Deadline, ms(50))
    );

    let mut first = pin!(limit.acquire(time::now(), Deadline::after(seconds(5))));
    let mut context = Context::from_waker(Waker::noop());
    assert!(first.as_mut().poll(&mut context).is_pending());
    let second = limit.acquire(time::now(), Deadline::after(seconds(5))).await;
    assert_eq!(second.unwrap_err().reason(), FullReason::NoRoom);
    drop(slot);
    assert!(matches!(first.as_mut().poll(&mut context), Poll::Ready(Ok(_))));
}

#[tokio::test(start_paused = true)]
async fn a_limit_that_grows_lets_those_pass_who_wait() {
    let policy = aimd()
        .with_initial_limit(1)
        .with_max_waiting(1)
        .with_min_samples(1);
    let limit = limit(policy);
    let slot = limit.try_acquire(time::now()).unwrap();
    let waiter = limit.clone();
    let task = tokio::spawn(async move {
        let slot = waiter.acquire(time::now(), Deadline::after(seconds(5))).await;
        let held = waiter.in_flight();
        drop(slot.unwrap());
        held
    });
    time::sleep(ms(1)).await;
    assert_eq!(limit.waiting(), 1);
    // Its own slot and the new one.
    slot.success(time::now() + seconds(1));
    assert_eq!(limit.limit(), 2);
    assert_eq!(task.await.unwrap(), 1);
    assert_eq!(limit.in_flight(), 0);
}

#[test]
fn a_new_policy_keeps_the_limit_within_its_range() {
    let limit = limit(aimd());
    limit.set_policy(aimd().with_max_limit(30)).unwrap();
    assert_eq!(limit.limit(), 20);
    limit
        .set_policy(aimd().with_initial_limit(5).with_max_limit(10))
        .unwrap();
    assert_eq!(limit.limit(), 10);
    let gradient = AdaptivePolicy::default()
        .with_min_limit(15)
        .with_initial_limit(15);
    limit.set_policy(gradient).unwrap();
    assert_eq!((limit.limit(), limit.policy()), (15, gradient));
    limit.set_policy(gradient.with_decrease(1.0)).unwrap_err();
    assert_eq!(limit.policy(), gradient);
}

#[test]
fn a_million_calls_leak_no_slot() {
    let limit = limit(AdaptivePolicy::default().with_max_limit(20));
    let start = time::now();
    for number in 0..1_000_000_u64 {
        let now = start + ms(number);
        let slot = limit.try_acquire(now).unwrap();
        match number % 4 {
            0 => drop(slot),
            1 => slot.ignore(),
            _ => {
                slot.success(now + ms(1));
            }
        }
    }
    assert_eq!((limit.in_flight(), limit.waiting()), (0, 0));
}

#[test]
fn neither_a_call_nor_a_rejection_allocates() {
    let limit = limit(aimd().with_initial_limit(1));
    let now = time::now();
    let call = || limit.try_acquire(now).unwrap().success(now + ms(1));
    assert_eq!(measure(|| assert_eq!(call(), None)).count_total, 0);
    let _slot = limit.try_acquire(now).unwrap();
    assert_eq!(measure(|| drop(limit.try_acquire(now))).count_total, 0);
}

#[test]
fn a_policy_that_cannot_work_is_refused_by_key() {
    let keys = |policy: AdaptivePolicy| {
        let invalid = policy.validate().unwrap_err();
        invalid.keys().collect::<Vec<_>>()
    };
    let policy = AdaptivePolicy::default();
    assert_eq!(policy.validate(), Ok(()));
    assert_eq!(keys(policy.with_min_limit(0)), ["adaptive.min_limit"]);
    assert_eq!(keys(policy.with_initial_limit(201)), ["adaptive.initial_limit"]);
    assert_eq!(
        keys(policy.with_min_limit(201)),
        ["adaptive.min_limit", "adaptive.max_limit"]
    );
    assert_eq!(keys(policy.with_decrease(f64::NAN)), ["adaptive.decrease"]);
    assert_eq!(keys(policy.with_window(ms(0))), ["adaptive.window"]);
    assert_eq!(keys(policy.with_min_samples(0)), ["adaptive.min_samples"]);
    let endless = policy.with_max_waiting(1).with_max_wait(ms(0));
    assert_eq!(keys(endless), ["adaptive.max_waiting", "adaptive.max_wait"]);
    let gradient = Gradient::default()
        .with_tolerance(0.9)
        .with_queue(0)
        .with_smoothing(0.0)
        .with_long_run(9);
    assert_eq!(
        keys(policy.with_algorithm(Algorithm::Gradient(gradient))),
        [
            "adaptive.tolerance",
            "adaptive.queue",
            "adaptive.smoothing",
            "adaptive.long_run"
        ]
    );
}
