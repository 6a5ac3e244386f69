use super::{bulkhead, poll, waiting};
use crate::peer::ms;

#[tokio::test(start_paused = true)]
async fn a_higher_limit_lets_those_pass_who_wait() {
    let bulkhead = bulkhead(1, 3);
    let slot = bulkhead.try_acquire().unwrap();
    let (mut first, mut second, mut third) = (waiting(&bulkhead), waiting(&bulkhead), waiting(&bulkhead));
    bulkhead
        .set_policy(bulkhead.policy().with_max_concurrent(3))
        .unwrap();
    assert_eq!((bulkhead.in_flight(), bulkhead.waiting()), (3, 1));
    let slots = (
        poll(&mut first).unwrap().unwrap(),
        poll(&mut second).unwrap().unwrap(),
    );
    assert!(poll(&mut third).is_none());
    drop((slot, slots));
    assert!(poll(&mut third).unwrap().is_ok());
}

#[tokio::test(start_paused = true)]
async fn a_higher_limit_wakes_those_who_wait() {
    let bulkhead = bulkhead(1, 1);
    let _slot = bulkhead.try_acquire().unwrap();
    let waiter = bulkhead.clone();
    let task = tokio::spawn(async move { waiter.acquire(super::by()).await.map(drop) });
    tokio::task::yield_now().await;
    bulkhead
        .set_policy(bulkhead.policy().with_max_concurrent(2))
        .unwrap();
    let start = resilience::time::now();
    task.await.unwrap().unwrap();
    assert_eq!(resilience::time::now(), start);
}

#[tokio::test(start_paused = true)]
async fn a_lower_limit_cancels_nothing_and_waits_for_slots_to_come_back() {
    let bulkhead = bulkhead(3, 1);
    let mut slots: Vec<_> = (0..3).map(|_| bulkhead.try_acquire().unwrap()).collect();
    bulkhead
        .set_policy(bulkhead.policy().with_max_concurrent(1))
        .unwrap();
    assert_eq!(bulkhead.in_flight(), 3);
    let mut waiter = waiting(&bulkhead);
    for left in [2, 1] {
        slots.pop();
        assert_eq!(bulkhead.in_flight(), left);
        assert!(poll(&mut waiter).is_none());
    }
    slots.pop();
    let slot = poll(&mut waiter).unwrap().unwrap();
    assert!(bulkhead.try_acquire().is_err());
    drop(slot);
    assert_eq!(bulkhead.in_flight(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_shorter_queue_sends_nobody_away() {
    let bulkhead = bulkhead(1, 2);
    let slot = bulkhead.try_acquire().unwrap();
    let (mut first, mut second) = (waiting(&bulkhead), waiting(&bulkhead));
    bulkhead
        .set_policy(bulkhead.policy().with_max_waiting(0))
        .unwrap();
    assert_eq!(bulkhead.waiting(), 2);
    drop(slot);
    drop(poll(&mut first).unwrap().unwrap());
    assert!(poll(&mut second).unwrap().is_ok());
}

#[test]
fn a_policy_that_cannot_work_changes_nothing() {
    let bulkhead = bulkhead(1, 0);
    let before = bulkhead.policy();
    bulkhead.set_policy(before.with_max_concurrent(0)).unwrap_err();
    assert_eq!(bulkhead.policy(), before);
    let after = before.with_max_waiting(7).with_max_wait(ms(7));
    bulkhead.set_policy(after).unwrap();
    assert_eq!(bulkhead.policy(), after);
}
