//! What was given up, and is sent again.

use super::Stores;
use super::steps::{
    CONSUMER, SECOND, admit_as, begin, claim_parked, commit, content, enqueue, give_up, handle, id, park,
    parked_ids, pending, redrive, unpark, write_parked,
};
use event_messaging::{Admission, InboxEntry, InboxStore, NewlyParked};

pub(super) async fn a_message_that_was_given_up_is_absorbed_when_it_comes_again<F: Stores>(stores: &F) {
    let (store, other) = (stores.open().await, stores.open().await);
    assert_eq!(give_up(&store, "a#1").await, Admission::New);
    assert_eq!(handle(&other, "a#1").await, Admission::Duplicate);
    assert_eq!(give_up(&other, "a#1").await, Admission::Duplicate);
}

pub(super) async fn a_redriven_message_is_handled_once<F: Stores>(stores: &F) {
    let (store, other) = (stores.open().await, stores.open().await);
    give_up(&store, "a#1").await;
    assert_eq!(redrive(&other, "a#1").await, Admission::New);
    assert_eq!(redrive(&store, "a#1").await, Admission::Duplicate);
    assert_eq!(handle(&store, "a#1").await, Admission::Duplicate);
    assert_eq!(
        redrive(&store, "b#1").await,
        Admission::New,
        "its row was pruned, or never written"
    );
    assert_eq!(redrive(&store, "b#1").await, Admission::Duplicate);
}

pub(super) async fn a_redriven_message_that_took_effect_is_absorbed<F: Stores>(stores: &F) {
    let store = stores.open().await;
    assert_eq!(handle(&store, "a#1").await, Admission::New);
    assert_eq!(redrive(&store, "a#1").await, Admission::Duplicate);
    // It stays handled, whoever gives it up now.
    assert_eq!(give_up(&store, "a#1").await, Admission::Duplicate);
    let again = admit_as(&store, "a#1", |entry| entry.unparked().redriven(true).given_up()).await;
    assert_eq!(again, Admission::Duplicate);
    assert_eq!(redrive(&store, "a#1").await, Admission::Duplicate);
}

pub(super) async fn a_redriven_message_whose_effect_is_rolled_back_stays_given_up<F: Stores>(stores: &F) {
    let store = stores.open().await;
    give_up(&store, "a#1").await;
    let mut transaction = begin(&store).await;
    let id = id("a#1");
    let entry = InboxEntry::new(CONSUMER, &id, "a").redriven(true);
    let admitted = store.admit(&mut transaction, entry).await;
    assert_eq!(admitted.expect("the inbox answers"), Admission::New);
    enqueue(&store, &mut transaction, "effect#1").await;
    drop(transaction);
    assert_eq!(pending(&store).await, 0);
    assert_eq!(handle(&store, "a#1").await, Admission::Duplicate);
    assert_eq!(redrive(&store, "a#1").await, Admission::New);
}

pub(super) async fn a_message_that_is_given_up_again_may_be_redriven_again<F: Stores>(stores: &F) {
    let store = stores.open().await;
    give_up(&store, "a#1").await;
    stores.pass(50 * SECOND).await;
    let again = admit_as(&store, "a#1", |entry| entry.unparked().redriven(true).given_up()).await;
    assert_eq!(again, Admission::New);
    assert_eq!(handle(&store, "a#1").await, Admission::Duplicate);
    stores.pass(50 * SECOND).await;
    let pruned = store.prune(CONSUMER, 60 * SECOND, 10).await;
    assert_eq!(pruned.expect("it prunes"), 0, "its time counts anew");
    assert_eq!(redrive(&store, "a#1").await, Admission::New);
    assert_eq!(redrive(&store, "a#1").await, Admission::Duplicate);
}

pub(super) async fn a_redriven_message_waits_behind_its_parked_key<F: Stores>(stores: &F) {
    let store = stores.open().await;
    give_up(&store, "a#1").await;
    park(&store, "a#2", SECOND).await;
    assert_eq!(redrive(&store, "a#1").await, Admission::KeyParked);
    assert_eq!(
        handle(&store, "a#1").await,
        Admission::Duplicate,
        "one that was not redriven is absorbed all the same"
    );
    let redriven = content("a#1");
    write_parked(
        &store,
        NewlyParked::behind(CONSUMER, "a", &redriven).redriven(true),
    )
    .await;
    stores.pass(SECOND).await;
    let first = claim_parked(&store).await;
    assert_eq!(parked_ids(&first), ["a#2"]);
    assert_eq!(unpark(&store, &first[0]).await, (true, Admission::New));
    let second = claim_parked(&store).await;
    assert_eq!(parked_ids(&second), ["a#1"]);
    let mut transaction = begin(&store).await;
    let is_ours = store.unpark(&mut transaction, second[0].lease).await;
    let id = id("a#1");
    let entry = InboxEntry::new(CONSUMER, &id, "a").unparked().redriven(true);
    let admitted = store.admit(&mut transaction, entry).await;
    commit(&store, transaction).await;
    assert_eq!(
        (
            is_ours.expect("the park answers"),
            admitted.expect("the inbox answers")
        ),
        (true, Admission::New)
    );
    assert_eq!(redrive(&store, "a#1").await, Admission::Duplicate);
}

pub(super) async fn a_redriven_message_becomes_its_parked_self_and_voids_every_claim<F: Stores>(stores: &F) {
    let (store, other) = (stores.open().await, stores.open().await);
    park(&store, "a#1", SECOND).await;
    park(&store, "a#2", SECOND).await;
    stores.pass(SECOND).await;
    let old = claim_parked(&store).await;
    let mut redriven = content("a#1");
    redriven
        .headers
        .insert("x-redriven-at".to_owned(), "now".to_owned());
    redriven.body = b"repaired".to_vec();
    write_parked(
        &other,
        NewlyParked::behind(CONSUMER, "a", &redriven).redriven(true),
    )
    .await;
    let mut transaction = begin(&store).await;
    let is_ours = store.unpark(&mut transaction, old[0].lease).await;
    drop(transaction);
    assert!(!is_ours.expect("the park answers"), "he may have given it up");
    let new = claim_parked(&other).await;
    assert_eq!(parked_ids(&new), ["a#1"], "it keeps its place");
    assert_eq!((new[0].attempts, &new[0].content), (0, &redriven));
    assert_eq!(unpark(&other, &new[0]).await, (true, Admission::New));
    assert_eq!(parked_ids(&claim_parked(&other).await), ["a#2"]);
}
