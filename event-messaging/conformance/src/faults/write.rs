//! The writer's side: events in transactions of their own.

use super::brake::{Brake, Place};
use super::{Database, Deleted};
use event_contracts::product::ProductDeleted;
use event_contracts::{Envelope, MessageId};
use event_messaging::{InboxStore, OutboundMessage, OutboxWriter};
use product_types::{ProductId, Timestamp};

/// An event of a product, not numbered yet.
pub(crate) fn deleted(key: &str) -> Deleted {
    let now = Timestamp::now();
    let product = ProductId::new(key).expect("keys of the suite are not empty");
    let event = ProductDeleted::new(product, now, "conformance");
    Envelope::new_with_id(MessageId::at(now), event, "product-service", "conformance", now)
}

/// The trace that all messages of the suite belong to, and that must reach every handler and every dead letter.
pub(crate) const TRACEPARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
pub(crate) const TRACESTATE: &str = "conformance=21";

/// A message of a numbered event, for those who publish without an outbox.
pub(crate) fn message(key: &str, sequence: u64) -> OutboundMessage {
    OutboundMessage::from_envelope(&deleted(key).with_sequence(sequence))
        .expect("events of ours can be written")
        .with_trace_context(TRACEPARENT, Some(TRACESTATE))
}

/// Writes one event of `key` to `exchange` in a transaction of its own, stopping where the brake says.
pub(crate) async fn event<D: Database>(
    database: &D,
    outbox: &D::Outbox,
    key: &str,
    exchange: &str,
    brake: &Brake,
) -> MessageId {
    let inbox = database.inbox();
    let mut transaction = inbox.begin().await.expect("the database is well");
    let sequence = outbox
        .next_sequence(&mut transaction, key)
        .await
        .expect("the database is well");
    let mut message = message(key, sequence);
    exchange.clone_into(&mut message.exchange);
    let id = message.message_id.clone();
    outbox
        .enqueue(&mut transaction, message)
        .await
        .expect("the database is well");
    brake.reach(Place::Written).await;
    inbox.commit(transaction).await.expect("the database is well");
    brake.reach(Place::Committed).await;
    id
}
