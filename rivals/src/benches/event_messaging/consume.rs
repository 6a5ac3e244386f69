//! What the consumer costs beside a loop that decodes and settles.

use super::messages;
use crate::harness::{Bar, Batch, Effort, Row, Subject, allocations, take_turns};
use event_contracts::Envelope;
use event_contracts::product::ProductDeleted;
use event_messaging::{
    Consumer, ConsumerConfig, ConsumerCounts, Context, Control, DeadLetterExchange, Error, Handler,
    Publisher, Received, memory,
};
use std::convert::Infallible;
use std::future::{Future, pending, poll_fn};
use std::hint::black_box;
use std::task::Poll;
use tokio::runtime::{Builder, Runtime};

const BY_HAND: &str = "a loop that decodes and settles";
/// Messages a sample; a multiple of what a consumer takes in one go, so that it does no more than it is asked for.
const CALLS: u64 = 19_200;

pub(super) fn overhead(effort: Effort) -> Vec<Row> {
    let calls = effort.calls(CALLS);
    let filled = calls + calls / 10;
    let subject = |make: fn(u64) -> Batch| Subject::new(move || make(filled)).with_calls(calls).afresh();
    let [hand, ours, inbox] = take_turns(
        effort,
        &[subject(by_hand), subject(without_inbox), subject(with_inbox)],
    );
    // Those of the warming come first.
    let allocated = [by_hand, without_inbox].map(|make| allocations(make(2_000)));
    vec![
        Row::time("consume_overhead", ours, BY_HAND, hand).with_bar(Bar::Ratio(1.15)),
        Row::time("inbox_cost", inbox, "the consumer without an inbox", ours),
        Row::allocations("consume_allocs", allocated[1], BY_HAND, allocated[0]),
    ]
}

fn runtime() -> Runtime {
    Builder::new_current_thread()
        .enable_time()
        .build()
        .expect("a runtime can be made")
}

fn filled(runtime: &Runtime, messages: u64) -> (memory::Broker, memory::Queue) {
    let (broker, queue) = messages::broker(messages);
    let outcomes = runtime.block_on(broker.publish((0..messages).map(messages::message).collect()));
    assert!(
        outcomes.iter().all(|outcome| outcome.is_sent()),
        "there is room for all"
    );
    (broker, queue)
}

fn by_hand(messages: u64) -> Batch {
    let runtime = runtime();
    let (_, queue) = filled(&runtime, messages);
    Box::new(move |calls| {
        runtime.block_on(async {
            for _ in 0..calls {
                let delivery = queue.recv().await.expect("the queue is there");
                black_box(
                    Envelope::<ProductDeleted>::decode(delivery.body()).expect("it is a ProductDeleted"),
                );
                delivery.ack();
            }
        });
    })
}

/// Handles everything by doing nothing.
struct Ignore;

impl<T: Send> Handler<Envelope<ProductDeleted>, T> for Ignore {
    type Error = Infallible;

    async fn handle(
        &self,
        event: Envelope<ProductDeleted>,
        _: &mut T,
        _: &Context<'_>,
    ) -> Result<(), Infallible> {
        black_box(event);
        Ok(())
    }
}

fn consumer(
    broker: memory::Broker,
    queue: memory::Queue,
) -> Consumer<memory::Queue, Ignore, DeadLetterExchange<memory::Broker>, Envelope<ProductDeleted>> {
    let dead_letters = DeadLetterExchange::new(broker, "dead");
    Consumer::new(queue, Ignore, dead_letters, ConsumerConfig::new("bench")).expect("the defaults are valid")
}

fn without_inbox(messages: u64) -> Batch {
    let runtime = runtime();
    let (broker, queue) = filled(&runtime, messages);
    let consumer = consumer(broker, queue);
    consuming(runtime, consumer.control(), consumer.run(pending()))
}

fn with_inbox(messages: u64) -> Batch {
    let runtime = runtime();
    let (broker, queue) = filled(&runtime, messages);
    let consumer = consumer(broker, queue).with_inbox(memory::Inbox::new());
    consuming(runtime, consumer.control(), consumer.run(pending()))
}

/// Runs the consumer until it has handled as many more as it is asked for.
fn consuming(
    runtime: Runtime,
    control: Control,
    running: impl Future<Output = Result<ConsumerCounts, Error>> + 'static,
) -> Batch {
    let mut running = Box::pin(running);
    let mut target = 0;
    Box::new(move |calls| {
        target += calls;
        runtime.block_on(poll_fn(|cx| {
            assert!(running.as_mut().poll(cx).is_pending(), "nobody has stopped it");
            if control.counts().handled >= target {
                Poll::Ready(())
            } else {
                Poll::Pending
            }
        }));
    })
}
