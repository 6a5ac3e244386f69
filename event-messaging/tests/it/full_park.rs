//! A park that takes no more: keys that fail keep their lanes, the broker keeps what comes behind, and nothing is lost.

use crate::handlers::{Effects, Started, config, dead_letters, publish, publish_all, run_with_inbox};
use crate::support::{broker, message, settle};
use event_messaging::{ConsumerConfig, ParkConfig, Retries, clock, memory};
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

fn limited(messages: usize) -> ConsumerConfig {
    config()
        .with_prefetch(4)
        .with_retries(Retries::new([SECOND, 60 * SECOND, 60 * SECOND]).with_jitter(0.0))
        .with_park(ParkConfig::default().with_limit(messages))
}

fn started(
    broker: &memory::Broker,
    queue: &memory::Queue,
    effects: &Effects,
    inbox: &memory::Inbox,
    config: ConsumerConfig,
) -> Started {
    run_with_inbox(broker, queue, effects.clone(), inbox.clone(), config)
}

#[tokio::test(start_paused = true)]
async fn what_comes_behind_a_parked_key_stays_in_its_queue_and_follows_in_order() {
    let (broker, queue) = broker();
    let (effects, inbox) = (Effects::failing("a#1", 2), memory::Inbox::new());
    publish_all(&broker, (1..=20).map(|sequence| message("a", sequence)).collect()).await;
    let consumer = started(&broker, &queue, &effects, &inbox, limited(5));
    clock::sleep(30 * SECOND).await;
    assert_eq!(inbox.parked_ids("test").len(), 5);
    assert_eq!((queue.unsettled(), queue.ready()), (15, 11), "four are held");
    clock::sleep(40 * SECOND).await;
    let expected: Vec<_> = (1..=20).map(|sequence| format!("a#{sequence}")).collect();
    assert_eq!(effects.all(), expected);
    assert_eq!((queue.unsettled(), inbox.parked_ids("test").len()), (0, 0));
    let counts = consumer.stopped().await;
    assert_eq!(counts.received + counts.unparked, counts.handled + counts.parked);
}

#[tokio::test(start_paused = true)]
async fn a_key_that_fails_while_the_park_is_full_is_held_and_tried_when_it_is_due() {
    let (broker, queue) = broker();
    let effects = Effects::failing("a#1", 4).and_failing("b#1", 2);
    let inbox = memory::Inbox::new();
    let consumer = started(&broker, &queue, &effects, &inbox, limited(1));
    publish(&broker, &[("a", 1)]).await;
    clock::sleep(2 * SECOND).await;
    publish(&broker, &[("b", 1), ("b", 2), ("c", 1)]).await;
    clock::sleep(30 * SECOND).await;
    assert_eq!(inbox.parked_ids("test"), ["a#1"]);
    assert_eq!(effects.all(), ["c#1"], "other keys go on");
    assert_eq!((effects.calls(), queue.unsettled()), (5, 2));
    clock::sleep(34 * SECOND).await;
    assert_eq!(effects.all(), ["c#1", "b#1", "b#2"]);
    assert_eq!(queue.unsettled(), 0);
    consumer.stopped().await;
}

#[tokio::test(start_paused = true)]
async fn a_key_that_is_held_is_parked_as_soon_as_there_is_room() {
    let (broker, queue) = broker();
    let (_, dead) = dead_letters(&broker);
    let effects = Effects::failing("a#1", 2).and_failing("b#1", 9);
    let inbox = memory::Inbox::new();
    let consumer = started(&broker, &queue, &effects, &inbox, limited(1));
    publish(&broker, &[("a", 1)]).await;
    clock::sleep(31 * SECOND).await;
    publish(&broker, &[("b", 1), ("b", 2)]).await;
    clock::sleep(5 * SECOND).await;
    assert_eq!(
        (inbox.parked_ids("test"), queue.unsettled()),
        (vec!["a#1".to_owned()], 2)
    );
    clock::sleep(27 * SECOND + SECOND / 2).await;
    assert_eq!(
        inbox.parked_ids("test"),
        ["b#1"],
        "a#1 is handled, and b#2 behind it waits for room"
    );
    assert_eq!(effects.all(), ["a#1"]);
    clock::sleep(120 * SECOND).await;
    assert_eq!(
        (effects.all(), dead.ready()),
        (vec!["a#1".to_owned(), "b#2".to_owned()], 1)
    );
    assert_eq!(effects.calls(), 2 + 1 + 4 + 1, "what is held spends no attempt");
    consumer.stopped().await;
}

#[tokio::test(start_paused = true)]
async fn a_consumer_that_begins_counts_what_others_have_parked() {
    let (broker, queue) = broker();
    let (effects, inbox) = (Effects::failing("a#1", 3), memory::Inbox::new());
    publish(&broker, &[("a", 1), ("a", 2)]).await;
    let first = started(&broker, &queue, &effects, &inbox, limited(2));
    clock::sleep(2 * SECOND).await;
    first.stopped().await;
    let second = started(&broker, &queue, &effects, &inbox, limited(2));
    settle().await;
    publish(&broker, &[("a", 3)]).await;
    clock::sleep(10 * SECOND).await;
    assert_eq!((inbox.parked_ids("test").len(), queue.unsettled()), (2, 1));
    clock::sleep(130 * SECOND).await;
    assert_eq!(effects.all(), ["a#1", "a#2", "a#3"]);
    second.stopped().await;
}

#[tokio::test(start_paused = true)]
async fn what_is_held_for_a_full_park_is_given_back_at_the_drain_and_absorbed_or_handled_later() {
    let (broker, queue) = broker();
    let (effects, inbox) = (Effects::failing("a#1", 2), memory::Inbox::new());
    publish_all(&broker, (1..=6).map(|sequence| message("a", sequence)).collect()).await;
    let first = started(&broker, &queue, &effects, &inbox, limited(2));
    clock::sleep(10 * SECOND).await;
    let counts = first.stopped().await;
    assert_eq!((counts.parked, counts.given_back), (2, 4));
    let second = started(&broker, &queue, &effects, &inbox, limited(2));
    clock::sleep(70 * SECOND).await;
    let expected: Vec<_> = (1..=6).map(|sequence| format!("a#{sequence}")).collect();
    assert_eq!(effects.all(), expected);
    second.stopped().await;
}

#[tokio::test(start_paused = true)]
async fn many_parked_keys_are_tried_side_by_side_and_one_asks_for_those_that_are_due() {
    let (broker, queue) = broker();
    let mut effects = Effects::default().and_taking(10 * SECOND);
    for number in 0..10 {
        effects = effects.and_failing(&format!("k{number}#1"), 1);
        publish(&broker, &[(&format!("k{number}"), 1)]).await;
    }
    let config = config().with_retries(Retries::new([60 * SECOND]).with_jitter(0.0));
    let inbox = memory::Inbox::new();
    let consumer = started(&broker, &queue, &effects, &inbox, config);
    clock::sleep(15 * SECOND).await;
    assert_eq!(inbox.parked_ids("test").len(), 10);
    let before = inbox.calls();
    clock::sleep(50 * SECOND).await;
    assert!(
        inbox.calls() - before < 70,
        "{} calls in 50 s",
        inbox.calls() - before
    );
    clock::sleep(18 * SECOND).await;
    assert_eq!(
        effects.all().len(),
        10,
        "all at once, and not one after the other"
    );
    consumer.stopped().await;
}

#[tokio::test(start_paused = true)]
async fn a_park_for_one_and_a_prefetch_of_one_let_everything_through_in_order() {
    let (broker, queue) = broker();
    let effects = Effects::failing("a#1", 3)
        .and_failing("b#1", 3)
        .and_failing("a#3", 2);
    let inbox = memory::Inbox::new();
    let messages = (1..=4).flat_map(|sequence| ["a", "b", "c"].map(|key| message(key, sequence)));
    publish_all(&broker, messages.collect()).await;
    let consumer = started(&broker, &queue, &effects, &inbox, limited(1).with_prefetch(1));
    clock::sleep(5 * SECOND).await;
    assert_eq!((inbox.parked_ids("test").len(), queue.unsettled()), (1, 11));
    consumer.control.pause();
    clock::sleep(600 * SECOND).await;
    assert_eq!(effects.all().len(), 0, "nothing is tried, parked or held");
    consumer.control.resume();
    clock::sleep(600 * SECOND).await;
    let all = effects.all();
    for key in ["a", "b", "c"] {
        let of_key: Vec<_> = all.iter().filter(|id| id.starts_with(key)).cloned().collect();
        let expected: Vec<_> = (1..=4).map(|sequence| format!("{key}#{sequence}")).collect();
        assert_eq!(of_key, expected);
    }
    assert_eq!((queue.unsettled(), inbox.parked_ids("test").len()), (0, 0));
    consumer.stopped().await;
}
