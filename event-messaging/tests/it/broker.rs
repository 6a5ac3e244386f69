use crate::support::{broker, ids, message, settle};
use event_messaging::{Delivery, Outcome, Publisher, Received, Source, clock, memory};
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
    let held = queue.recv().await.unwrap();
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
    let (first, second, third) = (
        queue.recv().await.unwrap(),
        queue.recv().await.unwrap(),
        queue.recv().await.unwrap(),
    );
    assert!(!first.is_redelivered());
    second.ack();
    drop(third);
    drop(first);
    let again = queue.recv().await.unwrap();
    assert!(again.is_redelivered());
    assert_eq!(again.message().message_id.as_str(), "p#1");
    again.ack();
    assert_eq!(ids(&queue), ["p#3", "p#4"]);
}

#[tokio::test(start_paused = true)]
async fn competing_receivers_get_each_message_once() {
    let (broker, queue) = broker();
    let receive = |queue: memory::Queue| async move {
        let delivery = queue.recv().await.unwrap();
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

#[tokio::test(start_paused = true)]
async fn a_message_is_handed_over_with_all_that_it_was_published_with() {
    let (broker, queue) = broker();
    let mut sent = message("p", 1);
    sent.headers
        .insert("traceparent".to_owned(), "00-ab-cd-01".to_owned());
    broker.publish(vec![sent.clone()]).await;
    let delivery = queue.try_recv().unwrap();
    assert_eq!(delivery.exchange(), "product.events");
    assert_eq!(delivery.routing_key(), "product.product.deleted.v1");
    assert_eq!(delivery.content_type(), Some("application/json"));
    assert_eq!(delivery.header("traceparent"), Some("00-ab-cd-01"));
    assert_eq!(
        delivery.headers().collect::<Vec<_>>(),
        [("traceparent", "00-ab-cd-01")]
    );
    assert_eq!(delivery.body(), &sent.body);
}

#[tokio::test(start_paused = true)]
async fn a_consumer_gets_no_more_than_its_prefetch_limit_before_it_settles() {
    let (broker, queue) = broker();
    broker
        .publish((1..=3).map(|sequence| message("p", sequence)).collect())
        .await;
    let mut consumer = queue.consumer(2);
    let first = consumer.recv().await.unwrap().unwrap();
    let _second = consumer.recv().await.unwrap().unwrap();
    let beyond = clock::until(clock::now() + Duration::from_secs(60), consumer.recv()).await;
    assert!(beyond.is_none(), "the third waits for a settlement");
    Delivery::ack(first).await.unwrap();
    assert_eq!(
        consumer.recv().await.unwrap().unwrap().message().sequence,
        Some(3)
    );
}

#[tokio::test(start_paused = true)]
async fn deliveries_that_came_back_are_counted() {
    let (broker, queue) = broker();
    broker.publish(vec![message("p", 1)]).await;
    for before in 0..4 {
        let delivery = queue.try_recv().unwrap();
        assert_eq!(
            (delivery.deliveries(), delivery.is_redelivered()),
            (before, before > 0)
        );
    }
}

#[tokio::test(start_paused = true)]
async fn of_a_single_active_queue_the_next_consumer_takes_over_where_the_former_died() {
    let broker = memory::Broker::new();
    let queue = broker.declare_single_active_queue("q", 10);
    broker.bind("q", "product.events", "#").unwrap();
    broker
        .publish((1..=3).map(|sequence| message("p", sequence)).collect())
        .await;
    let (mut active, mut standby) = (queue.consumer(10), queue.consumer(10));
    let first = active.recv().await.unwrap().unwrap();
    let second = active.recv().await.unwrap().unwrap();
    let waiting = tokio::spawn(async move {
        let delivery = standby.recv().await.unwrap().unwrap();
        (delivery.message().sequence, delivery.is_redelivered())
    });
    settle().await;
    Delivery::ack(first).await.unwrap();
    drop(active);
    settle().await;
    assert!(
        !waiting.is_finished(),
        "one message of the former is still with its handler"
    );
    drop(second);
    assert_eq!(waiting.await.unwrap(), (Some(2), true));
}

#[tokio::test(start_paused = true)]
async fn a_deleted_queue_ends_its_sources_loudly_and_its_messages_are_nobodys() {
    let (broker, mut queue) = broker();
    broker.publish(vec![message("p", 1)]).await;
    let held = Source::recv(&mut queue).await.unwrap().unwrap();
    let mut consumer = queue.consumer(1);
    let waiting = tokio::spawn(async move { consumer.recv().await.map(|_| ()) });
    settle().await;
    assert!(broker.delete_queue("all"));
    assert!(!broker.delete_queue("all"), "it is gone");
    assert!(waiting.await.unwrap().unwrap_err().is_deleted());
    assert!(Delivery::ack(held).await.unwrap_err().is_disconnected());
    assert!(Source::recv(&mut queue).await.unwrap_err().is_deleted());
    assert!(queue.recv().await.unwrap_err().is_deleted());
    assert_eq!(broker.publish(vec![message("p", 2)]).await, [Outcome::Unroutable]);
}

#[tokio::test(start_paused = true)]
async fn a_publisher_that_waits_for_room_in_a_queue_that_is_deleted_learns_that_nothing_is_bound() {
    let broker = memory::Broker::new();
    broker.declare_queue("q", 1);
    broker.bind("q", "product.events", "#").unwrap();
    broker.publish(vec![message("p", 1)]).await;
    let publisher = broker.clone();
    let waiting = tokio::spawn(async move { publisher.publish(vec![message("p", 2)]).await });
    settle().await;
    broker.delete_queue("q");
    assert_eq!(waiting.await.unwrap(), [Outcome::Unroutable]);
}

#[tokio::test(start_paused = true)]
async fn a_restart_keeps_messages_and_drops_connections() {
    let broker = memory::Broker::new();
    let queue = broker.declare_queue("q", 2);
    broker.bind("q", "product.events", "#").unwrap();
    broker.publish(vec![message("p", 1), message("p", 2)]).await;
    let mut consumer = queue.consumer(10);
    let held = consumer.recv().await.unwrap().unwrap();
    let publisher = broker.clone();
    let waiting = tokio::spawn(async move { publisher.publish(vec![message("p", 3)]).await });
    settle().await;
    broker.restart();
    assert_eq!(waiting.await.unwrap(), [Outcome::Unknown], "its answer was lost");
    assert!(Delivery::ack(held).await.unwrap_err().is_disconnected());
    for sequence in [1, 2] {
        let again = consumer.recv().await.unwrap().unwrap();
        assert_eq!(
            (again.message().sequence, again.is_redelivered()),
            (Some(sequence), sequence == 1)
        );
        Delivery::ack(again).await.unwrap();
    }
    assert_eq!(broker.publish(vec![message("p", 4)]).await, [Outcome::Sent]);
}

#[tokio::test(start_paused = true)]
async fn dead_letters_are_an_exchange_like_others() {
    let broker = memory::Broker::new();
    let dead = broker.declare_queue("dead", 10);
    broker.bind("dead", "product.events.dlx", "#").unwrap();
    let mut letter = message("p", 1);
    letter.exchange = "product.events.dlx".to_owned();
    assert_eq!(broker.publish(vec![letter]).await, [Outcome::Sent]);
    assert_eq!(ids(&dead), ["p#1"]);
}
