//! A consumer with an inbox: effect and row together, duplicates, and a store that fails.

use crate::handlers::{Effects, Started, config, dead_letters, publish, publish_all, run_with_inbox};
use crate::support::{broker, message, settle};
use event_contracts::MessageId;
use event_messaging::{
    Admission, InboxConfig, InboxEntry, InboxStore, NewlyParked, OutboundMessage, ParkedContent, Retries,
    clock, memory,
};
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

fn started(
    broker: &memory::Broker,
    queue: &memory::Queue,
    effects: &Effects,
    inbox: &memory::Inbox,
) -> Started {
    run_with_inbox(broker, queue, effects.clone(), inbox.clone(), config())
}

#[tokio::test(start_paused = true)]
async fn a_message_that_comes_again_has_one_effect_and_the_handler_is_not_asked() {
    let (broker, queue) = broker();
    let (effects, inbox) = (Effects::default(), memory::Inbox::new());
    publish(&broker, &[("a", 1), ("a", 1), ("b", 1), ("a", 1)]).await;
    let consumer = started(&broker, &queue, &effects, &inbox);
    settle().await;
    let counts = consumer.stopped().await;
    assert_eq!((counts.handled, counts.duplicates), (2, 2));
    assert_eq!(effects.all(), ["a#1", "b#1"]);
    assert_eq!(effects.calls(), 2);
    assert!(inbox.is_handled("test", "a#1"));
    assert_eq!(queue.unsettled(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_failed_attempt_leaves_neither_effect_nor_row() {
    let (broker, queue) = broker();
    let (effects, inbox) = (Effects::failing("a#1", 2), memory::Inbox::new());
    publish(&broker, &[("a", 1)]).await;
    let consumer = started(&broker, &queue, &effects, &inbox);
    settle().await;
    assert!(effects.all().is_empty() && !inbox.is_handled("test", "a#1"));
    clock::sleep(10 * SECOND).await;
    assert_eq!((effects.all().len(), effects.calls()), (1, 3));
    consumer.stopped().await;
}

#[tokio::test(start_paused = true)]
async fn a_message_that_is_handled_elsewhere_at_this_moment_waits_for_that_outcome() {
    let (broker, queue) = broker();
    let (effects, inbox) = (Effects::default(), memory::Inbox::new());
    let mut elsewhere = inbox.begin().await.unwrap();
    let id = MessageId::new("a#1").unwrap();
    let admission = inbox
        .admit(&mut elsewhere, InboxEntry::new("test", &id, "a"))
        .await;
    assert_eq!(admission, Ok(Admission::New));
    publish(&broker, &[("a", 1), ("b", 1)]).await;
    let consumer = started(&broker, &queue, &effects, &inbox);
    clock::sleep(5 * SECOND).await;
    assert_eq!(effects.all(), ["b#1"]);
    inbox.commit(elsewhere).await.unwrap();
    settle().await;
    assert_eq!(effects.all(), ["b#1"]);
    assert_eq!(consumer.stopped().await.duplicates, 1);
}

#[tokio::test(start_paused = true)]
async fn a_consumer_that_dies_after_the_commit_and_before_the_acknowledgement_does_it_once() {
    let (broker, queue) = broker();
    let (effects, inbox) = (Effects::default(), memory::Inbox::new());
    publish(&broker, &[("a", 1)]).await;
    let mut died = inbox.begin().await.unwrap();
    let id = MessageId::new("a#1").unwrap();
    inbox
        .admit(&mut died, InboxEntry::new("test", &id, "a"))
        .await
        .unwrap();
    effects.write(&mut died, "a#1");
    inbox.commit(died).await.unwrap();
    let consumer = started(&broker, &queue, &effects, &inbox);
    settle().await;
    assert_eq!(effects.all(), ["a#1"]);
    assert_eq!(consumer.stopped().await.duplicates, 1);
}

#[tokio::test(start_paused = true)]
async fn a_commit_whose_answer_is_lost_is_found_out_by_the_row() {
    let (broker, queue) = broker();
    let (effects, inbox) = (Effects::default(), memory::Inbox::new());
    publish(&broker, &[("a", 1), ("a", 2)]).await;
    inbox.lose_answers(1);
    let consumer = started(&broker, &queue, &effects, &inbox);
    clock::sleep(SECOND).await;
    assert_eq!(effects.all(), ["a#1", "a#2"]);
    let counts = consumer.stopped().await;
    assert_eq!(
        (counts.handled, counts.duplicates, counts.store_failures),
        (1, 1, 1)
    );
}

#[tokio::test(start_paused = true)]
async fn while_the_store_is_down_nothing_is_acknowledged_no_attempt_is_spent_and_nobody_spins() {
    let (broker, queue) = broker();
    let (effects, inbox) = (Effects::default(), memory::Inbox::new());
    let keys: Vec<String> = (0..30).map(|number| format!("k{number}")).collect();
    let batch = keys.iter().map(|key| message(key, 1)).collect();
    publish_all(&broker, batch).await;
    inbox.set_down(true);
    let consumer = started(&broker, &queue, &effects, &inbox);
    clock::sleep(600 * SECOND).await;
    // Ten are held, and the queue keeps the others: back-pressure.
    assert_eq!((queue.unsettled(), queue.ready()), (30, 20));
    assert_eq!(effects.calls(), 0);
    // The consumer's own, those for parked messages and for their count, and pruning once a minute.
    assert!(inbox.calls() < 150, "{} calls in ten minutes", inbox.calls());
    inbox.set_down(false);
    clock::sleep(31 * SECOND).await;
    assert_eq!(effects.all().len(), 30);
    let counts = consumer.stopped().await;
    assert_eq!((counts.failed, counts.retried, counts.duplicates), (0, 0, 0));
    assert!(counts.store_failures > 10);
}

#[tokio::test(start_paused = true)]
async fn a_store_that_goes_down_between_effect_and_commit_rolls_back_and_the_handler_is_asked_again() {
    let (broker, queue) = broker();
    let (effects, inbox) = (Effects::taking(SECOND), memory::Inbox::new());
    publish(&broker, &[("a", 1)]).await;
    let consumer = started(&broker, &queue, &effects, &inbox);
    clock::sleep(SECOND / 2).await;
    inbox.set_down(true);
    clock::sleep(SECOND).await;
    assert!(effects.all().is_empty());
    inbox.set_down(false);
    clock::sleep(10 * SECOND).await;
    assert_eq!((effects.all().len(), effects.calls()), (1, 2));
    assert_eq!(consumer.stopped().await.failed, 0);
}

#[tokio::test(start_paused = true)]
async fn a_store_that_is_well_again_serves_everybody_and_not_one_at_a_time() {
    let (broker, queue) = broker();
    let (effects, inbox) = (Effects::taking(20 * SECOND), memory::Inbox::new());
    let keys: Vec<String> = (0..10).map(|number| format!("k{number}")).collect();
    publish_all(&broker, keys.iter().map(|key| message(key, 1)).collect()).await;
    inbox.set_down(true);
    let consumer = started(&broker, &queue, &effects, &inbox);
    clock::sleep(5 * SECOND).await;
    inbox.set_down(false);
    clock::sleep(10 * SECOND).await;
    assert_eq!(effects.calls(), 10);
    clock::sleep(20 * SECOND).await;
    assert_eq!(consumer.stopped().await.handled, 10);
}

#[tokio::test(start_paused = true)]
async fn a_dead_letter_that_is_delivered_again_is_not_put_there_again() {
    let (broker, queue) = broker();
    let (_, dead) = dead_letters(&broker);
    let (effects, inbox) = (Effects::failing("a#1", 9).permanently(), memory::Inbox::new());
    let undecodable = |id: &str| {
        let mut message = message("b", 1);
        message.message_id = MessageId::new(id).unwrap();
        let body = String::from_utf8(message.body.to_vec()).unwrap();
        message.body = body.replace("productId", "other").replace("b#1", id).into();
        message
    };
    let batch: Vec<OutboundMessage> = vec![
        message("a", 1),
        undecodable("b#1"),
        message("a", 1),
        undecodable("b#1"),
    ];
    publish_all(&broker, batch).await;
    let consumer = started(&broker, &queue, &effects, &inbox);
    settle().await;
    let counts = consumer.stopped().await;
    assert_eq!((counts.dead_lettered, counts.duplicates), (2, 2));
    assert_eq!((dead.ready(), effects.calls()), (2, 1));
}

#[tokio::test(start_paused = true)]
async fn old_rows_are_pruned_in_small_batches_and_young_ones_stay() {
    let (broker, queue) = broker();
    let (effects, inbox) = (Effects::default(), memory::Inbox::new());
    let batch = (1..=7).map(|sequence| message("a", sequence)).collect();
    publish_all(&broker, batch).await;
    let hour = Duration::from_secs(3_600);
    let config = config().with_retries(Retries::new([SECOND])).with_inbox(
        InboxConfig::default()
            .with_redrive_window(hour)
            .with_retention(2 * hour)
            .with_pruning(hour, 3),
    );
    let consumer = run_with_inbox(&broker, &queue, effects.clone(), inbox.clone(), config);
    clock::sleep(hour + hour / 2).await;
    assert!(inbox.is_handled("test", "a#1"));
    publish(&broker, &[("b", 1)]).await;
    clock::sleep(2 * hour).await;
    assert!((1..=7).all(|sequence| !inbox.is_handled("test", &format!("a#{sequence}"))));
    assert!(inbox.is_handled("test", "b#1"));
    consumer.stopped().await;
}

#[tokio::test(start_paused = true)]
async fn a_consumer_that_forgets_early_forgets_nothing_of_another_one() {
    let (broker, queue) = broker();
    let (effects, inbox) = (Effects::default(), memory::Inbox::new());
    let mut others = inbox.begin().await.unwrap();
    let id = MessageId::new("a#1").unwrap();
    let entry = InboxEntry::new("other", &id, "a");
    inbox.admit(&mut others, entry).await.unwrap();
    inbox.commit(others).await.unwrap();
    let hour = Duration::from_secs(3_600);
    let retention = InboxConfig::default()
        .with_redrive_window(hour)
        .with_retention(2 * hour)
        .with_pruning(hour, 3);
    let config = config()
        .with_retries(Retries::new([SECOND]))
        .with_inbox(retention);
    let consumer = run_with_inbox(&broker, &queue, effects, inbox.clone(), config);
    clock::sleep(5 * hour).await;
    assert!(inbox.is_handled("other", "a#1"));
    consumer.stopped().await;
}

#[tokio::test(start_paused = true)]
async fn leases_and_delays_of_parked_messages_may_last_for_ever() {
    let (inbox, id) = (memory::Inbox::new(), MessageId::new("a#1").unwrap());
    let content = ParkedContent::new(id, "product.events", "product.deleted", "{}");
    let message = NewlyParked::behind("test", "a", &content);
    for parked in [
        message,
        message
            .failed(1, Duration::MAX, Duration::MAX, "no")
            .redriven(true),
    ] {
        let mut transaction = inbox.begin().await.unwrap();
        inbox.park(&mut transaction, parked).await.unwrap();
        inbox.commit(transaction).await.unwrap();
        for claimed in inbox.claim_parked("test", 1, Duration::MAX).await.unwrap() {
            assert!(
                inbox
                    .postpone(claimed.lease, 1, Duration::MAX, "no")
                    .await
                    .unwrap()
            );
        }
    }
    assert_eq!(inbox.claim_parked("test", 1, Duration::MAX).await.unwrap(), []);
}

#[tokio::test(start_paused = true)]
async fn a_redelivery_in_the_midst_of_a_drain_is_given_back_and_has_its_effect_once() {
    let (broker, queue) = broker();
    let (effects, inbox) = (Effects::taking(60 * SECOND), memory::Inbox::new());
    publish(&broker, &[("a", 1)]).await;
    let mut patient = config().with_handler_deadline(100 * SECOND);
    patient.park.lease = 200 * SECOND;
    let first = run_with_inbox(&broker, &queue, effects.clone(), inbox.clone(), patient.clone());
    settle().await;
    assert_eq!(first.stopped().await.given_back, 1);
    let second = run_with_inbox(&broker, &queue, effects.clone(), inbox, patient);
    clock::sleep(61 * SECOND).await;
    assert_eq!((effects.all().len(), effects.calls()), (1, 2));
    second.stopped().await;
}
