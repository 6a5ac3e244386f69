//! A consumer of a queue: lanes, bounds, and what it does with messages that it cannot handle.

use crate::handlers::{Deleted, Slow, config, dead_letters, publish, publish_all, run};
use crate::support::{Stop, broker, message, settle};
use event_contracts::price::ProductPriceChanged;
use event_contracts::{Envelope, MessageId};
use event_messaging::{Consumer, HandlerError, OutboundMessage, Source, UnknownTypes, clock};
use std::fmt;
use std::time::Duration;

#[tokio::test(start_paused = true)]
async fn one_key_is_handled_in_order_while_others_run_beside_it() {
    let (broker, queue) = broker();
    publish(&broker, &[("a", 1), ("a", 2), ("b", 1), ("a", 3), ("c", 1)]).await;
    let slow = Slow::default();
    let consumer = run(&broker, &queue, slow.clone(), config());
    clock::sleep(Duration::from_millis(1_100)).await;
    assert_eq!(slow.done(), ["a#1", "b#1", "c#1"]);
    clock::sleep(Duration::from_millis(2_100)).await;
    assert_eq!(slow.done(), ["a#1", "b#1", "c#1", "a#2", "a#3"]);
    let counts = consumer.stopped().await;
    assert_eq!((counts.received, counts.handled, counts.failed), (5, 5, 0));
    assert_eq!(queue.unsettled(), 0);
}

#[tokio::test(start_paused = true)]
async fn no_more_handlers_run_and_no_more_messages_are_held_than_configured() {
    let (broker, queue) = broker();
    let keys = ["a", "b", "c", "d", "e", "f", "g", "h"];
    publish(&broker, &keys.map(|key| (key, 1))).await;
    let slow = Slow::default();
    let consumer = run(
        &broker,
        &queue,
        slow.clone(),
        config().with_prefetch(4).with_concurrency(2),
    );
    settle().await;
    assert_eq!((slow.begun().len(), queue.ready()), (2, 4));
    assert_eq!(consumer.control.counts().in_flight, 4);
    clock::sleep(Duration::from_secs(10)).await;
    assert_eq!((slow.done().len(), slow.most_at_once()), (8, 2));
    assert_eq!(consumer.control.counts().in_flight, 0);
    consumer.stopped().await;
}

#[tokio::test(start_paused = true)]
async fn handlers_that_end_at_once_take_thousands_of_messages_one_after_another() {
    let (broker, queue) = broker();
    let batch = (1..=900).map(|sequence| message("a", sequence)).collect();
    publish_all(&broker, batch).await;
    let consumer = run(
        &broker,
        &queue,
        |_: Deleted| async { Ok::<_, HandlerError>(()) },
        config(),
    );
    settle().await;
    assert_eq!(queue.unsettled(), 0);
    assert_eq!(consumer.stopped().await.handled, 900);
}

fn broken(id: &str, body: impl Into<bytes::Bytes>) -> OutboundMessage {
    let id = MessageId::new(id).unwrap();
    OutboundMessage::new(
        id,
        "product.events",
        "product.product.deleted.v1",
        "a",
        body.into(),
    )
}

fn envelope(message_type: &str, payload: &str) -> String {
    format!(
        r#"{{"messageId":"m","messageType":"{message_type}","messageVersion":"1.0","timestamp":"2026-03-02T09:15:00Z","source":"s","partitionKey":"a","payload":{payload}}}"#
    )
}

#[tokio::test(start_paused = true)]
async fn messages_that_cannot_be_decoded_are_dead_letters_with_the_reason_and_the_next_ones_flow() {
    let (broker, queue) = broker();
    let batch = vec![
        broken("junk", "not json"),
        broken("poison", envelope("ProductDeleted", r#"{"productId":7}"#)),
        message("a", 1),
    ];
    publish_all(&broker, batch).await;
    let (_, dead) = dead_letters(&broker);
    let slow = Slow::default();
    let consumer = run(&broker, &queue, slow.clone(), config());
    clock::sleep(Duration::from_secs(2)).await;
    let counts = consumer.stopped().await;
    assert_eq!((counts.handled, counts.dead_lettered), (1, 2));
    assert_eq!(slow.done(), ["a#1"]);
    assert_eq!(queue.unsettled(), 0);

    let letters: Vec<_> = std::iter::from_fn(|| dead.try_recv()).collect();
    let header = |index: usize, name: &str| letters[index].message().headers[name].clone();
    assert_eq!(header(0, "x-dead-letter-kind"), "undecodable");
    assert_eq!(letters[0].message().body, "not json");
    assert!(header(0, "x-dead-letter-reason").starts_with("the message's envelope cannot be read"));
    assert!(header(1, "x-dead-letter-reason").starts_with("the payload is not a valid ProductDeleted"));
    assert_eq!(header(1, "x-dead-letter-attempts"), "0");
    assert_eq!(header(1, "x-dead-letter-consumer"), "test");
    assert_eq!(header(1, "x-original-routing-key"), "product.product.deleted.v1");
}

#[tokio::test(start_paused = true)]
async fn a_handler_of_one_type_skips_all_others() {
    let (broker, queue) = broker();
    publish(&broker, &[("a", 1), ("b", 1)]).await;
    let stop = Stop::new();
    let never =
        |_: Envelope<ProductPriceChanged>| async { Err::<(), _>(HandlerError::permanent("never called")) };
    let consumer = Consumer::new(queue.clone(), never, dead_letters(&broker).0, config()).unwrap();
    let control = consumer.control();
    let running = tokio::spawn(consumer.run(stop.signal()));
    settle().await;
    assert_eq!((control.counts().unknown, queue.unsettled()), (2, 0));
    stop.now();
    running.await.unwrap().unwrap();
}

#[tokio::test(start_paused = true)]
async fn types_that_nobody_knows_are_dead_letters_when_the_policy_says_so() {
    let (broker, queue) = broker();
    publish_all(&broker, vec![broken("moved", envelope("ProductMoved", "{}"))]).await;
    let (_, dead) = dead_letters(&broker);
    let policy = config().with_unknown_types(UnknownTypes::DeadLetter);
    let consumer = run(&broker, &queue, Slow::default(), policy);
    settle().await;
    let counts = consumer.stopped().await;
    assert_eq!((counts.unknown, counts.dead_lettered), (0, 1));
    let letter = dead.try_recv().unwrap();
    let headers = &letter.message().headers;
    assert_eq!(headers["x-dead-letter-kind"], "unknown-type");
    assert_eq!(
        headers["x-dead-letter-reason"],
        "the handler does not take ProductMoved in version 1.0"
    );
}

#[tokio::test(start_paused = true)]
async fn a_source_that_breaks_for_good_ends_the_run_with_its_error_after_a_drain() {
    let (broker, queue) = broker();
    publish(&broker, &[("a", 1)]).await;
    let slow = Slow::default();
    let source = BreaksAfter { queue, left: 1 };
    let consumer = Consumer::new(source, slow.clone(), dead_letters(&broker).0, config()).unwrap();
    let control = consumer.control();
    let error = consumer.run(std::future::pending()).await.unwrap_err();
    assert!(error.is_source());
    assert_eq!(
        std::error::Error::source(&error).unwrap().to_string(),
        "the queue was deleted"
    );
    assert_eq!(slow.done(), ["a#1"], "what was begun was finished");
    assert_eq!(control.counts().handled, 1);
}

/// A source that gives so many messages, and then is broken.
struct BreaksAfter {
    queue: event_messaging::memory::Queue,
    left: usize,
}

#[derive(Debug)]
struct QueueDeleted;

impl fmt::Display for QueueDeleted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the queue was deleted")
    }
}

impl std::error::Error for QueueDeleted {}

impl Source for BreaksAfter {
    type Delivery = event_messaging::memory::QueueDelivery;
    type Error = QueueDeleted;

    async fn recv(&mut self) -> Result<Option<Self::Delivery>, QueueDeleted> {
        self.left = self.left.checked_sub(1).ok_or(QueueDeleted)?;
        Ok(self.queue.try_recv())
    }
}
