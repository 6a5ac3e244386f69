//! The loop by hand and the consumer, over a log in memory.

use super::handlers::Ignore;
use super::messages::{EXCHANGE, Sample, publish};
use super::running::{runtime, until_done};
use crate::harness::Batch;
use event_contracts::Envelope;
use event_messaging::{
    ConsumerConfig, DeadLetterExchange, LogConsumer, LogEvent, LogSource, Received, Record, memory,
};
use std::collections::BTreeMap;
use std::future::pending;
use std::hint::black_box;
use tokio::runtime::Runtime;

/// How many partitions share the keys.
const PARTITIONS: usize = 4;

fn filled<E: Sample>(runtime: &Runtime, messages: u64) -> memory::LogConsumer {
    let log = memory::Log::new();
    let capacity = usize::try_from(messages).unwrap_or(usize::MAX);
    log.create_topic(EXCHANGE, PARTITIONS, capacity, memory::Retention::UntilCommitted);
    publish::<E>(runtime, &log, messages);
    log.consumer("bench", EXCHANGE).expect("the topic was created")
}

/// Notes how far each partition is done, and commits that at the end of a batch; the consumer does it once a second.
pub(super) fn by_hand<E: Sample>(messages: u64) -> Batch {
    let runtime = runtime();
    let mut source = filled::<E>(&runtime, messages);
    let mut done = BTreeMap::new();
    Box::new(move |calls| {
        runtime.block_on(async {
            let mut handled = 0;
            while handled < calls {
                let event = source.next().await.expect("the topic is there");
                // The other events are that its partitions are its own.
                let Some(LogEvent::Record(record)) = event else {
                    continue;
                };
                black_box(Envelope::<E>::decode(record.body()).expect("it is such an event"));
                done.insert(record.partition().clone(), record.offset() + 1);
                handled += 1;
            }
            for (partition, next) in std::mem::take(&mut done) {
                source.commit(&partition, next).await.expect("it is its own");
            }
        });
    })
}

pub(super) fn consumer<E: Sample>(messages: u64) -> Batch {
    let runtime = runtime();
    let source = filled::<E>(&runtime, messages);
    let dead_letters = DeadLetterExchange::new(memory::Broker::new(), "dead");
    let consumer: LogConsumer<_, _, _, Envelope<E>> =
        LogConsumer::new(source, Ignore, dead_letters, ConsumerConfig::new("bench"))
            .expect("the defaults are valid");
    let control = consumer.control();
    until_done(runtime, consumer.run(pending()), move || control.counts().handled)
}
