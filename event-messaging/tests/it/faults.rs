//! Faults on purpose: each does what it says, and the same seed does the same.

use crate::support::{broker, ids, message, settle};
use event_messaging::memory::faults::{Fault, Faults, Plan};
use event_messaging::memory::{Log, Retention};
use event_messaging::{
    Delivery, LogEvent, LogSource, OutboundMessage, Outcome, Publisher, Received, Record, Source, clock,
};
use std::sync::Arc;
use std::time::Duration;

fn messages(count: u64) -> Vec<OutboundMessage> {
    (1..=count)
        .map(|number| message(&format!("k{number}"), 1))
        .collect()
}

#[tokio::test(start_paused = true)]
async fn each_fault_of_a_publisher_stores_and_answers_what_it_says() {
    for (fault, outcome, stored) in [
        (Fault::Refuse, Outcome::Nacked, 0),
        (Fault::Return, Outcome::Unroutable, 0),
        (Fault::LoseMessage, Outcome::Unknown, 0),
        (Fault::LoseAnswer, Outcome::Unknown, 1),
        (Fault::Duplicate, Outcome::Sent, 2),
        (Fault::Delay(Duration::from_secs(1)), Outcome::Sent, 1),
        (Fault::Hang, Outcome::Unknown, 0),
        (Fault::Cut, Outcome::Unknown, 0),
        (Fault::CloseChannel, Outcome::Unknown, 0),
    ] {
        let (broker, queue) = broker();
        let faults = Faults::new().with_publish_plan(Plan::at([(1, fault)]));
        let publisher = faults.publisher(broker);
        assert_eq!(publisher.publish(messages(1)).await, [outcome], "{fault:?}");
        assert_eq!(queue.ready(), stored, "{fault:?}");
        assert_eq!(publisher.publish(messages(1)).await, [Outcome::Sent], "{fault:?}");
        assert_eq!(faults.injected(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn part_of_a_batch_fails_and_the_rest_does_not() {
    let (broker, queue) = broker();
    let plan = Plan::script(|passing| (passing.key == "k2").then_some(Fault::Refuse));
    let publisher = Faults::new().with_publish_plan(plan).publisher(broker);
    assert_eq!(
        publisher.publish(messages(3)).await,
        [Outcome::Sent, Outcome::Nacked, Outcome::Sent]
    );
    assert_eq!(ids(&queue), ["k1#1", "k3#1"]);
}

#[tokio::test(start_paused = true)]
async fn a_cut_leaves_a_batch_without_answers_and_half_of_it_stored() {
    let (broker, queue) = broker();
    let faults = Faults::new().with_publish_plan(Plan::at([(3, Fault::Cut)]));
    let publisher = faults.publisher(broker);
    assert_eq!(publisher.publish(messages(4)).await, [Outcome::Unknown; 4]);
    assert_eq!(ids(&queue), ["k1#1", "k2#1"]);
}

#[tokio::test(start_paused = true)]
async fn a_closed_channel_is_replaced_and_its_siblings_notice_nothing() {
    let (broker, _queue) = broker();
    let faults = Faults::new().with_publish_plan(Plan::script(|passing| {
        (passing.number == 1).then_some(Fault::Delay(Duration::from_secs(1)))
    }));
    let closing = Arc::new(faults.publisher(broker.clone()));
    let sibling = faults.publisher(broker);
    let publisher = Arc::clone(&closing);
    let waiting = tokio::spawn(async move { publisher.publish(messages(1)).await });
    let other = tokio::spawn(async move { sibling.publish(messages(1)).await });
    settle().await;
    closing.close_channel();
    assert_eq!(waiting.await.unwrap(), [Outcome::Unknown]);
    assert_eq!(other.await.unwrap(), [Outcome::Sent]);
    assert_eq!(closing.publish(messages(1)).await, [Outcome::Sent]);
}

#[tokio::test(start_paused = true)]
async fn a_block_ends_by_the_publishers_deadline_or_when_it_is_lifted_and_consumers_go_on() {
    let (broker, queue) = broker();
    let faults = Faults::new();
    let publisher = Arc::new(faults.publisher(broker.clone()));
    let mut source = faults.source(queue.clone());
    assert_eq!(broker.publish(messages(1)).await, [Outcome::Sent]);
    faults.block();
    let begun = clock::now();
    assert_eq!(publisher.publish(messages(2)).await, [Outcome::Unknown; 2]);
    assert_eq!(clock::now() - begun, Duration::from_secs(5));
    source.recv().await.unwrap().unwrap().ack().await.unwrap();
    assert_eq!(queue.unsettled(), 0);

    let blocked = Arc::clone(&publisher);
    let waiting = tokio::spawn(async move { blocked.publish(messages(2)).await });
    clock::sleep(Duration::from_secs(3)).await;
    assert!(!waiting.is_finished());
    faults.unblock();
    assert_eq!(waiting.await.unwrap(), [Outcome::Sent; 2]);
}

#[tokio::test(start_paused = true)]
async fn another_order_across_keys_keeps_that_within_each() {
    let mut orders = Vec::new();
    for seed in [1, 1, 2] {
        let (broker, queue) = broker();
        let publisher = Faults::new().with_reordering(seed).publisher(broker);
        let batch: Vec<_> = (1..=4)
            .flat_map(|sequence| ["a", "b", "c"].map(|key| message(key, sequence)))
            .collect();
        assert_eq!(publisher.publish(batch).await, [Outcome::Sent; 12]);
        let order = ids(&queue);
        for key in ["a", "b", "c"] {
            let of_key: Vec<_> = order.iter().filter(|id| id.starts_with(key)).collect();
            assert_eq!(
                of_key,
                ["#1", "#2", "#3", "#4"]
                    .map(|end| format!("{key}{end}"))
                    .each_ref()
            );
        }
        orders.push(order);
    }
    assert_eq!(orders[0], orders[1], "the same seed does the same");
    assert_ne!(orders[0], orders[2]);
}

#[tokio::test(start_paused = true)]
async fn the_same_seed_injects_the_same_faults() {
    let mut runs = Vec::new();
    for seed in [7, 7, 8] {
        let (broker, _queue) = broker();
        let plan = Plan::seeded(seed, 0.5, [Fault::Refuse, Fault::LoseAnswer, Fault::Return]);
        let publisher = Faults::new().with_publish_plan(plan).publisher(broker);
        runs.push(publisher.publish(messages(30)).await);
    }
    assert_eq!(runs[0], runs[1]);
    assert_ne!(runs[0], runs[2]);
    assert!(runs[0].contains(&Outcome::Sent) && runs[0].contains(&Outcome::Nacked));
}

#[tokio::test(start_paused = true)]
async fn a_lost_acknowledgement_brings_the_message_again() {
    let (broker, queue) = broker();
    broker.publish(messages(2)).await;
    let faults = Faults::new().with_delivery_plan(Plan::at([(1, Fault::LoseAnswer)]));
    let mut source = faults.source(queue.clone());
    let first = source.recv().await.unwrap().unwrap();
    let body = first.body().to_vec();
    first.ack().await.expect("who sent it does not know");
    let again = source.recv().await.unwrap().unwrap();
    assert_eq!((again.body(), again.is_redelivered()), (body.as_slice(), true));
    again.ack().await.unwrap();
    assert_eq!(queue.unsettled(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_cut_gives_back_at_once_what_handlers_still_have() {
    let (broker, queue) = broker();
    broker.publish(messages(2)).await;
    let faults = Faults::new();
    let mut source = faults.source(queue.clone());
    let held = source.recv().await.unwrap().unwrap();
    faults.cut_for(Duration::from_secs(10));
    assert_eq!(queue.ready(), 2, "the handler still runs");
    assert!(held.ack().await.unwrap_err().is_disconnected());
    let begun = clock::now();
    let again = source.recv().await.unwrap().unwrap();
    assert_eq!(clock::now() - begun, Duration::from_secs(10));
    assert_eq!((again.header("none"), again.is_redelivered()), (None, true));
}

#[tokio::test(start_paused = true)]
async fn a_late_delivery_survives_that_nobody_waits_for_it() {
    let (broker, queue) = broker();
    broker.publish(messages(2)).await;
    let plan = Plan::at([(1, Fault::Delay(Duration::from_secs(3))), (2, Fault::Cut)]);
    let mut source = Faults::new().with_delivery_plan(plan).source(queue.clone());
    for _ in 0..3 {
        let soon = clock::now() + Duration::from_millis(900);
        assert!(clock::until(soon, source.recv()).await.is_none());
    }
    let late = source.recv().await.unwrap().unwrap();
    late.ack().await.unwrap();
    let after_the_cut = source.recv().await.unwrap().unwrap();
    assert!(after_the_cut.is_redelivered());
    assert_eq!(queue.unsettled(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_log_loses_commits_and_answers_to_them() {
    let log = Log::new();
    log.create_topic("product.events", 1, 10, Retention::UntilCommitted);
    assert_eq!(log.publish(messages(3)).await, [Outcome::Sent; 3]);
    let plan = Plan::at([(1, Fault::LoseMessage), (2, Fault::LoseAnswer)]);
    let delays = Plan::at([(1, Fault::Delay(Duration::from_secs(2)))]);
    let faults = Faults::new().with_commit_plan(plan).with_delivery_plan(delays);
    let mut source = faults.log(log.consumer("group", "product.events").unwrap());
    assert!(matches!(
        source.next().await.unwrap(),
        Some(LogEvent::Assigned(_))
    ));
    let begun = clock::now();
    let Some(LogEvent::Record(record)) = source.next().await.unwrap() else {
        panic!("a record comes");
    };
    assert_eq!(clock::now() - begun, Duration::from_secs(2));
    let (partition, next) = (record.partition().clone(), record.offset() + 1);
    assert!(source.commit(&partition, next).await.is_err());
    assert_eq!(log.lag("group", "product.events"), 3);
    assert!(source.commit(&partition, next).await.is_err());
    assert_eq!(log.lag("group", "product.events"), 2);
    source.commit(&partition, next).await.unwrap();
}
