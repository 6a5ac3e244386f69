//! What the consumer relies on: an effect and its inbox row are one.

use super::steps::{CONSUMER, SECOND, admit, admit_for, begin, commit, enqueue, handle, pending};
use super::{Store, Stores};
use event_messaging::{Admission, InboxStore};

pub(super) async fn a_message_is_new_once<F: Stores>(stores: &F) {
    let (store, other) = (stores.open().await, stores.open().await);
    assert_eq!(handle(&store, "a#1").await, Admission::New);
    assert_eq!(handle(&store, "a#1").await, Admission::Duplicate);
    assert_eq!(handle(&other, "a#1").await, Admission::Duplicate);
    assert_eq!(handle(&store, "a#2").await, Admission::New);
}

pub(super) async fn consumers_do_not_share_what_they_handled<F: Stores>(stores: &F) {
    let store = stores.open().await;
    for consumer in ["one", "other"] {
        let mut transaction = begin(&store).await;
        let admission = admit_for(&store, &mut transaction, consumer, "a#1").await;
        assert_eq!(admission, Admission::New, "{consumer}");
        commit(&store, transaction).await;
    }
}

pub(super) async fn a_rollback_takes_back_the_message_with_its_effect<F: Stores>(stores: &F) {
    let store = stores.open().await;
    let mut transaction = begin(&store).await;
    assert_eq!(admit(&store, &mut transaction, "a#1").await, Admission::New);
    enqueue(&store, &mut transaction, "effect#1").await;
    drop(transaction);
    assert_eq!(pending(&store).await, 0);
    assert_eq!(handle(&store, "a#1").await, Admission::New);
}

/// Handles a message whose effect is a message in the outbox, and gives others a turn in between.
async fn effect<S: Store>(store: &S, is_kept: bool) -> Admission {
    let mut transaction = begin(store).await;
    let admission = admit(store, &mut transaction, "a#1").await;
    if admission == Admission::New {
        enqueue(store, &mut transaction, "effect#1").await;
    }
    tokio::task::yield_now().await;
    if is_kept {
        commit(store, transaction).await;
    }
    admission
}

pub(super) async fn one_message_in_two_transactions_has_one_effect<F: Stores>(stores: &F) {
    let (one, other) = (stores.open().await, stores.open().await);
    let (first, second) = tokio::join!(effect(&one, true), effect(&other, true));
    let mut admissions = [first, second];
    admissions.sort_by_key(|admission| *admission != Admission::New);
    assert_eq!(admissions, [Admission::New, Admission::Duplicate]);
    assert_eq!(pending(&one).await, 1);
}

pub(super) async fn a_message_whose_rival_was_rolled_back_is_new<F: Stores>(stores: &F) {
    let (one, other) = (stores.open().await, stores.open().await);
    // Whichever comes first, the one that is rolled back leaves nothing.
    let (_, kept) = tokio::join!(effect(&one, false), effect(&other, true));
    assert_eq!(kept, Admission::New);
    assert_eq!(pending(&one).await, 1);
}

pub(super) async fn retention_is_kept_and_then_the_message_is_forgotten<F: Stores>(stores: &F) {
    let store = stores.open().await;
    for text in ["a#1", "a#2", "b#1"] {
        handle(&store, text).await;
    }
    let mut others = begin(&store).await;
    admit_for(&store, &mut others, "other", "a#1").await;
    commit(&store, others).await;
    stores.pass(60 * SECOND).await;
    handle(&store, "late#1").await;
    let prune = async |limit| {
        store
            .prune(CONSUMER, 60 * SECOND, limit)
            .await
            .expect("it prunes")
    };
    assert_eq!(prune(10).await, 0, "as old as the retention, not older");
    stores.pass(SECOND).await;
    let pruned = [prune(2).await, prune(2).await, prune(2).await];
    assert_eq!(pruned, [2, 1, 0]);
    assert_eq!(handle(&store, "a#1").await, Admission::New);
    assert_eq!(handle(&store, "late#1").await, Admission::Duplicate);
    let mut others = begin(&store).await;
    let admission = admit_for(&store, &mut others, "other", "a#1").await;
    assert_eq!(
        admission,
        Admission::Duplicate,
        "each consumer has its own retention"
    );
}
