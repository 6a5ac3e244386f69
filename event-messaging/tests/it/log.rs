//! The log: offsets, groups, and partitions that change hands.

use crate::support::message;
use event_messaging::memory::{Log, LogConsumer, LogRecord, Retention};
use event_messaging::{LogEvent, LogSource, Outcome, Partition, Publisher, Received, Record, clock};
use std::collections::BTreeMap;
use std::time::Duration;

pub(crate) const TOPIC: &str = "product.events";

pub(crate) fn log(partitions: usize, capacity: usize) -> Log {
    let log = Log::new().with_publish_timeout(Duration::from_secs(1));
    log.create_topic(TOPIC, partitions, capacity, Retention::UntilCommitted);
    log
}

pub(crate) fn consumer(log: &Log) -> LogConsumer {
    log.consumer("group", TOPIC).unwrap()
}

/// What happens before everything waits.
pub(crate) async fn next(consumer: &mut LogConsumer) -> Option<LogEvent<LogRecord>> {
    let soon = clock::now() + Duration::from_millis(1);
    clock::until(soon, consumer.next()).await?.unwrap()
}

async fn assigned(consumer: &mut LogConsumer) -> Vec<Partition> {
    match next(consumer).await {
        Some(LogEvent::Assigned(partitions)) => partitions,
        other => panic!("expected an assignment and got {other:?}"),
    }
}

async fn revoked(consumer: &mut LogConsumer) -> Vec<Partition> {
    match next(consumer).await {
        Some(LogEvent::Revoked(partitions)) => partitions,
        other => panic!("expected a revocation and got {other:?}"),
    }
}

async fn lost(consumer: &mut LogConsumer) -> Vec<Partition> {
    match next(consumer).await {
        Some(LogEvent::Lost(partitions)) => partitions,
        other => panic!("expected a loss and got {other:?}"),
    }
}

async fn record(consumer: &mut LogConsumer) -> LogRecord {
    match next(consumer).await {
        Some(LogEvent::Record(record)) => record,
        other => panic!("expected a record and got {other:?}"),
    }
}

async fn publish(log: &Log, key: &str, sequences: std::ops::RangeInclusive<u64>) -> Vec<Outcome> {
    log.publish(sequences.map(|sequence| message(key, sequence)).collect())
        .await
}

#[tokio::test(start_paused = true)]
async fn records_of_a_key_are_in_one_partition_in_the_order_of_their_offsets() {
    let log = log(4, 100);
    for sequence in 1..=3 {
        for key in ["a", "b", "c", "d", "e"] {
            assert_eq!(publish(&log, key, sequence..=sequence).await, [Outcome::Sent]);
        }
    }
    let mut consumer = consumer(&log);
    assert_eq!(assigned(&mut consumer).await.len(), 4);
    let mut offsets: BTreeMap<Partition, u64> = BTreeMap::new();
    let mut seen: BTreeMap<String, (Partition, u64)> = BTreeMap::new();
    for _ in 0..15 {
        let record = record(&mut consumer).await;
        let expected = offsets.entry(record.partition().clone()).or_default();
        assert_eq!(record.offset(), *expected);
        *expected += 1;
        let place = seen
            .entry(record.message().key.clone())
            .or_insert((record.partition().clone(), 0));
        assert_eq!(&place.0, record.partition());
        assert_eq!(record.message().sequence, Some(place.1 + 1));
        place.1 += 1;
    }
    assert!(next(&mut consumer).await.is_none());
    assert!(offsets.len() > 1, "the keys are spread: {offsets:?}");
}

#[tokio::test(start_paused = true)]
async fn a_topic_that_was_never_created_takes_nothing_and_has_no_consumers() {
    let log = Log::new();
    assert_eq!(publish(&log, "a", 1..=1).await, [Outcome::Unroutable]);
    assert!(log.consumer("group", TOPIC).unwrap_err().is_unknown_topic());
}

#[tokio::test(start_paused = true)]
async fn a_consumer_begins_where_its_group_has_committed() {
    let log = log(1, 100);
    publish(&log, "a", 1..=4).await;
    let mut first = consumer(&log);
    let partition = assigned(&mut first).await.remove(0);
    for _ in 0..3 {
        record(&mut first).await;
    }
    first.commit(&partition, 2).await.unwrap();
    assert_eq!(log.lag("group", TOPIC), 2);
    drop(first);

    let mut second = consumer(&log);
    assigned(&mut second).await;
    let again = record(&mut second).await;
    assert_eq!((again.offset(), again.is_redelivered()), (2, true));
    let fresh = record(&mut second).await;
    assert_eq!((fresh.offset(), fresh.is_redelivered()), (3, false));

    let mut other_group = log.consumer("other", TOPIC).unwrap();
    assigned(&mut other_group).await;
    assert_eq!(
        record(&mut other_group).await.offset(),
        0,
        "groups do not know of each other"
    );
}

#[tokio::test(start_paused = true)]
async fn a_commit_never_goes_back_and_never_beyond_what_was_read() {
    let log = log(1, 100);
    publish(&log, "a", 1..=4).await;
    let mut consumer = consumer(&log);
    let partition = assigned(&mut consumer).await.remove(0);
    record(&mut consumer).await;
    record(&mut consumer).await;
    assert!(consumer.commit(&partition, 3).await.is_err());
    consumer.commit(&partition, 2).await.unwrap();
    consumer.commit(&partition, 1).await.unwrap();
    assert_eq!(log.lag("group", TOPIC), 2);
    let elsewhere = Partition::new("other.events", 0);
    assert!(consumer.commit(&elsewhere, 1).await.unwrap_err().is_fenced());
}

#[tokio::test(start_paused = true)]
async fn a_partition_moves_when_it_was_released_and_not_before() {
    let log = log(2, 100);
    let mut old = consumer(&log);
    assigned(&mut old).await;
    for key in ["a", "b", "c", "d", "e", "f"] {
        publish(&log, key, 1..=1).await;
    }
    let mut new = consumer(&log);
    assert!(next(&mut new).await.is_none(), "it has nothing yet");
    let moving = revoked(&mut old).await;
    assert_eq!(moving.len(), 1);
    while let Some(LogEvent::Record(record)) = next(&mut old).await {
        assert_ne!(record.partition(), &moving[0], "no more records of it come");
        old.commit(record.partition(), record.offset() + 1).await.unwrap();
    }
    old.commit(&moving[0], 0).await.unwrap();
    assert!(next(&mut new).await.is_none());
    old.release(&moving).await.unwrap();
    assert_eq!(assigned(&mut new).await, moving);
    assert!(
        old.commit(&moving[0], 0).await.unwrap_err().is_fenced(),
        "it is the other's now"
    );
    assert_eq!(record(&mut new).await.offset(), 0);
}

#[tokio::test(start_paused = true)]
async fn who_leaves_gives_its_partitions_to_the_others_at_once() {
    let log = log(3, 100);
    let (mut one, mut other) = (consumer(&log), consumer(&log));
    assigned(&mut one).await;
    assert!(next(&mut other).await.is_none());
    let moving = revoked(&mut one).await;
    one.release(&moving).await.unwrap();
    assert_eq!(assigned(&mut other).await, moving);
    drop(one);
    let rest = assigned(&mut other).await;
    assert_eq!(rest.len() + moving.len(), 3);
}

#[tokio::test(start_paused = true)]
async fn who_dies_is_noticed_by_the_session_timeout() {
    let log = log(2, 100);
    publish(&log, "a", 1..=2).await;
    let mut dying = consumer(&log);
    assigned(&mut dying).await;
    record(&mut dying).await;
    dying.abandon();
    let begun = clock::now();
    let mut heir = consumer(&log);
    let Some(LogEvent::Assigned(partitions)) = heir.next().await.unwrap() else {
        panic!("the partitions are free after a while");
    };
    assert_eq!(partitions.len(), 2);
    assert!(clock::now() - begun >= Duration::from_secs(44));
    let again = record(&mut heir).await;
    assert_eq!((again.offset(), again.is_redelivered()), (0, true));
}

#[tokio::test(start_paused = true)]
async fn who_was_silent_for_too_long_is_fenced_off_and_told_so() {
    let log = log(1, 100);
    publish(&log, "a", 1..=3).await;
    let mut slow = consumer(&log);
    let partition = assigned(&mut slow).await.remove(0);
    record(&mut slow).await;
    clock::sleep(Duration::from_secs(46)).await;
    let mut quick = consumer(&log);
    assert_eq!(assigned(&mut quick).await, std::slice::from_ref(&partition));
    assert_eq!(record(&mut quick).await.offset(), 0);
    quick.commit(&partition, 1).await.unwrap();
    assert!(slow.commit(&partition, 1).await.unwrap_err().is_fenced());
    assert_eq!(lost(&mut slow).await, std::slice::from_ref(&partition));
    assert!(
        next(&mut slow).await.is_none(),
        "it has joined anew, and there is nothing for it"
    );
    quick.commit(&partition, 1).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn what_is_not_released_in_time_is_lost() {
    let log = Log::new().with_release_timeout(Duration::from_secs(20));
    log.create_topic(TOPIC, 2, 100, Retention::UntilCommitted);
    let mut stubborn = consumer(&log);
    assigned(&mut stubborn).await;
    let mut heir = consumer(&log);
    assert!(next(&mut heir).await.is_none());
    let moving = revoked(&mut stubborn).await;
    for _ in 0..3 {
        clock::sleep(Duration::from_secs(7)).await;
        let _ = next(&mut heir).await.map(|event| {
            assert!(matches!(event, LogEvent::Assigned(partitions) if partitions == moving));
        });
    }
    assert_eq!(lost(&mut stubborn).await, moving);
    assert!(stubborn.commit(&moving[0], 0).await.unwrap_err().is_fenced());
}

#[tokio::test(start_paused = true)]
async fn paused_partitions_stay_and_are_silent() {
    let log = log(2, 100);
    for key in ["a", "b", "c", "d", "e", "f"] {
        publish(&log, key, 1..=1).await;
    }
    let mut consumer = consumer(&log);
    let partitions = assigned(&mut consumer).await;
    consumer.pause(&partitions[..1]);
    let mut before = 0;
    while let Some(LogEvent::Record(record)) = next(&mut consumer).await {
        assert_eq!(record.partition(), &partitions[1]);
        before += 1;
    }
    consumer.pause(&partitions);
    consumer.resume(&partitions);
    let mut after = 0;
    while let Some(LogEvent::Record(record)) = next(&mut consumer).await {
        assert_eq!(record.partition(), &partitions[0]);
        after += 1;
    }
    assert_eq!(before + after, 6);
}

#[tokio::test(start_paused = true)]
async fn a_full_partition_pushes_back_until_every_group_has_committed() {
    let log = log(1, 2);
    let (mut fast, mut slow) = (consumer(&log), log.consumer("slow", TOPIC).unwrap());
    let partition = assigned(&mut fast).await.remove(0);
    assigned(&mut slow).await;
    assert_eq!(
        publish(&log, "a", 1..=3).await,
        [Outcome::Sent, Outcome::Sent, Outcome::Nacked]
    );
    record(&mut fast).await;
    fast.commit(&partition, 1).await.unwrap();
    assert_eq!(
        publish(&log, "a", 3..=3).await,
        [Outcome::Nacked],
        "one group is behind"
    );
    record(&mut slow).await;
    let waiting = {
        let log = log.clone();
        tokio::spawn(async move { publish(&log, "a", 3..=3).await })
    };
    slow.commit(&partition, 1).await.unwrap();
    assert_eq!(waiting.await.unwrap(), [Outcome::Sent]);
    assert_eq!(log.records(TOPIC), 2);
}

#[tokio::test(start_paused = true)]
async fn a_log_of_the_newest_drops_the_oldest_unread() {
    let log = Log::new();
    log.create_topic(TOPIC, 1, 2, Retention::Newest);
    let mut consumer = consumer(&log);
    assigned(&mut consumer).await;
    assert_eq!(publish(&log, "a", 1..=5).await, [Outcome::Sent; 5]);
    assert_eq!(log.records(TOPIC), 2);
    assert_eq!(record(&mut consumer).await.offset(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_deleted_topic_ends_its_consumers_loudly() {
    let log = log(1, 10);
    let mut consumer = consumer(&log);
    let partition = assigned(&mut consumer).await.remove(0);
    assert!(log.delete_topic(TOPIC));
    assert!(consumer.commit(&partition, 0).await.unwrap_err().is_deleted());
    assert!(consumer.next().await.unwrap_err().is_deleted());
    assert_eq!(publish(&log, "a", 1..=1).await, [Outcome::Unroutable]);
}

#[tokio::test(start_paused = true)]
async fn a_restart_keeps_records_and_offsets_and_ends_sessions() {
    let log = log(2, 10);
    publish(&log, "a", 1..=2).await;
    let mut consumer = consumer(&log);
    let partitions = assigned(&mut consumer).await;
    let first = record(&mut consumer).await;
    consumer
        .commit(first.partition(), first.offset() + 1)
        .await
        .unwrap();
    log.restart();
    assert!(
        consumer
            .commit(first.partition(), 1)
            .await
            .unwrap_err()
            .is_fenced()
    );
    assert_eq!(lost(&mut consumer).await, partitions);
    assert_eq!(assigned(&mut consumer).await, partitions);
    assert_eq!(record(&mut consumer).await.offset(), 1);
}
