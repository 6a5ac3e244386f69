//! What waits for a late retry, and what waits behind it.

use super::Stores;
use super::steps::{
    CONSUMER, LEASE, SECOND, begin, claim_parked, content, enqueue, handle, park, park_behind, parked_ids,
    pending, take_out, unpark, write_parked,
};
use event_messaging::{Admission, InboxStore, NewlyParked};

pub(super) async fn a_parked_key_takes_in_its_newcomers_and_no_other_key<F: Stores>(stores: &F) {
    let (store, other) = (stores.open().await, stores.open().await);
    park(&store, "a#1", 60 * SECOND).await;
    assert_eq!(handle(&store, "a#2").await, Admission::KeyParked);
    assert_eq!(
        handle(&other, "a#2").await,
        Admission::KeyParked,
        "nothing was written"
    );
    assert_eq!(handle(&store, "b#1").await, Admission::New);
    // What was handled before its key was parked stays handled.
    park(&store, "b#2", 60 * SECOND).await;
    assert_eq!(handle(&store, "b#1").await, Admission::Duplicate);
}

pub(super) async fn only_the_first_of_a_key_is_claimed_and_only_when_it_is_due<F: Stores>(stores: &F) {
    let store = stores.open().await;
    park(&store, "a#1", 60 * SECOND).await;
    park_behind(&store, "a#2").await;
    park(&store, "b#1", 30 * SECOND).await;
    assert_eq!(claim_parked(&store).await, []);
    stores.pass(30 * SECOND).await;
    assert_eq!(parked_ids(&claim_parked(&store).await), ["b#1"]);
    stores.pass(30 * SECOND).await;
    let due = claim_parked(&store).await;
    assert_eq!(parked_ids(&due), ["a#1", "b#1"], "the lease of b#1 has run out");
    assert_eq!(unpark(&store, &due[0]).await, (true, Admission::New));
    assert_eq!(parked_ids(&claim_parked(&store).await), ["a#2"]);
    let nobody = store.claim_parked("somebody-else", 10, LEASE).await;
    assert_eq!(nobody.expect("it answers"), []);
}

pub(super) async fn a_parked_message_comes_back_as_it_was_written<F: Stores>(stores: &F) {
    let store = stores.open().await;
    let mut content = content("a#1");
    content.content_type = Some("application/json".to_owned());
    content.headers.insert("ce-id".to_owned(), "ü \"1\"".to_owned());
    content.body = vec![0, 255, b'\''];
    let message = NewlyParked::behind(CONSUMER, "a", &content).failed(4, 5 * SECOND, SECOND, "no \"stock\"");
    write_parked(&store, message).await;
    stores.pass(SECOND).await;
    let parked = claim_parked(&stores.open().await).await;
    assert_eq!(parked[0].content, content);
    assert_eq!(
        (parked[0].key.as_str(), parked[0].reason.as_str()),
        ("a", "no \"stock\"")
    );
    assert_eq!((parked[0].attempts, parked[0].tried_for), (4, 6 * SECOND));
}

pub(super) async fn a_message_is_parked_once<F: Stores>(stores: &F) {
    let store = stores.open().await;
    park(&store, "a#1", SECOND).await;
    park_behind(&store, "a#1").await;
    park(&store, "a#1", 60 * SECOND).await;
    let backlog = store.parked(CONSUMER).await.expect("it answers");
    assert_eq!((backlog.messages, backlog.keys), (1, 1));
    stores.pass(SECOND).await;
    let parked = claim_parked(&store).await;
    assert_eq!(parked[0].attempts, 1, "it stayed as it was");
}

pub(super) async fn a_parked_key_is_leased_to_one_and_an_old_lease_is_fenced_off<F: Stores>(stores: &F) {
    let (slow, quick) = (stores.open().await, stores.open().await);
    park(&slow, "a#1", SECOND).await;
    stores.pass(SECOND).await;
    let old = claim_parked(&slow).await;
    assert_eq!(claim_parked(&quick).await, []);
    stores.pass(LEASE).await;
    let new = claim_parked(&quick).await;
    assert_eq!(parked_ids(&new), ["a#1"]);
    let postponed = slow.postpone(old[0].lease, 9, 60 * SECOND, "late").await;
    assert!(!postponed.expect("it answers"));
    let mut transaction = begin(&slow).await;
    let is_ours = slow.unpark(&mut transaction, old[0].lease).await;
    assert!(!is_ours.expect("it answers"));
    drop(transaction);
    assert_eq!(unpark(&quick, &new[0]).await, (true, Admission::New));
}

pub(super) async fn a_message_leaves_the_park_with_its_effect_or_not_at_all<F: Stores>(stores: &F) {
    let store = stores.open().await;
    park(&store, "a#1", SECOND).await;
    park_behind(&store, "a#2").await;
    stores.pass(SECOND).await;
    let parked = claim_parked(&store).await;
    let mut transaction = begin(&store).await;
    assert_eq!(
        take_out(&store, &mut transaction, &parked[0]).await,
        (true, Admission::New)
    );
    enqueue(&store, &mut transaction, "effect#1").await;
    drop(transaction);
    assert_eq!(pending(&store).await, 0);
    assert_eq!(store.parked(CONSUMER).await.expect("it answers").messages, 2);

    let mut transaction = begin(&store).await;
    assert_eq!(
        take_out(&store, &mut transaction, &parked[0]).await,
        (true, Admission::New)
    );
    enqueue(&store, &mut transaction, "effect#1").await;
    store.commit(transaction).await.expect("it commits");
    assert_eq!(pending(&store).await, 1);
    assert_eq!(handle(&store, "a#1").await, Admission::Duplicate);
    assert_eq!(
        handle(&store, "a#3").await,
        Admission::KeyParked,
        "a#2 is still there"
    );
    let next = claim_parked(&store).await;
    assert_eq!(unpark(&store, &next[0]).await, (true, Admission::New));
    assert_eq!(handle(&store, "a#3").await, Admission::New);
}

pub(super) async fn a_postponed_message_waits_with_its_key<F: Stores>(stores: &F) {
    let store = stores.open().await;
    park(&store, "a#1", SECOND).await;
    park_behind(&store, "a#2").await;
    stores.pass(SECOND).await;
    let parked = claim_parked(&store).await;
    let postponed = store.postpone(parked[0].lease, 2, 60 * SECOND, "again").await;
    assert!(postponed.expect("it answers"));
    stores.pass(59 * SECOND).await;
    assert_eq!(claim_parked(&store).await, []);
    stores.pass(SECOND).await;
    let parked = claim_parked(&store).await;
    assert_eq!(parked_ids(&parked), ["a#1"]);
    assert_eq!((parked[0].attempts, parked[0].reason.as_str()), (2, "again"));
    assert_eq!(parked[0].tried_for, 62 * SECOND);
}

pub(super) async fn the_backlog_of_the_park_tells_messages_keys_and_age<F: Stores>(stores: &F) {
    let store = stores.open().await;
    let empty = store.parked(CONSUMER).await.expect("it answers");
    assert_eq!((empty.messages, empty.keys, empty.oldest), (0, 0, None));
    park(&store, "a#1", 60 * SECOND).await;
    stores.pass(3 * SECOND).await;
    park_behind(&store, "a#2").await;
    park(&store, "b#1", 60 * SECOND).await;
    let backlog = store.parked(CONSUMER).await.expect("it answers");
    assert_eq!(
        (backlog.messages, backlog.keys, backlog.oldest),
        (3, 2, Some(4 * SECOND))
    );
    let others = store.parked("somebody-else").await.expect("it answers");
    assert_eq!((others.messages, others.oldest), (0, None));
}

pub(super) async fn keys_are_claimed_in_the_order_in_which_they_are_due<F: Stores>(stores: &F) {
    let store = stores.open().await;
    park(&store, "late#1", 3 * SECOND).await;
    park(&store, "soon#1", SECOND).await;
    park(&store, "next#1", 2 * SECOND).await;
    stores.pass(3 * SECOND).await;
    for expected in ["soon#1", "next#1", "late#1"] {
        let claimed = store.claim_parked(CONSUMER, 1, LEASE).await;
        assert_eq!(parked_ids(&claimed.expect("the park answers")), [expected]);
    }
}

pub(super) async fn the_messages_of_a_key_are_its_first_one_after_another<F: Stores>(stores: &F) {
    let store = stores.open().await;
    for text in ["a#1", "a#2", "a#3", "b#1"] {
        park_behind(&store, text).await;
    }
    for expected in ["a#1", "a#2", "a#3"] {
        let parked = claim_parked(&store).await;
        assert_eq!(parked[0].content.message_id.as_str(), expected);
        // Not at once: what is rolled back has not left.
        let mut transaction = begin(&store).await;
        take_out(&store, &mut transaction, &parked[0]).await;
        drop(transaction);
        let behind = claim_parked(&store).await;
        assert_eq!(parked_ids(&behind), [""; 0], "the lease is still good");
        let mut transaction = begin(&store).await;
        let taken = take_out(&store, &mut transaction, &parked[0]).await;
        assert_eq!(taken, (true, Admission::New));
        store.commit(transaction).await.expect("it commits");
        let left = store.parked(CONSUMER).await.expect("it answers");
        assert_eq!(left.keys, if expected == "a#3" { 1 } else { 2 });
    }
    // The key begins anew.
    park_behind(&store, "a#4").await;
    assert_eq!(parked_ids(&claim_parked(&store).await), ["a#4"]);
}
