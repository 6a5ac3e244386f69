//! What a store owes the relay, shown on the store in memory.

use crate::support::message;
use event_messaging::clock;
use event_messaging::{Backlog, Claimed, OutboxStore, Outcome, Release, memory};
use std::time::Duration;

const LEASE: Duration = Duration::from_secs(30);

fn outbox(messages: &[(&str, u64)]) -> memory::Outbox {
    let outbox = memory::Outbox::new();
    for (key, sequence) in messages {
        outbox.enqueue(message(key, *sequence));
    }
    outbox
}

async fn claim(outbox: &memory::Outbox, limit: usize) -> Vec<Claimed> {
    outbox.claim(limit, LEASE).await.unwrap()
}

fn ids(claimed: &[Claimed]) -> Vec<&str> {
    claimed
        .iter()
        .map(|row| row.message.message_id.as_str())
        .collect()
}

#[tokio::test(start_paused = true)]
async fn rows_are_claimed_in_order_up_to_the_limit_and_not_twice() {
    let outbox = outbox(&[("a", 1), ("b", 1), ("a", 2)]);
    let first = claim(&outbox, 2).await;
    assert_eq!(ids(&first), ["a#1", "b#1"]);
    // a#2 waits: its key is leased.
    assert_eq!(claim(&outbox, 10).await, []);
    outbox.mark_sent(&[first[0].lease]).await.unwrap();
    assert_eq!(ids(&claim(&outbox, 10).await), ["a#2"]);
}

#[tokio::test(start_paused = true)]
async fn a_row_that_rests_holds_back_its_key_and_no_other() {
    let outbox = outbox(&[("a", 1), ("a", 2), ("b", 1)]);
    let rows = claim(&outbox, 10).await;
    let rest = Release::new(rows[0].lease, Duration::from_secs(5), Some(Outcome::Nacked));
    let free = |row: &Claimed| Release::new(row.lease, Duration::ZERO, None);
    assert_eq!(
        outbox
            .release(&[rest, free(&rows[1]), free(&rows[2])])
            .await
            .unwrap(),
        3
    );
    assert_eq!(outbox.last_outcome("a#1"), Some(Outcome::Nacked));

    assert_eq!(ids(&claim(&outbox, 10).await), ["b#1"]);
    clock::sleep(Duration::from_secs(5)).await;
    let again = claim(&outbox, 10).await;
    assert_eq!(ids(&again), ["a#1", "a#2"]);
    assert_eq!(
        (again[0].attempts, again[1].attempts),
        (2, 1),
        "a row that was not tried has not been tried"
    );
}

#[tokio::test(start_paused = true)]
async fn a_lease_that_ran_out_is_fenced_off() {
    let outbox = outbox(&[("a", 1)]);
    let slow = claim(&outbox, 1).await[0].lease;
    clock::sleep(LEASE).await;
    let quick = claim(&outbox, 1).await[0].lease;
    assert_eq!((slow.row, slow.fence < quick.fence), (quick.row, true));

    assert_eq!(outbox.mark_sent(&[slow]).await.unwrap(), 0);
    let release = Release::new(slow, Duration::ZERO, None);
    assert_eq!(outbox.release(&[release]).await.unwrap(), 0);
    assert_eq!(outbox.backlog().await.unwrap().pending, 1);
    assert_eq!(outbox.mark_sent(&[quick]).await.unwrap(), 1);
    assert_eq!(outbox.mark_sent(&[quick]).await.unwrap(), 0, "only once");
}

#[tokio::test(start_paused = true)]
async fn depth_and_age_tell_what_waits() {
    let outbox = outbox(&[("a", 1)]);
    clock::sleep(Duration::from_secs(3)).await;
    outbox.enqueue(message("b", 1));
    clock::sleep(Duration::from_secs(4)).await;
    assert_eq!(
        outbox.backlog().await.unwrap(),
        Backlog::new(2, Some(Duration::from_secs(7)))
    );
    let rows = claim(&outbox, 10).await;
    outbox.mark_sent(&[rows[0].lease]).await.unwrap();
    assert_eq!(
        outbox.backlog().await.unwrap(),
        Backlog::new(1, Some(Duration::from_secs(4)))
    );
    outbox.mark_sent(&[rows[1].lease]).await.unwrap();
    assert_eq!(outbox.backlog().await.unwrap(), Backlog::default());
}
