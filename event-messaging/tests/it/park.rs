//! Keys that fail for long: parked in the store, in order, without blocking anybody.

use crate::handlers::{Effects, Started, config, dead_letters, publish, publish_all, run_with_inbox};
use crate::support::{Stop, broker, message, settle};
use event_messaging::{Consumer, DeadLetterExchange, InboxStore, Retries, clock, memory};
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

fn started(
    broker: &memory::Broker,
    queue: &memory::Queue,
    effects: &Effects,
    inbox: &memory::Inbox,
) -> Started {
    let config = config().with_retries(Retries::new([SECOND, 60 * SECOND]).with_jitter(0.0));
    run_with_inbox(broker, queue, effects.clone(), inbox.clone(), config)
}

#[tokio::test(start_paused = true)]
async fn a_late_retry_parks_the_key_with_those_behind_it_and_the_queue_is_empty() {
    let (broker, queue) = broker();
    let (effects, inbox) = (Effects::failing("a#1", 2), memory::Inbox::new());
    publish(&broker, &[("a", 1), ("a", 2), ("b", 1)]).await;
    let consumer = started(&broker, &queue, &effects, &inbox);
    clock::sleep(2 * SECOND).await;
    assert_eq!(effects.all(), ["b#1"]);
    assert_eq!(queue.unsettled(), 0);
    publish(&broker, &[("a", 3)]).await;
    settle().await;
    assert_eq!(inbox.parked_ids("test"), ["a#1", "a#2", "a#3"]);
    let backlog = inbox.parked("test").await.unwrap();
    assert_eq!((backlog.messages, backlog.keys), (3, 1));
    assert!(backlog.oldest >= Some(2 * SECOND));

    clock::sleep(62 * SECOND).await;
    assert_eq!(effects.all(), ["b#1", "a#1", "a#2", "a#3"]);
    publish(&broker, &[("a", 4)]).await;
    settle().await;
    assert_eq!(effects.all().last().unwrap(), "a#4");
    let counts = consumer.stopped().await;
    assert_eq!((counts.handled, counts.parked, counts.unparked), (5, 3, 3));
    assert_eq!(counts.received + counts.unparked, counts.handled + counts.parked);
}

#[tokio::test(start_paused = true)]
async fn those_behind_the_first_of_a_parked_key_follow_it_without_a_wait() {
    let (broker, queue) = broker();
    let effects = Effects::failing("a#1", 2).and_taking(SECOND / 10);
    let inbox = memory::Inbox::new();
    publish_all(&broker, (1..=20).map(|sequence| message("a", sequence)).collect()).await;
    let consumer = started(&broker, &queue, &effects, &inbox);
    clock::sleep(60 * SECOND).await;
    assert_eq!(effects.all().len(), 0);
    // A second until it is seen that the first one is due, and two for all.
    clock::sleep(4 * SECOND + SECOND / 2).await;
    assert_eq!(effects.all().len(), 20);
    consumer.stopped().await;
}

#[tokio::test(start_paused = true)]
async fn a_short_retry_is_held_and_not_parked() {
    let (broker, queue) = broker();
    let (effects, inbox) = (Effects::failing("a#1", 1), memory::Inbox::new());
    publish(&broker, &[("a", 1)]).await;
    let consumer = started(&broker, &queue, &effects, &inbox);
    clock::sleep(SECOND / 2).await;
    assert_eq!((queue.unsettled(), inbox.parked_ids("test").len()), (1, 0));
    clock::sleep(SECOND).await;
    assert_eq!((consumer.stopped().await.parked, effects.all().len()), (0, 1));
}

#[tokio::test(start_paused = true)]
async fn parked_keys_take_no_room_from_others() {
    let (broker, queue) = broker();
    let mut effects = Effects::default();
    for number in 0..50 {
        effects = effects.and_failing(&format!("bad{number}#1"), 9);
    }
    let inbox = memory::Inbox::new();
    let bad = (0..50).map(|number| message(&format!("bad{number}"), 1));
    let good = (0..50).map(|number| message(&format!("good{number}"), 1));
    publish_all(&broker, bad.chain(good).collect()).await;
    let consumer = started(&broker, &queue, &effects, &inbox);
    clock::sleep(10 * SECOND).await;
    assert_eq!(effects.all().len(), 50);
    assert_eq!(inbox.parked_ids("test").len(), 50);
    consumer.stopped().await;
}

#[tokio::test(start_paused = true)]
async fn a_parked_message_that_is_given_up_is_a_dead_letter_and_the_next_of_its_key_flows() {
    let (broker, queue) = broker();
    let (_, dead) = dead_letters(&broker);
    let (effects, inbox) = (Effects::failing("a#1", 9), memory::Inbox::new());
    publish(&broker, &[("a", 1), ("a", 2)]).await;
    let consumer = started(&broker, &queue, &effects, &inbox);
    clock::sleep(70 * SECOND).await;
    assert_eq!(effects.all(), ["a#2"]);
    let letter = dead.try_recv().unwrap();
    let headers = &letter.message().headers;
    assert_eq!(headers["x-dead-letter-attempts"], "3");
    assert_eq!(headers["x-dead-letter-kind"], "exhausted");
    assert_eq!(headers["x-original-exchange"], "product.events");
    assert!(headers["x-dead-letter-tried-ms"].parse::<u64>().unwrap() >= 61_000);
    assert!(
        inbox.is_handled("test", "a#1"),
        "a redelivery does not put it there again"
    );
    let counts = consumer.stopped().await;
    assert_eq!((counts.dead_lettered, counts.unparked, counts.parked), (1, 2, 2));
}

#[tokio::test(start_paused = true)]
async fn a_parked_message_that_cannot_become_a_dead_letter_is_tried_ever_more_rarely() {
    let (broker, queue) = broker();
    let (effects, inbox) = (Effects::failing("a#1", u32::MAX), memory::Inbox::new());
    publish(&broker, &[("a", 1)]).await;
    let nowhere = DeadLetterExchange::new(broker.clone(), "dead");
    let config = config().with_retries(Retries::new([60 * SECOND]).with_jitter(0.0));
    let consumer = Consumer::new(queue, effects.clone(), nowhere, config)
        .unwrap()
        .with_inbox(inbox.clone());
    let stop = Stop::new();
    let task = tokio::spawn(consumer.run(stop.signal()));
    clock::sleep(660 * SECOND).await;
    assert!(effects.calls() < 60, "{} calls in ten minutes", effects.calls());
    let (_, dead) = dead_letters(&broker);
    clock::sleep(31 * SECOND).await;
    let letter = dead.try_recv().unwrap();
    assert_eq!(letter.message().headers["x-dead-letter-attempts"], "2");
    stop.now();
    assert_eq!(task.await.unwrap().unwrap().dead_lettered, 1);
}

#[tokio::test(start_paused = true)]
async fn a_parked_message_outlives_its_process() {
    let (broker, queue) = broker();
    let (effects, inbox) = (Effects::failing("a#1", 2), memory::Inbox::new());
    publish(&broker, &[("a", 1), ("a", 2)]).await;
    let first = started(&broker, &queue, &effects, &inbox);
    clock::sleep(3 * SECOND).await;
    first.task.abort();
    let second = started(&broker, &queue, &effects, &inbox);
    clock::sleep(62 * SECOND).await;
    assert_eq!(effects.all(), ["a#1", "a#2"]);
    second.stopped().await;
}

#[tokio::test(start_paused = true)]
async fn a_key_whose_process_died_is_taken_again_when_the_lease_has_run_out() {
    let (broker, queue) = broker();
    let (effects, inbox) = (Effects::failing("a#1", 2), memory::Inbox::new());
    publish(&broker, &[("a", 1), ("a", 2)]).await;
    let consumer = started(&broker, &queue, &effects, &inbox);
    clock::sleep(3 * SECOND).await;
    consumer.task.abort();
    clock::sleep(60 * SECOND).await;
    // Somebody takes the key, and is never heard of again.
    let lease = inbox.claim_parked("test", 9, 60 * SECOND).await.unwrap()[0].lease;
    let consumer = started(&broker, &queue, &effects, &inbox);
    clock::sleep(59 * SECOND).await;
    assert!(effects.all().is_empty());
    clock::sleep(3 * SECOND).await;
    assert_eq!(effects.all(), ["a#1", "a#2"]);
    let mut late = inbox.begin().await.unwrap();
    assert_eq!(inbox.unpark(&mut late, lease).await, Ok(false));
    consumer.stopped().await;
}

#[tokio::test(start_paused = true)]
async fn a_message_that_was_parked_and_comes_again_is_parked_once() {
    let (broker, queue) = broker();
    let (effects, inbox) = (Effects::failing("a#1", 2), memory::Inbox::new());
    publish(&broker, &[("a", 1)]).await;
    let consumer = started(&broker, &queue, &effects, &inbox);
    clock::sleep(3 * SECOND).await;
    publish(&broker, &[("a", 1), ("a", 2)]).await;
    settle().await;
    assert_eq!(inbox.parked_ids("test"), ["a#1", "a#2"]);
    clock::sleep(62 * SECOND).await;
    assert_eq!(effects.all(), ["a#1", "a#2"]);
    consumer.stopped().await;
}

#[tokio::test(start_paused = true)]
async fn a_store_that_fails_while_a_message_is_parked_asks_the_handler_no_more() {
    let (broker, queue) = broker();
    let (effects, inbox) = (
        Effects::failing("a#1", 2).and_taking(SECOND),
        memory::Inbox::new(),
    );
    publish(&broker, &[("a", 1)]).await;
    let consumer = started(&broker, &queue, &effects, &inbox);
    clock::sleep(2 * SECOND + SECOND / 2).await;
    inbox.set_down(true);
    clock::sleep(20 * SECOND).await;
    assert_eq!((effects.calls(), queue.unsettled()), (2, 1));
    inbox.set_down(false);
    clock::sleep(31 * SECOND).await;
    assert_eq!(inbox.parked_ids("test"), ["a#1"]);
    assert_eq!((effects.calls(), queue.unsettled()), (2, 0));
    consumer.stopped().await;
}

#[tokio::test(start_paused = true)]
async fn a_slow_message_that_is_the_first_after_an_outage_keeps_no_other_parked_key_waiting() {
    let (broker, queue) = broker();
    let effects = Effects::failing("a#1", 1)
        .and_failing("b#1", 1)
        .and_taking(20 * SECOND);
    let inbox = memory::Inbox::new();
    let config = config().with_retries(Retries::new([60 * SECOND]).with_jitter(0.0));
    publish(&broker, &[("a", 1), ("b", 1)]).await;
    let consumer = run_with_inbox(&broker, &queue, effects.clone(), inbox.clone(), config);
    clock::sleep(70 * SECOND).await;
    assert_eq!(inbox.parked_ids("test"), ["a#1", "b#1"]);
    inbox.set_down(true);
    clock::sleep(20 * SECOND).await;
    inbox.set_down(false);
    // The store is asked again within half a minute.
    clock::sleep(52 * SECOND).await;
    assert_eq!(
        effects.all().len(),
        2,
        "side by side, and not one after the other"
    );
    consumer.stopped().await;
}

#[tokio::test(start_paused = true)]
async fn several_consumers_share_the_park_and_keep_the_order_of_each_key() {
    let (broker, queue) = broker();
    let mut effects = Effects::default().and_taking(SECOND / 10);
    let mut batch = Vec::new();
    for key in ["a", "b", "c", "d"] {
        effects = effects.and_failing(&format!("{key}#1"), 2);
        batch.extend((1..=5).map(|sequence| message(key, sequence)));
    }
    let inbox = memory::Inbox::new();
    publish_all(&broker, batch).await;
    let first = started(&broker, &queue, &effects, &inbox);
    clock::sleep(5 * SECOND).await;
    assert_eq!((inbox.parked_ids("test").len(), queue.unsettled()), (20, 0));
    let others = [(); 3].map(|()| started(&broker, &queue, &effects, &inbox));
    clock::sleep(90 * SECOND).await;
    let all = effects.all();
    for key in ["a", "b", "c", "d"] {
        let of_key: Vec<_> = all.iter().filter(|id| id.starts_with(key)).collect();
        let expected: Vec<_> = (1..=5).map(|sequence| format!("{key}#{sequence}")).collect();
        assert_eq!(of_key, expected.iter().collect::<Vec<_>>());
    }
    let mut unparked = first.stopped().await.unparked;
    for other in others {
        unparked += other.stopped().await.unparked;
    }
    assert_eq!(unparked, 20);
}
