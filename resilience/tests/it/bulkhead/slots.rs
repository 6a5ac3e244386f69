use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

use allocation_counter::measure;
use resilience::bulkhead::{Bulkhead, BulkheadPolicy, FullReason};

use super::{bulkhead, by};
use crate::peer::ms;

#[test]
fn at_most_as_many_calls_at_once_as_allowed() {
    let bulkhead = bulkhead(2, 0);
    let slots = [bulkhead.try_acquire().unwrap(), bulkhead.try_acquire().unwrap()];
    assert_eq!(bulkhead.in_flight(), 2);

    let full = bulkhead.try_acquire().unwrap_err();
    assert_eq!((full.name(), full.limit()), ("peer", 2));
    assert_eq!(full.reason(), FullReason::NoRoom);
    assert_eq!(
        full.to_string(),
        "peer is full, 2 calls under way (no room to wait)"
    );

    drop(slots);
    assert_eq!(bulkhead.in_flight(), 0);
    assert!(bulkhead.try_acquire().is_ok());
}

#[tokio::test(start_paused = true)]
async fn without_a_queue_the_next_is_rejected_at_once() {
    let bulkhead = bulkhead(1, 0);
    let _slot = bulkhead.acquire(by()).await.unwrap();
    let start = resilience::time::now();
    assert_eq!(
        bulkhead.acquire(by()).await.unwrap_err().reason(),
        FullReason::NoRoom
    );
    assert_eq!(resilience::time::now(), start);
}

#[test]
fn clones_are_one_bulkhead() {
    let bulkhead = bulkhead(1, 0);
    let clone = bulkhead.clone();
    let _slot = clone.try_acquire().unwrap();
    assert!(bulkhead.try_acquire().is_err());
}

#[test]
fn a_slot_costs_no_allocation_and_neither_does_a_rejection() {
    let bulkhead = bulkhead(1, 0);
    assert_eq!(measure(|| drop(bulkhead.try_acquire())).count_total, 0);
    let _slot = bulkhead.try_acquire().unwrap();
    assert_eq!(measure(|| drop(bulkhead.try_acquire())).count_total, 0);
}

#[test]
fn a_million_calls_leak_no_slot() {
    let bulkhead = bulkhead(3, 1);
    let held = bulkhead.try_acquire().unwrap();
    for _ in 0..1_000_000 {
        drop(bulkhead.try_acquire().unwrap());
    }
    assert_eq!((bulkhead.in_flight(), bulkhead.waiting()), (1, 0));
    drop(held);
    assert_eq!(bulkhead.in_flight(), 0);
}

#[test]
fn threads_never_exceed_it_and_each_gets_its_turn() {
    const CALLS: u32 = 2_000;
    let bulkhead = bulkhead(2, 8);
    let (now, most) = (AtomicU32::new(0), AtomicU32::new(0));
    let work = || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .unwrap();
        runtime.block_on(async {
            for _ in 0..CALLS {
                let slot = bulkhead.acquire(by()).await.unwrap();
                most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                tokio::task::yield_now().await;
                now.fetch_sub(1, Ordering::SeqCst);
                drop(slot);
            }
        });
    };
    // A wait may only end by a slot here, however slow the machine is.
    let patient = bulkhead.policy().with_max_wait(ms(3_600_000));
    bulkhead.set_policy(patient).unwrap();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(work);
        }
    });
    assert!(most.into_inner() <= 2);
    assert_eq!((bulkhead.in_flight(), bulkhead.waiting()), (0, 0));
}

#[test]
fn the_default_policy_is_sound() {
    assert_eq!(BulkheadPolicy::default().validate(), Ok(()));
}

#[test]
fn a_policy_that_cannot_work_is_refused_by_key() {
    let policy = BulkheadPolicy::default()
        .with_max_concurrent(0)
        .with_max_waiting(BulkheadPolicy::MAX_WAITING + 1)
        .with_max_wait(ms(0));
    let invalid = Bulkhead::new("peer", policy).unwrap_err();
    let keys: Vec<_> = invalid.keys().collect();
    let expected = [
        "bulkhead.max_concurrent",
        "bulkhead.max_waiting",
        "bulkhead.max_waiting",
        "bulkhead.max_wait",
    ];
    assert_eq!(keys, expected);
    let most = BulkheadPolicy::default()
        .with_max_concurrent(BulkheadPolicy::MAX_CONCURRENT)
        .with_max_waiting(BulkheadPolicy::MAX_WAITING);
    assert_eq!(most.validate(), Ok(()));
    let too_many = most.with_max_concurrent(BulkheadPolicy::MAX_CONCURRENT + 1);
    assert!(too_many.validate().is_err());
}
