//! What the writer of events relies on.

use super::Stores;
use super::steps::{begin, claim, commit, enqueue, ids, pending};
use event_contracts::Envelope;
use event_contracts::product::ProductDeleted;
use event_messaging::OutboxWriter;
use product_types::{ProductId, Timestamp};

pub(super) async fn what_was_rolled_back_was_never_there<F: Stores>(stores: &F) {
    let store = stores.open().await;
    let mut transaction = begin(&store).await;
    enqueue(&store, &mut transaction, "a#1").await;
    drop(transaction);
    assert_eq!(pending(&store).await, 0);
    assert_eq!(claim(&store, 10).await, []);
    // Nor does its id stand in the way.
    let mut transaction = begin(&store).await;
    enqueue(&store, &mut transaction, "a#1").await;
    commit(&store, transaction).await;
    assert_eq!(ids(&claim(&store, 10).await), ["a#1"]);
}

pub(super) async fn numbers_of_a_key_have_no_holes<F: Stores>(stores: &F) {
    let store = stores.open().await;
    let mut numbers = Vec::new();
    for is_committed in [true, false, true, false, false, true] {
        let mut transaction = begin(&store).await;
        for key in ["a", "b"] {
            let number = store.next_sequence(&mut transaction, key).await;
            numbers.extend(is_committed.then_some(number.expect("it counts")));
        }
        let second = store.next_sequence(&mut transaction, "a").await;
        numbers.extend(is_committed.then_some(second.expect("it counts")));
        if is_committed {
            commit(&store, transaction).await;
        }
    }
    assert_eq!(numbers, [1, 1, 2, 3, 2, 4, 5, 3, 6]);
}

pub(super) async fn events_are_numbered_as_they_are_appended<F: Stores>(stores: &F) {
    let store = stores.open().await;
    let mut transaction = begin(&store).await;
    for product in ["p", "q", "p"] {
        let id = ProductId::new(product).expect("it is not empty");
        let event = ProductDeleted::new(id, Timestamp::UNIX_EPOCH, "u-17");
        let envelope = Envelope::new(event, "product-service", "req-1", Timestamp::UNIX_EPOCH);
        let message = {
            let key = product.to_owned();
            let sequence = store
                .next_sequence(&mut transaction, &key)
                .await
                .expect("it counts");
            let envelope = envelope.with_sequence(sequence);
            event_messaging::OutboundMessage::from_envelope(&envelope).expect("it is JSON")
        };
        store
            .enqueue(&mut transaction, message)
            .await
            .expect("it is written");
    }
    commit(&store, transaction).await;
    let rows = claim(&store, 10).await;
    let written = rows
        .iter()
        .map(|row| (row.message.key.as_str(), row.message.sequence));
    assert_eq!(
        written.collect::<Vec<_>>(),
        [("p", Some(1)), ("q", Some(1)), ("p", Some(2))]
    );
}
