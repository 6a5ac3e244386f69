//! What the relay relies on.

use super::Stores;
use super::steps::{LEASE, SECOND, begin, claim, commit, ids, mark, message, pending, write};
use event_messaging::{Claimed, OutboxStore, OutboxWriter, Outcome, Release};
use std::time::Duration;

pub(super) async fn claims_follow_the_order_of_commits_up_to_the_limit<F: Stores>(stores: &F) {
    let store = stores.open().await;
    write(&store, &["b#1", "a#1", "c#1", "a#2", "b#2"]).await;
    let rows = claim(&store, 4).await;
    assert_eq!(ids(&rows), ["b#1", "a#1", "c#1", "a#2"]);
    assert!(rows.iter().all(|row| row.attempts == 1));
    mark(&store, &rows).await;
    assert_eq!(ids(&claim(&store, 4).await), ["b#2"]);
}

pub(super) async fn a_message_comes_back_as_it_was_written<F: Stores>(stores: &F) {
    let store = stores.open().await;
    let mut full = message("a#1");
    full.sequence = Some(7);
    full.headers
        .insert("traceparent".to_owned(), "00-ü \"quoted\"".to_owned());
    full.headers.insert(String::new(), String::new());
    full.content_type = "application/octet-stream".to_owned();
    full.body = vec![0, 159, 146, 150, b'\'', b'"', b'\\'].into();
    let mut empty = message("b#1");
    empty.body = Vec::new().into();
    let mut transaction = begin(&store).await;
    for message in [&full, &empty] {
        store
            .enqueue(&mut transaction, message.clone())
            .await
            .expect("it is written");
    }
    commit(&store, transaction).await;
    let rows = claim(&store, 10).await;
    let messages: Vec<_> = rows.iter().map(|row| &row.message).collect();
    assert_eq!(messages, [&full, &empty]);
}

pub(super) async fn a_lease_keeps_others_away_until_it_has_run_out<F: Stores>(stores: &F) {
    let (store, other) = (stores.open().await, stores.open().await);
    write(&store, &["a#1", "b#1"]).await;
    assert_eq!(claim(&store, 10).await.len(), 2);
    stores.pass(LEASE - SECOND).await;
    assert_eq!(claim(&other, 10).await, []);
    stores.pass(SECOND).await;
    let again = claim(&other, 10).await;
    assert_eq!(ids(&again), ["a#1", "b#1"]);
    assert!(again.iter().all(|row| row.attempts == 2));
}

pub(super) async fn a_key_with_a_leased_row_is_not_split<F: Stores>(stores: &F) {
    let (store, other) = (stores.open().await, stores.open().await);
    write(&store, &["a#1", "a#2", "b#1", "a#3"]).await;
    let first = claim(&store, 1).await;
    assert_eq!(ids(&first), ["a#1"]);
    assert_eq!(ids(&claim(&other, 10).await), ["b#1"]);
    write(&store, &["a#4"]).await;
    assert_eq!(claim(&other, 10).await, []);
    mark(&store, &first).await;
    assert_eq!(ids(&claim(&other, 10).await), ["a#2", "a#3", "a#4"]);
}

pub(super) async fn a_row_that_rests_holds_back_its_key_and_no_other<F: Stores>(stores: &F) {
    let store = stores.open().await;
    write(&store, &["a#1", "b#1", "a#2"]).await;
    let rows = claim(&store, 10).await;
    let rest = Release::new(rows[0].lease, 5 * SECOND, Some(Outcome::Nacked));
    let free = |row: &Claimed| Release::new(row.lease, Duration::ZERO, None);
    let released = store.release(&[rest, free(&rows[1]), free(&rows[2])]).await;
    assert_eq!(released.expect("rows are released"), 3);
    write(&store, &["a#3"]).await;
    let others = claim(&store, 10).await;
    assert_eq!(ids(&others), ["b#1"]);
    mark(&store, &others).await;
    stores.pass(4 * SECOND).await;
    assert_eq!(claim(&store, 10).await, []);
    stores.pass(SECOND).await;
    assert_eq!(ids(&claim(&store, 10).await), ["a#1", "a#2", "a#3"]);
}

pub(super) async fn a_row_that_was_not_tried_is_free_at_once_and_does_not_count<F: Stores>(stores: &F) {
    let store = stores.open().await;
    write(&store, &["a#1", "a#2"]).await;
    for failures in 1..=3 {
        let rows = claim(&store, 10).await;
        let attempts: Vec<u32> = rows.iter().map(|row| row.attempts).collect();
        assert_eq!(attempts, [failures, 1]);
        let released = [
            Release::new(rows[0].lease, Duration::ZERO, Some(Outcome::Unknown)),
            Release::new(rows[1].lease, Duration::ZERO, None),
        ];
        assert_eq!(store.release(&released).await.expect("rows are released"), 2);
    }
}

pub(super) async fn a_lease_that_ran_out_is_fenced_off<F: Stores>(stores: &F) {
    let (slow, quick) = (stores.open().await, stores.open().await);
    write(&slow, &["a#1"]).await;
    let old = claim(&slow, 1).await;
    stores.pass(LEASE).await;
    // Nobody has claimed it since: the lease is still good.
    let release = |row: &Claimed| Release::new(row.lease, Duration::ZERO, None);
    assert_eq!(slow.release(&[release(&old[0])]).await.expect("it answers"), 1);
    let new = claim(&quick, 1).await;
    assert_eq!(old[0].lease.row, new[0].lease.row);
    assert!(old[0].lease.fence < new[0].lease.fence);
    assert_eq!(mark(&slow, &old).await, 0);
    assert_eq!(slow.release(&[release(&old[0])]).await.expect("it answers"), 0);
    assert_eq!(claim(&slow, 1).await, [], "the new lease holds");
    assert_eq!(mark(&quick, &new).await, 1);
    assert_eq!(pending(&slow).await, 0);
}

pub(super) async fn a_row_is_marked_once<F: Stores>(stores: &F) {
    let store = stores.open().await;
    write(&store, &["a#1", "b#1"]).await;
    let rows = claim(&store, 10).await;
    assert_eq!(mark(&store, &rows).await, 2);
    assert_eq!(mark(&store, &rows).await, 0);
    let again = Release::new(rows[0].lease, Duration::ZERO, None);
    assert_eq!(store.release(&[again]).await.expect("it answers"), 0);
    assert_eq!(claim(&store, 10).await, []);
}

pub(super) async fn nothing_at_all_can_be_settled<F: Stores>(stores: &F) {
    let store = stores.open().await;
    assert_eq!(claim(&store, 10).await, []);
    assert_eq!(mark(&store, &[]).await, 0);
    assert_eq!(store.release(&[]).await.expect("it answers"), 0);
}

pub(super) async fn depth_and_age_tell_what_waits<F: Stores>(stores: &F) {
    let store = stores.open().await;
    let backlog = async || store.backlog().await.expect("the backlog can be read");
    assert_eq!((backlog().await.pending, backlog().await.oldest), (0, None));
    write(&store, &["a#1"]).await;
    stores.pass(3 * SECOND).await;
    write(&store, &["b#1"]).await;
    stores.pass(4 * SECOND).await;
    assert_eq!(
        (backlog().await.pending, backlog().await.oldest),
        (2, Some(7 * SECOND))
    );
    let rows = claim(&store, 10).await;
    assert_eq!(backlog().await.pending, 2, "what is leased waits still");
    mark(&store, &rows[..1]).await;
    assert_eq!(
        (backlog().await.pending, backlog().await.oldest),
        (1, Some(4 * SECOND))
    );
}

pub(super) async fn prune_deletes_what_was_sent_long_ago_and_nothing_pending<F: Stores>(stores: &F) {
    let store = stores.open().await;
    write(&store, &["a#1", "b#1", "c#1", "d#1"]).await;
    let rows = claim(&store, 3).await;
    mark(&store, &rows).await;
    let prune = async |limit| store.prune_sent(60 * SECOND, limit).await.expect("it prunes");
    assert_eq!(prune(10).await, 0, "too young");
    stores.pass(61 * SECOND).await;
    let pruned = [prune(2).await, prune(2).await, prune(2).await];
    let kept = if F::KEEPS_SENT { [2, 1, 0] } else { [0, 0, 0] };
    assert_eq!(pruned, kept);
    assert_eq!(ids(&claim(&store, 10).await), ["d#1"]);
}
