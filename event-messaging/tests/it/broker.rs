use crate::support::{broker, ids, message};
use event_messaging::clock;
use event_messaging::{Outcome, Publisher, memory};
use std::time::Duration;

#[tokio::test(start_paused = true)]
async fn a_pattern_takes_the_routing_keys_it_describes() {
    // The message's routing key is `product.product.deleted.v1`.
    for (pattern, taken) in [
        ("product.product.deleted.v1", true),
        ("product.*.deleted.v1", true),
        ("product.#", true),
        ("#", true),
        ("#.v1", true),
        ("#.deleted.#", true),
        ("*.*.*.*", true),
        ("product.product.deleted.v1.#", true),
        ("product.*", false),
        ("*.*.*", false),
        ("*.*.*.*.*", false),
        ("product.product.deleted", false),
        ("product.price.#", false),
        ("#.v2", false),
    ] {
        let broker = memory::Broker::new();
        let queue = broker.declare_queue("q", 10);
        broker.bind("q", "product.events", pattern).unwrap();
        let outcomes = broker.publish(vec![message("p", 1)]).await;
        let expected = if taken { Outcome::Sent } else { Outcome::Unroutable };
        assert_eq!(
            (outcomes[0], queue.ready()),
            (expected, usize::from(taken)),
            "{pattern}"
        );
    }
}

#[test]
fn a_binding_needs_a_queue_and_a_pattern() {
    let broker = memory::Broker::new();
    assert!(
        broker
            .bind("nowhere", "product.events", "#")
            .unwrap_err()
            .is_unknown_queue()
    );
    broker.declare_queue("q", 1);
    for pattern in ["", "a..b", ".a", "a."] {
        assert!(
            broker
                .bind("q", "product.events", pattern)
                .unwrap_err()
                .is_pattern(),
            "{pattern}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_message_reaches_every_bound_queue_once() {
    let (broker, all) = broker();
    let deletions = broker.declare_queue("deletions", 10);
    broker
        .bind("deletions", "product.events", "#.deleted.v1")
        .unwrap();
    broker.bind("deletions", "product.events", "product.#").unwrap();
    broker.bind("deletions", "other.events", "#").unwrap();
    assert_eq!(
        broker.publish(vec![message("p", 1), message("p", 2)]).await,
        [Outcome::Sent; 2]
    );
    assert_eq!(ids(&all), ["p#1", "p#2"]);
    assert_eq!(ids(&deletions), ["p#1", "p#2"]);
}

#[tokio::test(start_paused = true)]
async fn an_exchange_without_queues_is_unroutable() {
    let broker = memory::Broker::new();
    assert_eq!(broker.publish(vec![message("p", 1)]).await, [Outcome::Unroutable]);
}

#[tokio::test(start_paused = true)]
async fn a_full_queue_makes_the_publisher_wait_and_then_refuses_without_storing_anywhere() {
    let (broker, all) = broker();
    let broker = broker.with_publish_timeout(Duration::from_secs(2));
    let small = broker.declare_queue("small", 1);
    broker.bind("small", "product.events", "#").unwrap();
    broker.declare_queue("other", 10);
    broker.bind("other", "other.events", "#").unwrap();
    assert_eq!(broker.publish(vec![message("p", 1)]).await, [Outcome::Sent]);

    let begun = clock::now();
    let mut elsewhere = message("p", 3);
    elsewhere.exchange = "other.events".to_owned();
    let outcomes = broker.publish(vec![message("p", 2), elsewhere]).await;
    assert_eq!(outcomes, [Outcome::Nacked, Outcome::Sent]);
    assert_eq!(clock::now() - begun, Duration::from_secs(2));
    assert_eq!(
        (ids(&all), ids(&small)),
        (vec!["p#1".to_owned()], vec!["p#1".to_owned()])
    );
}

#[tokio::test(start_paused = true)]
async fn a_publisher_goes_on_as_soon_as_there_is_room() {
    let broker = memory::Broker::new();
    let queue = broker.declare_queue("q", 1);
    broker.bind("q", "product.events", "#").unwrap();
    broker.publish(vec![message("p", 1)]).await;
    let held = queue.recv().await;
    let publisher = tokio::spawn(async move { broker.publish(vec![message("p", 2)]).await });
    clock::sleep(Duration::from_secs(1)).await;
    assert!(
        !publisher.is_finished(),
        "a delivery that is not settled takes up room"
    );
    held.ack();
    assert_eq!(publisher.await.unwrap(), [Outcome::Sent]);
    assert_eq!(ids(&queue), ["p#2"]);
}

#[tokio::test(start_paused = true)]
async fn dropped_deliveries_come_back_in_their_old_places() {
    let (broker, queue) = broker();
    broker
        .publish((1..=4).map(|sequence| message("p", sequence)).collect())
        .await;
    let (first, second, third) = (queue.recv().await, queue.recv().await, queue.recv().await);
    assert!(!first.is_redelivered());
    second.ack();
    drop(third);
    drop(first);
    let again = queue.recv().await;
    assert!(again.is_redelivered());
    assert_eq!(again.message().message_id.as_str(), "p#1");
    again.ack();
    assert_eq!(ids(&queue), ["p#3", "p#4"]);
}

#[tokio::test(start_paused = true)]
async fn competing_receivers_get_each_message_once() {
    let (broker, queue) = broker();
    let receive = |queue: memory::Queue| async move {
        let delivery = queue.recv().await;
        let id = delivery.message().message_id.to_string();
        delivery.ack();
        id
    };
    let both = tokio::spawn(async move { tokio::join!(receive(queue.clone()), receive(queue)) });
    clock::sleep(Duration::from_millis(1)).await;
    broker.publish(vec![message("p", 1), message("p", 2)]).await;
    let (one, other) = both.await.unwrap();
    let mut both = [one, other];
    both.sort();
    assert_eq!(both, ["p#1", "p#2"]);
}
