//! The messages: small ones, for which whatever is not decoding weighs the most, and those of 1.4 kB that
//! `event-contracts` is measured with.

use super::queue::QUEUE;
use crate::benches::event_contracts::messages;
use event_contracts::product::{ProductCreated, ProductDeleted};
use event_contracts::{Envelope, Event, MessageId};
use event_messaging::{OutboundMessage, Publisher, memory};
use product_types::{ProductId, Timestamp};
use tokio::runtime::Runtime;

pub(super) const EXCHANGE: &str = "product.events";

/// An event that there are messages of.
pub(super) trait Sample: Event + Send + 'static {
    /// About product `key`.
    fn of(key: ProductId) -> Self;
}

/// About 0.3 kB.
impl Sample for ProductDeleted {
    fn of(key: ProductId) -> Self {
        Self::new(key, at(), "u-17")
    }
}

/// About 1.4 kB.
impl Sample for ProductCreated {
    fn of(key: ProductId) -> Self {
        let mut event = messages::envelope_1k4().into_payload();
        event.product_id = key;
        event
    }
}

/// Message number `number`, of one of a hundred keys.
pub(super) fn message<E: Sample>(number: u64) -> OutboundMessage {
    let key = ProductId::new(format!("prod_{}", number % 100)).expect("not empty");
    let id = MessageId::new(format!("m-{number}")).expect("not empty");
    let envelope = Envelope::new_with_id(id, E::of(key), "product-service", "req-1", at())
        .with_sequence(number / 100 + 1);
    OutboundMessage::from_envelope(&envelope).expect("it can be written")
}

/// A broker with one queue for so many messages.
pub(super) fn broker(capacity: u64) -> (memory::Broker, memory::Queue) {
    let broker = memory::Broker::new();
    let queue = broker.declare_queue(QUEUE, usize::try_from(capacity).unwrap_or(usize::MAX));
    broker.bind(QUEUE, EXCHANGE, "#").expect("the queue was declared");
    (broker, queue)
}

/// Publishes messages number 0 to `messages`.
pub(super) fn publish<E: Sample>(runtime: &Runtime, to: &impl Publisher, messages: u64) {
    let outcomes = runtime.block_on(to.publish((0..messages).map(message::<E>).collect()));
    assert!(
        outcomes.iter().all(|outcome| outcome.is_sent()),
        "there is room for all"
    );
}

fn at() -> Timestamp {
    Timestamp::from_unix(1_790_000_000, 0).expect("a year before 9999")
}

#[cfg(test)]
mod tests {
    use super::{Sample, message};
    use event_contracts::product::{ProductCreated, ProductDeleted};

    fn length<E: Sample>() -> usize {
        message::<E>(1_234).body.len()
    }

    #[test]
    fn the_messages_are_as_long_as_it_is_said() {
        let (small, large) = (length::<ProductDeleted>(), length::<ProductCreated>());
        assert!((250..=350).contains(&small), "{small}");
        assert!((1_300..=1_500).contains(&large), "{large}");
    }
}
