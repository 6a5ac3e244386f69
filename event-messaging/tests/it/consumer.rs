use crate::support::{Stop, broker, ids, message, settle};
use event_contracts::price::ProductPriceChanged;
use event_contracts::product::ProductDeleted;
use event_contracts::{Envelope, MessageId};
use event_messaging::{
    Backoff, Consumer, ConsumerConfig, ConsumerCounts, Handler, OutboundMessage, Publisher, clock, memory,
};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::task::JoinHandle;

type Deleted = Envelope<ProductDeleted>;

/// Handles each event in a second of virtual time, failing as often as it was told to, and keeps a diary.
#[derive(Clone, Default)]
struct Slow(Arc<Mutex<Diary>>);

#[derive(Default)]
struct Diary {
    failures_left: BTreeMap<String, u32>,
    begun: Vec<String>,
    done: Vec<String>,
    running: BTreeMap<String, u32>,
    most_at_once: u32,
}

impl Slow {
    fn failing(id: &str, times: u32) -> Self {
        let slow = Self::default();
        slow.0.lock().unwrap().failures_left.insert(id.to_owned(), times);
        slow
    }

    fn done(&self) -> Vec<String> {
        self.0.lock().unwrap().done.clone()
    }

    fn begun(&self) -> Vec<String> {
        self.0.lock().unwrap().begun.clone()
    }
}

impl Handler<Deleted> for Slow {
    type Error = String;

    async fn handle(&self, event: Deleted) -> Result<(), String> {
        let id = event.metadata().message_id.to_string();
        let key = event.payload().product_id.to_string();
        {
            let mut diary = self.0.lock().unwrap();
            diary.begun.push(id.clone());
            let of_key = diary.running.entry(key.clone()).or_default();
            *of_key += 1;
            assert_eq!(*of_key, 1, "two of one key at once");
            let at_once = diary.running.values().sum();
            diary.most_at_once = diary.most_at_once.max(at_once);
        }
        clock::sleep(Duration::from_secs(1)).await;
        let mut diary = self.0.lock().unwrap();
        *diary.running.get_mut(&key).unwrap() -= 1;
        if let Some(left) = diary.failures_left.get_mut(&id).filter(|left| **left > 0) {
            *left -= 1;
            return Err("told to fail".to_owned());
        }
        diary.done.push(id);
        Ok(())
    }
}

fn run(
    queue: memory::Queue,
    handler: impl Handler<Deleted> + 'static,
    config: ConsumerConfig,
) -> (Stop, JoinHandle<ConsumerCounts>) {
    let stop = Stop::new();
    let consumer = Consumer::new(queue, handler, config.with_seed(7)).unwrap();
    (stop.clone(), tokio::spawn(consumer.run(stop.signal())))
}

async fn publish(broker: &memory::Broker, messages: &[(&str, u64)]) {
    let batch = messages
        .iter()
        .map(|(key, sequence)| message(key, *sequence))
        .collect();
    assert!(
        broker
            .publish(batch)
            .await
            .iter()
            .all(|outcome| outcome.is_sent())
    );
}

#[tokio::test(start_paused = true)]
async fn one_key_is_handled_in_order_while_others_run_beside_it() {
    let (broker, queue) = broker();
    publish(&broker, &[("a", 1), ("a", 2), ("b", 1), ("a", 3), ("c", 1)]).await;
    let slow = Slow::default();
    let (stop, consumer) = run(queue.clone(), slow.clone(), ConsumerConfig::default());
    clock::sleep(Duration::from_millis(1_100)).await;
    assert_eq!(slow.done(), ["a#1", "b#1", "c#1"]);
    clock::sleep(Duration::from_millis(2_100)).await;
    assert_eq!(slow.done(), ["a#1", "b#1", "c#1", "a#2", "a#3"]);
    stop.now();
    let counts = consumer.await.unwrap();
    assert_eq!((counts.received, counts.handled, counts.failed), (5, 5, 0));
    assert_eq!(queue.ready(), 0);
}

#[tokio::test(start_paused = true)]
async fn no_more_handlers_run_and_no_more_messages_are_held_than_configured() {
    let (broker, queue) = broker();
    let keys = ["a", "b", "c", "d", "e", "f", "g", "h"];
    publish(&broker, &keys.map(|key| (key, 1))).await;
    let slow = Slow::default();
    let config = ConsumerConfig::default().with_prefetch(4).with_concurrency(2);
    let (stop, consumer) = run(queue.clone(), slow.clone(), config);
    settle().await;
    assert_eq!((slow.begun().len(), queue.ready()), (2, 4));
    clock::sleep(Duration::from_secs(10)).await;
    assert_eq!(slow.done().len(), 8);
    assert_eq!(slow.0.lock().unwrap().most_at_once, 2);
    stop.now();
    consumer.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_failed_message_is_tried_again_and_holds_back_its_key_alone() {
    let (broker, queue) = broker();
    publish(&broker, &[("a", 1), ("a", 2), ("b", 1), ("b", 2)]).await;
    let slow = Slow::failing("a#1", 2);
    let (stop, consumer) = run(queue.clone(), slow.clone(), ConsumerConfig::default());
    clock::sleep(Duration::from_secs(10)).await;
    assert_eq!(slow.done(), ["b#1", "b#2", "a#1", "a#2"]);
    assert_eq!(slow.begun().iter().filter(|id| *id == "a#1").count(), 3);
    stop.now();
    let counts = consumer.await.unwrap();
    assert_eq!((counts.handled, counts.failed, counts.given_back), (4, 2, 0));
}

#[tokio::test(start_paused = true)]
async fn a_failing_key_does_not_take_a_handlers_slot_while_it_rests() {
    let (broker, queue) = broker();
    publish(&broker, &[("a", 1), ("b", 1)]).await;
    let slow = Slow::failing("a#1", 1);
    let config = ConsumerConfig::default()
        .with_concurrency(1)
        .with_backoff(Backoff::new(Duration::from_secs(20), Duration::from_secs(20)));
    let (stop, consumer) = run(queue, slow.clone(), config);
    clock::sleep(Duration::from_secs(3)).await;
    assert_eq!(slow.done(), ["b#1"]);
    clock::sleep(Duration::from_secs(22)).await;
    assert_eq!(slow.done(), ["b#1", "a#1"]);
    stop.now();
    consumer.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_consumer_that_dies_mid_message_loses_nothing_and_keeps_the_order() {
    let (broker, queue) = broker();
    publish(&broker, &[("a", 1), ("a", 2), ("a", 3)]).await;
    let slow = Slow::default();
    let (_stop, consumer) = run(queue.clone(), slow.clone(), ConsumerConfig::default());
    clock::sleep(Duration::from_millis(1_500)).await;
    consumer.abort();
    assert!(consumer.await.unwrap_err().is_cancelled());
    assert_eq!((slow.done(), queue.ready()), (vec!["a#1".to_owned()], 2));
    let again = queue.try_recv().unwrap();
    assert!(again.is_redelivered());
    drop(again);
    assert_eq!(ids(&queue), ["a#2", "a#3"]);
}

#[tokio::test(start_paused = true)]
async fn shutdown_finishes_what_runs_and_gives_back_the_rest_in_order() {
    let (broker, queue) = broker();
    publish(&broker, &[("a", 1), ("a", 2), ("b", 1), ("c", 1)]).await;
    // c#1 fails at once, and would rest for long; it must not hold up the shutdown.
    let slow = Slow::failing("b#1", 1);
    let (stop, consumer) = run(
        queue.clone(),
        slow.clone(),
        ConsumerConfig::default().with_concurrency(2),
    );
    clock::sleep(Duration::from_millis(500)).await;
    stop.now();
    let begun = clock::now();
    let counts = consumer.await.unwrap();
    assert!(clock::now() - begun <= Duration::from_millis(510));
    assert_eq!(slow.done(), ["a#1"]);
    assert_eq!(
        (counts.received, counts.handled, counts.failed, counts.given_back),
        (4, 1, 1, 3)
    );
    assert_eq!(ids(&queue), ["a#2", "b#1", "c#1"]);
}

#[tokio::test(start_paused = true)]
async fn a_handler_that_outlasts_the_drain_is_dropped_and_its_message_given_back() {
    let (broker, queue) = broker();
    publish(&broker, &[("a", 1)]).await;
    let stuck = |_: Deleted| std::future::pending::<Result<(), String>>();
    let (stop, consumer) = run(queue.clone(), stuck, ConsumerConfig::default());
    settle().await;
    stop.now();
    let begun = clock::now();
    assert_eq!(consumer.await.unwrap().given_back, 1);
    assert_eq!(clock::now() - begun, Duration::from_secs(10));
    assert_eq!(queue.ready(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_resting_message_does_not_hold_up_the_shutdown() {
    let (broker, queue) = broker();
    publish(&broker, &[("a", 1)]).await;
    let config = ConsumerConfig::default()
        .with_backoff(Backoff::new(Duration::from_secs(20), Duration::from_secs(20)));
    let (stop, consumer) = run(queue.clone(), |_: Deleted| async { Err::<(), _>("no") }, config);
    settle().await;
    stop.now();
    let begun = clock::now();
    let counts = consumer.await.unwrap();
    assert!(clock::now() - begun < Duration::from_millis(5));
    assert_eq!((counts.failed, counts.given_back, queue.ready()), (1, 1, 1));
}

#[tokio::test(start_paused = true)]
async fn other_types_are_acknowledged_and_unreadable_messages_are_put_aside() {
    let (broker, queue) = broker();
    let broken = |id: &str, body: &'static str| {
        let id = MessageId::new(id).unwrap();
        OutboundMessage::new(id, "product.events", "product.product.deleted.v1", "a", body)
    };
    let deleted = |payload: &str| {
        format!(
            r#"{{"messageId":"m","messageType":"ProductDeleted","messageVersion":"1.0","timestamp":"2026-03-02T09:15:00Z","source":"s","partitionKey":"a","payload":{payload}}}"#
        )
    };
    let mut poison = broken("poison", "");
    poison.body = deleted(r#"{"productId":7}"#).into();
    let mut moved = broken("moved", "");
    moved.body = deleted("{}").replace("ProductDeleted", "ProductMoved").into();
    let batch = vec![broken("junk", "not json"), poison, moved, message("a", 1)];
    broker.publish(batch).await;

    let slow = Slow::default();
    let (stop, consumer) = run(queue.clone(), slow.clone(), ConsumerConfig::default());
    clock::sleep(Duration::from_secs(2)).await;
    stop.now();
    let counts = consumer.await.unwrap();
    assert_eq!((counts.handled, counts.skipped, counts.rejected), (1, 1, 2));
    assert_eq!(slow.done(), ["a#1"], "poison does not block the next");
    let mut reasons: Vec<_> = queue
        .take_rejected()
        .into_iter()
        .map(|rejected| rejected.reason)
        .collect();
    reasons.sort();
    assert_eq!(
        reasons[0],
        "the message's envelope cannot be read (line 1, column 1)"
    );
    assert!(
        reasons[1].starts_with("the payload is not a valid ProductDeleted (line 1, column "),
        "{reasons:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_handler_of_one_type_skips_all_others() {
    let (broker, queue) = broker();
    publish(&broker, &[("a", 1), ("b", 1)]).await;
    let stop = Stop::new();
    let never = |_: Envelope<ProductPriceChanged>| async { Err::<(), _>("never called") };
    let consumer = Consumer::new(queue, never, ConsumerConfig::default()).unwrap();
    let counters = consumer.counters();
    let running = tokio::spawn(consumer.run(stop.signal()));
    settle().await;
    assert_eq!(counters.snapshot().skipped, 2);
    stop.now();
    running.await.unwrap();
}

#[test]
fn values_out_of_range_are_refused_by_name() {
    let (_, queue) = broker();
    let refusal = |config| {
        let error = Consumer::<_, _, Deleted>::new(queue.clone(), Slow::default(), config).unwrap_err();
        assert!(error.is_config());
        error.to_string()
    };
    let config = ConsumerConfig::default;
    assert_eq!(
        refusal(config().with_prefetch(0)),
        "`consumer.prefetch` must be from 1 to 10000"
    );
    assert_eq!(
        refusal(config().with_concurrency(0)),
        "`consumer.concurrency` must be at least 1"
    );
    let zero = Backoff::new(Duration::ZERO, Duration::from_secs(1));
    assert!(refusal(config().with_backoff(zero)).contains("consumer.backoff"));
}
