//! Consumers that come, leave and die while messages flow, on virtual time: the order of each key holds, and each event
//! has its effect once. A seed decides it all; one that fails is printed, and `SHARING_SEED` runs it alone.

use event_contracts::product::ProductDeleted;
use event_contracts::{Envelope, MessageId};
use event_messaging::memory::{Broker, Inbox, InboxTransaction, Log, Retention};
use event_messaging::{
    ConsumerConfig, Context, DeadLetterExchange, Handler, HandlerError, OutboundMessage, Outcome, Publisher,
    Retries, clock,
};
use event_messaging_conformance::faults::{Deleted, FromLog, FromQueue, Intake};
use product_types::{ProductId, Timestamp};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

const SEEDS: u64 = 200;
const KEYS: u64 = 6;
const EVENTS: u64 = 10;
const PARTS: usize = 4;
const TOPIC: &str = "product.events";

type Effects = Arc<Mutex<Vec<(String, u64)>>>;

/// Takes a while, and fails now and then.
struct Slow {
    effects: Effects,
    random: Mutex<fastrand::Rng>,
}

impl Handler<Deleted, InboxTransaction> for Slow {
    type Error = HandlerError;

    async fn handle(
        &self,
        event: Deleted,
        transaction: &mut InboxTransaction,
        _: &Context<'_>,
    ) -> Result<(), HandlerError> {
        let metadata = event.metadata();
        let effect = (
            metadata.partition_key.clone().unwrap_or_default(),
            metadata.sequence.unwrap_or(0),
        );
        let effects = Arc::clone(&self.effects);
        transaction.on_commit(move || effects.lock().unwrap().push(effect));
        let (time, fails) = {
            let mut random = self.random.lock().unwrap();
            (random.u64(..20), random.u8(..10) == 0)
        };
        clock::sleep(Duration::from_millis(time)).await;
        if fails {
            return Err(HandlerError::transient("one in ten fails"));
        }
        Ok(())
    }
}

fn message(key: u64, sequence: u64) -> OutboundMessage {
    let at = Timestamp::from_unix(1_790_000_000, 0).unwrap();
    let event = ProductDeleted::new(ProductId::new(format!("p-{key}")).unwrap(), at, "u-17");
    let id = MessageId::new(format!("p-{key}#{sequence}")).unwrap();
    let envelope = Envelope::new_with_id(id, event, "product-service", "req-1", at).with_sequence(sequence);
    OutboundMessage::from_envelope(&envelope).unwrap()
}

async fn come_and_go<I: Intake>(seed: u64, publisher: impl Publisher, intake: impl Fn() -> I) {
    let mut random = fastrand::Rng::with_seed(seed);
    let (inbox, effects) = (Inbox::new(), Effects::default());
    let start = |seed| {
        let handler = Slow {
            effects: Arc::clone(&effects),
            random: Mutex::new(fastrand::Rng::with_seed(seed)),
        };
        // The first wait is held, the second spent in the park.
        let mut config = ConsumerConfig::new("c")
            .with_retries(
                Retries::new([Duration::from_millis(20), Duration::from_millis(200)].repeat(20))
                    .with_hold_at_most(Duration::from_millis(50)),
            )
            .with_handler_deadline(Duration::from_secs(1))
            .with_commit_interval(Duration::from_millis(100));
        config.park.lease = Duration::from_secs(2);
        config.park.poll_interval = Duration::from_millis(50);
        config.seed = Some(seed);
        let letters = DeadLetterExchange::new(Broker::new(), "nowhere");
        let consumer = intake().consume(handler, letters, inbox.clone(), config);
        let (control, run) = consumer.unwrap();
        (control, tokio::spawn(run))
    };
    let mut consumers = vec![start(random.u64(..))];
    for sequence in 1..=EVENTS {
        for key in 1..=KEYS {
            assert_eq!(
                publisher.publish(vec![message(key, sequence)]).await,
                [Outcome::Sent]
            );
        }
        match random.u8(..4) {
            0 | 1 if consumers.len() < 4 => consumers.push(start(random.u64(..))),
            2 if consumers.len() > 1 => {
                let (control, _) = consumers.swap_remove(random.usize(..consumers.len()));
                control.drain();
            }
            3 if consumers.len() > 1 => {
                let (_, run) = consumers.swap_remove(random.usize(..consumers.len()));
                run.abort();
            }
            _ => {}
        }
        clock::sleep(Duration::from_millis(random.u64(..80))).await;
    }
    let all = (KEYS * EVENTS) as usize;
    let arrived = async {
        while effects.lock().unwrap().len() < all {
            clock::sleep(Duration::from_millis(10)).await;
        }
        // What comes too much has its time, too.
        clock::sleep(Duration::from_secs(5)).await;
    };
    let arrived = clock::until(clock::now() + Duration::from_secs(3_600), arrived).await;
    let mut found: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for (key, sequence) in effects.lock().unwrap().iter() {
        found.entry(key.clone()).or_default().push(*sequence);
    }
    let expected: BTreeMap<String, Vec<u64>> = (1..=KEYS)
        .map(|key| (format!("p-{key}"), (1..=EVENTS).collect()))
        .collect();
    assert_eq!(found, expected, "arrived: {}", arrived.is_some());
}

/// Runs all seeds, or the one that is asked for.
fn for_all_seeds<F: Future>(run: impl Fn(u64) -> F) {
    let alone = std::env::var("SHARING_SEED")
        .ok()
        .map(|seed| seed.parse().unwrap());
    for seed in alone.map_or(0..SEEDS, |seed: u64| seed..seed + 1) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build();
        let announced = Announced(seed);
        runtime.unwrap().block_on(run(seed));
        std::mem::forget(announced);
    }
}

/// Prints its seed when a panic passes.
struct Announced(u64);

impl Drop for Announced {
    fn drop(&mut self) {
        eprintln!("the seed is {}", self.0);
    }
}

#[test]
fn a_queue_is_shared_by_consumers_that_come_and_go() {
    for_all_seeds(|seed| {
        let broker = Broker::new();
        let queue = broker.declare_sharded_queue("q", PARTS, 1_000);
        broker.bind("q", TOPIC, "#").unwrap();
        come_and_go(seed, broker, move || FromQueue(queue.consumer(10)))
    });
}

#[test]
fn a_log_is_shared_by_consumers_that_come_and_go() {
    for_all_seeds(|seed| {
        let log = Log::new();
        log.create_topic(TOPIC, PARTS, 1_000, Retention::UntilCommitted);
        come_and_go(seed, log.clone(), move || {
            FromLog(log.consumer("c", TOPIC).unwrap())
        })
    });
}
