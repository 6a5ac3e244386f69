use std::sync::{Arc, Mutex};
use std::time::Duration;

use resilience::bulkhead::{BulkheadPolicy, FullReason};
use resilience::{Deadline, time};

use super::{bulkhead, by, poll, waiting};
use crate::peer::ms;

#[tokio::test(start_paused = true)]
async fn who_waits_is_served_in_the_order_of_arrival() {
    let bulkhead = bulkhead(1, 5);
    let slot = bulkhead.try_acquire().unwrap();
    let served = Arc::new(Mutex::new(Vec::new()));
    let tasks: Vec<_> = (0..5)
        .map(|number| {
            let (bulkhead, served) = (bulkhead.clone(), Arc::clone(&served));
            tokio::spawn(async move {
                let slot = bulkhead.acquire(by()).await.unwrap();
                served.lock().unwrap().push(number);
                time::sleep(ms(10)).await;
                drop(slot);
            })
        })
        .collect();
    tokio::task::yield_now().await;
    assert_eq!((bulkhead.in_flight(), bulkhead.waiting()), (1, 5));
    drop(slot);
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(*served.lock().unwrap(), [0, 1, 2, 3, 4]);
}

#[tokio::test(start_paused = true)]
async fn who_comes_later_does_not_overtake() {
    let bulkhead = bulkhead(1, 1);
    let slot = bulkhead.try_acquire().unwrap();
    let mut first = waiting(&bulkhead);
    drop(slot);
    assert!(
        bulkhead.try_acquire().is_err(),
        "the slot is on its way to the first"
    );
    assert!(poll(&mut first).unwrap().is_ok());
}

#[tokio::test(start_paused = true)]
async fn a_full_queue_rejects_at_once() {
    let bulkhead = bulkhead(1, 1);
    let _slot = bulkhead.try_acquire().unwrap();
    let _waiting = waiting(&bulkhead);
    let start = time::now();
    let full = bulkhead.acquire(by()).await.unwrap_err();
    assert_eq!((full.reason(), time::now()), (FullReason::NoRoom, start));
}

#[tokio::test(start_paused = true)]
async fn nobody_waits_longer_than_the_policy_allows() {
    let bulkhead = bulkhead(1, 1);
    let _slot = bulkhead.try_acquire().unwrap();
    let start = time::now();
    let full = bulkhead.acquire(by()).await.unwrap_err();
    assert_eq!(full.reason(), FullReason::MaxWait);
    assert_eq!(time::now() - start, BulkheadPolicy::default().max_wait);
    assert_eq!(bulkhead.waiting(), 0);
}

#[tokio::test(start_paused = true)]
async fn nobody_waits_beyond_the_deadline_of_the_call() {
    let bulkhead = bulkhead(1, 1);
    let _slot = bulkhead.try_acquire().unwrap();
    let start = time::now();
    let full = bulkhead.acquire(Deadline::after(ms(300))).await.unwrap_err();
    assert_eq!(full.reason(), FullReason::Deadline);
    assert_eq!(time::now() - start, ms(300));
    let late = bulkhead.acquire(Deadline::at(start)).await.unwrap_err();
    assert_eq!(late.reason(), FullReason::Deadline);
    assert_eq!(time::now() - start, ms(300));
}

#[tokio::test(start_paused = true)]
async fn a_slot_that_comes_back_in_time_ends_the_wait() {
    let bulkhead = bulkhead(1, 1);
    let slot = bulkhead.try_acquire().unwrap();
    let start = time::now();
    tokio::spawn(async move {
        time::sleep(ms(250)).await;
        drop(slot);
    });
    let slot = bulkhead.acquire(by()).await.unwrap();
    assert_eq!(time::now() - start, Duration::from_millis(250));
    assert_eq!((bulkhead.in_flight(), bulkhead.waiting()), (1, 0));
    drop(slot);
    assert_eq!(bulkhead.in_flight(), 0);
}
