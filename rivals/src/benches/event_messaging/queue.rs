//! The loop by hand and the consumer, over a queue in memory.

use super::handlers::Ignore;
use super::messages::{self, Sample, publish};
use super::running::{runtime, until_done};
use crate::harness::Batch;
use event_contracts::Envelope;
use event_messaging::{Consumer, ConsumerConfig, DeadLetterExchange, Delivery, Received, Source, memory};
use std::future::pending;
use std::hint::black_box;
use tokio::runtime::Runtime;

/// The consumer's name, too.
pub(super) const QUEUE: &str = "bench";

/// A consumer of the queue, and the handler's type is open.
pub(super) type QueueConsumer<E, H> =
    Consumer<memory::Queue, H, DeadLetterExchange<memory::Broker>, Envelope<E>>;

/// A broker, and its queue that holds so many messages.
fn filled<E: Sample>(runtime: &Runtime, messages: u64) -> (memory::Broker, memory::Queue) {
    let (broker, queue) = messages::broker(messages);
    publish::<E>(runtime, &broker, messages);
    (broker, queue)
}

/// A consumer of a queue that holds so many messages.
pub(super) fn consumer_of<E: Sample, H>(
    runtime: &Runtime,
    messages: u64,
    handler: H,
    config: ConsumerConfig,
) -> QueueConsumer<E, H> {
    let (broker, queue) = filled::<E>(runtime, messages);
    let dead_letters = DeadLetterExchange::new(broker, "dead");
    Consumer::new(queue, handler, dead_letters, config).expect("it is valid")
}

pub(super) fn by_hand<E: Sample>(messages: u64) -> Batch {
    let runtime = runtime();
    let (_broker, mut queue) = filled::<E>(&runtime, messages);
    Box::new(move |calls| {
        runtime.block_on(async {
            for _ in 0..calls {
                // As a source, which is what the consumer has.
                let received = Source::recv(&mut queue).await.expect("the queue is there");
                let delivery = received.expect("nobody closes it");
                black_box(Envelope::<E>::decode(delivery.body()).expect("it is such an event"));
                Delivery::ack(delivery).await.expect("it is its own");
            }
        });
    })
}

pub(super) fn consumer<E: Sample>(messages: u64) -> Batch {
    let runtime = runtime();
    let consumer = consumer_of::<E, _>(&runtime, messages, Ignore, ConsumerConfig::new(QUEUE));
    let control = consumer.control();
    until_done(runtime, consumer.run(pending()), move || control.counts().handled)
}
