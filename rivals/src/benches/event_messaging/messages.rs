//! The messages: small ones, for which whatever is not decoding weighs the most.

use event_contracts::product::ProductDeleted;
use event_contracts::{Envelope, MessageId};
use event_messaging::{OutboundMessage, memory};
use product_types::{ProductId, Timestamp};

pub(super) const EXCHANGE: &str = "product.events";

/// Message number `number`, of one of a hundred keys.
pub(super) fn message(number: u64) -> OutboundMessage {
    let at = Timestamp::from_unix(1_790_000_000, 0).expect("a year before 9999");
    let key = ProductId::new(format!("prod_{}", number % 100)).expect("not empty");
    let id = MessageId::new(format!("m-{number}")).expect("not empty");
    let event = ProductDeleted::new(key, at, "u-17");
    let envelope =
        Envelope::new_with_id(id, event, "product-service", "req-1", at).with_sequence(number / 100 + 1);
    OutboundMessage::from_envelope(&envelope).expect("it can be written")
}

/// A broker with one queue for so many messages.
pub(super) fn broker(capacity: u64) -> (memory::Broker, memory::Queue) {
    let broker = memory::Broker::new();
    let queue = broker.declare_queue("q", usize::try_from(capacity).unwrap_or(usize::MAX));
    broker.bind("q", EXCHANGE, "#").expect("the queue was declared");
    (broker, queue)
}
