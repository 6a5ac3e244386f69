//! The steps of which the cases are made.

use super::Store;
use event_contracts::MessageId;
use event_messaging::{
    Admission, Claimed, InboxEntry, InboxStore, NewlyParked, OutboundMessage, Parked, ParkedContent,
};
use std::time::Duration;

pub(super) const LEASE: Duration = Duration::from_secs(30);
pub(super) const SECOND: Duration = Duration::from_secs(1);
pub(super) const CONSUMER: &str = "conformance";

/// The transaction of a store.
pub(super) type Transaction<S> = <S as InboxStore>::Transaction;

pub(super) fn id(text: &str) -> MessageId {
    MessageId::new(text).expect("it is not empty")
}

/// A message of the key that is in front of `#`.
pub(super) fn message(text: &str) -> OutboundMessage {
    let key = text.split('#').next().unwrap_or_default();
    OutboundMessage::new(
        id(text),
        "product.events",
        "product.updated",
        key,
        text.to_owned(),
    )
}

pub(super) async fn begin<S: Store>(store: &S) -> Transaction<S> {
    store.begin().await.expect("a transaction begins")
}

pub(super) async fn commit<S: Store>(store: &S, transaction: Transaction<S>) {
    store.commit(transaction).await.expect("it commits");
}

pub(super) async fn enqueue<S: Store>(store: &S, transaction: &mut Transaction<S>, text: &str) {
    let enqueued = store.enqueue(transaction, message(text)).await;
    enqueued.expect("a message is written");
}

/// Writes and commits, each in a transaction of its own.
pub(super) async fn write<S: Store>(store: &S, texts: &[&str]) {
    for text in texts {
        let mut transaction = begin(store).await;
        enqueue(store, &mut transaction, text).await;
        commit(store, transaction).await;
    }
}

pub(super) async fn claim<S: Store>(store: &S, limit: usize) -> Vec<Claimed> {
    store.claim(limit, LEASE).await.expect("a claim succeeds")
}

pub(super) fn ids(claimed: &[Claimed]) -> Vec<&str> {
    claimed
        .iter()
        .map(|row| row.message.message_id.as_str())
        .collect()
}

pub(super) async fn mark<S: Store>(store: &S, rows: &[Claimed]) -> usize {
    let leases: Vec<_> = rows.iter().map(|row| row.lease).collect();
    store.mark_sent(&leases).await.expect("rows are marked")
}

pub(super) async fn pending<S: Store>(store: &S) -> u64 {
    store.backlog().await.expect("the backlog can be read").pending
}

/// Admits the message of a key: what is in front of `#`.
pub(super) async fn admit<S: Store>(store: &S, transaction: &mut Transaction<S>, text: &str) -> Admission {
    admit_for(store, transaction, CONSUMER, text).await
}

pub(super) async fn admit_for<S: Store>(
    store: &S,
    transaction: &mut Transaction<S>,
    consumer: &str,
    text: &str,
) -> Admission {
    let (id, key) = (id(text), text.split('#').next().unwrap_or_default());
    let admitted = store
        .admit(transaction, InboxEntry::new(consumer, &id, key))
        .await;
    admitted.expect("the inbox answers")
}

/// Admits what `entry` makes of a message, and commits.
pub(super) async fn admit_as<S: Store>(
    store: &S,
    text: &str,
    entry: impl FnOnce(InboxEntry<'_>) -> InboxEntry<'_>,
) -> Admission {
    let (id, key) = (id(text), text.split('#').next().unwrap_or_default());
    let mut transaction = begin(store).await;
    let entry = entry(InboxEntry::new(CONSUMER, &id, key));
    let admitted = store.admit(&mut transaction, entry).await;
    commit(store, transaction).await;
    admitted.expect("the inbox answers")
}

/// Gives a message up, and commits.
pub(super) async fn give_up<S: Store>(store: &S, text: &str) -> Admission {
    admit_as(store, text, |entry| entry.unparked().given_up()).await
}

/// Admits a message that was redriven, and commits.
pub(super) async fn redrive<S: Store>(store: &S, text: &str) -> Admission {
    admit_as(store, text, |entry| entry.redriven(true)).await
}

/// Admits a message, and commits.
pub(super) async fn handle<S: Store>(store: &S, text: &str) -> Admission {
    let mut transaction = begin(store).await;
    let admission = admit(store, &mut transaction, text).await;
    commit(store, transaction).await;
    admission
}

pub(super) fn content(text: &str) -> ParkedContent {
    ParkedContent::new(id(text), "product.events", "product.updated", text)
}

/// Parks a message that failed once and is to rest for `delay`, and commits.
pub(super) async fn park<S: Store>(store: &S, text: &str, delay: Duration) {
    let (content, key) = (content(text), text.split('#').next().unwrap_or_default());
    let parked = NewlyParked::behind(CONSUMER, key, &content).failed(1, SECOND, delay, "it failed");
    write_parked(store, parked).await;
}

/// Parks a message behind those of its key, and commits.
pub(super) async fn park_behind<S: Store>(store: &S, text: &str) {
    let (content, key) = (content(text), text.split('#').next().unwrap_or_default());
    write_parked(store, NewlyParked::behind(CONSUMER, key, &content)).await;
}

pub(super) async fn write_parked<S: Store>(store: &S, message: NewlyParked<'_>) {
    let mut transaction = begin(store).await;
    store
        .park(&mut transaction, message)
        .await
        .expect("a message is parked");
    commit(store, transaction).await;
}

pub(super) async fn claim_parked<S: Store>(store: &S) -> Vec<Parked> {
    let claimed = store.claim_parked(CONSUMER, 10, LEASE).await;
    let mut claimed = claimed.expect("the park answers");
    claimed.sort_by(|one, other| one.key.cmp(&other.key));
    claimed
}

pub(super) fn parked_ids(parked: &[Parked]) -> Vec<&str> {
    parked.iter().map(|row| row.content.message_id.as_str()).collect()
}

/// Takes a message out of the park together with its inbox row, and commits.
pub(super) async fn unpark<S: Store>(store: &S, parked: &Parked) -> (bool, Admission) {
    let mut transaction = begin(store).await;
    let taken = take_out(store, &mut transaction, parked).await;
    commit(store, transaction).await;
    taken
}

pub(super) async fn take_out<S: Store>(
    store: &S,
    transaction: &mut Transaction<S>,
    parked: &Parked,
) -> (bool, Admission) {
    let is_ours = store.unpark(transaction, parked.lease).await;
    let entry = InboxEntry::new(CONSUMER, &parked.content.message_id, &parked.key).unparked();
    let admission = store.admit(transaction, entry).await;
    (
        is_ours.expect("the park answers"),
        admission.expect("the inbox answers"),
    )
}
