//! Waits whose future is dropped, at every point where it can be.

use resilience::time::{self, timeout_at};

use super::{acquire, bulkhead, by, poll, waiting};
use crate::peer::ms;

#[tokio::test(start_paused = true)]
async fn a_wait_that_never_began_leaves_nothing_behind() {
    let bulkhead = bulkhead(1, 1);
    let _slot = bulkhead.try_acquire().unwrap();
    drop(acquire(&bulkhead));
    assert_eq!((bulkhead.in_flight(), bulkhead.waiting()), (1, 0));
}

#[tokio::test(start_paused = true)]
async fn who_gives_up_leaves_no_hole_in_the_queue() {
    let bulkhead = bulkhead(1, 3);
    let slot = bulkhead.try_acquire().unwrap();
    let (mut first, second, mut third) = (waiting(&bulkhead), waiting(&bulkhead), waiting(&bulkhead));
    drop(second);
    assert_eq!(bulkhead.waiting(), 2);
    drop(slot);
    let slot = poll(&mut first).unwrap().unwrap();
    assert!(poll(&mut third).is_none());
    drop(slot);
    assert!(poll(&mut third).unwrap().is_ok());
    drop(third);
    assert_eq!((bulkhead.in_flight(), bulkhead.waiting()), (0, 0));
}

#[tokio::test(start_paused = true)]
async fn a_slot_handed_to_one_who_gives_up_goes_to_the_next() {
    let bulkhead = bulkhead(1, 2);
    let slot = bulkhead.try_acquire().unwrap();
    let (first, mut second) = (waiting(&bulkhead), waiting(&bulkhead));
    drop(slot);
    drop(first);
    assert!(poll(&mut second).unwrap().is_ok());
}

#[tokio::test(start_paused = true)]
async fn a_slot_handed_to_the_last_who_gives_up_is_free() {
    let bulkhead = bulkhead(1, 1);
    let slot = bulkhead.try_acquire().unwrap();
    let only = waiting(&bulkhead);
    drop(slot);
    assert_eq!((bulkhead.in_flight(), bulkhead.waiting()), (1, 0));
    drop(only);
    assert_eq!(bulkhead.in_flight(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_timeout_outside_frees_the_place() {
    let bulkhead = bulkhead(1, 1);
    let _slot = bulkhead.try_acquire().unwrap();
    for _ in 0..10 {
        timeout_at(time::now() + ms(100), bulkhead.acquire(by()))
            .await
            .unwrap_err();
        assert_eq!(bulkhead.waiting(), 0);
    }
}

#[tokio::test(start_paused = true)]
async fn many_waits_given_up_leak_neither_slot_nor_place() {
    let bulkhead = bulkhead(1, 2);
    for round in 0..100_000 {
        let slot = bulkhead.try_acquire().unwrap();
        let (first, second) = (waiting(&bulkhead), waiting(&bulkhead));
        match round % 3 {
            0 => drop((slot, first, second)),
            1 => drop((second, first, slot)),
            _ => drop((first, slot, second)),
        }
        assert_eq!((bulkhead.in_flight(), bulkhead.waiting()), (0, 0));
    }
}
