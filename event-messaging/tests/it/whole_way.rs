//! Outbox, relay, broker, consumer: everything fails at random, and nothing is lost, doubled or out of order.

use crate::support::{Scripted, Stop, Told, message};
use event_contracts::ProductEvent;
use event_messaging::{
    Consumer, ConsumerConfig, Context, DeadLetterExchange, Handler, HandlerError, OutboxStore, Outcome,
    Relay, RelayConfig, Retries, SequenceGate, Verdict, clock, memory,
};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

const KEYS: [&str; 5] = ["a", "b", "c", "d", "e"];
const EVENTS_A_KEY: u64 = 30;

/// Applies each event once, by its sequence, and sometimes fails before or after the effect.
#[derive(Clone)]
struct Projection(Arc<Mutex<State>>);

struct State {
    random: fastrand::Rng,
    gate: SequenceGate,
    applied: BTreeMap<String, Vec<u64>>,
    duplicates: u64,
}

impl Handler<ProductEvent> for Projection {
    type Error = HandlerError;

    async fn handle(&self, event: ProductEvent, (): &mut (), _: &Context<'_>) -> Result<(), HandlerError> {
        let pause = self.0.lock().unwrap().random.u64(0..20);
        clock::sleep(Duration::from_millis(pause)).await;
        let mut state = self.0.lock().unwrap();
        if state.random.u32(0..10) < 2 {
            return Err(HandlerError::transient("failed before the effect"));
        }
        let key = event.metadata().partition_key.clone().unwrap();
        let sequence = event.metadata().sequence.unwrap();
        match state.gate.check(&key, sequence) {
            Verdict::Stale { .. } => state.duplicates += 1,
            Verdict::Next => {
                state.applied.entry(key.clone()).or_default().push(sequence);
                state.gate.record(key, sequence);
            }
            Verdict::Gap { missing } => panic!("{missing:?} of {key} were overtaken by {sequence}"),
        }
        if state.random.u32(0..10) < 2 {
            Err(HandlerError::transient("failed after the effect"))
        } else {
            Ok(())
        }
    }
}

async fn journey(seed: u64) -> (u64, u64) {
    let broker = memory::Broker::new();
    let queue = broker.declare_queue("projection", 8);
    broker.bind("projection", "product.events", "product.#").unwrap();
    let dead_letters = DeadLetterExchange::new(broker.clone(), "dead");
    let random = Mutex::new(fastrand::Rng::with_seed(seed));
    let publisher = Scripted::new(broker, move |_| match random.lock().unwrap().u32(0..10) {
        0 => Told::Answer(Outcome::Nacked),
        1 => Told::Answer(Outcome::Unknown),
        2 => Told::LoseAnswer,
        _ => Told::Pass,
    });
    let outbox = memory::Outbox::new();
    let projection = Projection(Arc::new(Mutex::new(State {
        random: fastrand::Rng::with_seed(seed + 1),
        gate: SequenceGate::new(),
        applied: BTreeMap::new(),
        duplicates: 0,
    })));

    let relay_stop = Stop::new();
    let relays: Vec<_> = (0..2)
        .map(|number| {
            let config = RelayConfig::default().with_batch(11).with_seed(seed + number);
            let relay = Relay::new(outbox.clone(), publisher.clone(), config).unwrap();
            tokio::spawn(relay.run(relay_stop.signal()))
        })
        .collect();
    let consume = |seed: u64| {
        let stop = Stop::new();
        let config = ConsumerConfig::new("projection")
            .with_retries(Retries::new([Duration::from_millis(100); 50]))
            .with_drain_timeout(Duration::from_millis(5))
            .with_seed(seed);
        let consumer =
            Consumer::new(queue.clone(), projection.clone(), dead_letters.clone(), config).unwrap();
        (stop.clone(), tokio::spawn(consumer.run(stop.signal())))
    };
    let mut random = fastrand::Rng::with_seed(seed + 2);
    let (mut stop, mut consumer) = consume(seed);
    for sequence in 1..=EVENTS_A_KEY {
        for key in KEYS {
            outbox.enqueue(message(key, sequence));
        }
        clock::sleep(Duration::from_millis(random.u64(0..200))).await;
        // Every tenth time the consumer stops in the midst of its work, and another takes over; or it dies.
        if sequence % 10 == 0 {
            if random.bool() {
                stop.now();
            } else {
                consumer.abort();
            }
            let _ = consumer.await;
            (stop, consumer) = consume(seed + sequence);
        }
    }
    let limit = clock::now() + Duration::from_secs(3_600);
    while outbox.backlog().await.unwrap().pending > 0 || queue.unsettled() > 0 {
        assert!(clock::now() < limit, "seed {seed}: it does not come to rest");
        clock::sleep(Duration::from_millis(100)).await;
    }
    relay_stop.now();
    stop.now();
    let mut nacked = 0;
    for relay in relays {
        nacked += relay.await.unwrap().nacked;
    }
    consumer.await.unwrap().unwrap();

    let state = projection.0.lock().unwrap();
    for key in KEYS {
        let expected: Vec<u64> = (1..=EVENTS_A_KEY).collect();
        assert_eq!(state.applied.get(key), Some(&expected), "seed {seed}, key {key}");
    }
    (nacked, state.duplicates)
}

#[tokio::test(start_paused = true)]
async fn nothing_is_lost_doubled_or_out_of_order() {
    let (mut nacked, mut duplicates) = (0, 0);
    for seed in 0..40 {
        let (some_nacked, some_duplicates) = journey(seed).await;
        nacked += some_nacked;
        duplicates += some_duplicates;
    }
    assert!(
        nacked > 100 && duplicates > 100,
        "the faults happened: {nacked} nacked, {duplicates} duplicates"
    );
}
