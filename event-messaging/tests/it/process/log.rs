//! The log of a server: partitions that move between processes.

use super::{Folder, TOPIC, exists, of_key, until_sent};
use crate::support::message;
use event_messaging::memory::process::RemoteLogConsumer;
use event_messaging::memory::{LogRecord, Retention};
use event_messaging::{LogEvent, LogSource, Outcome, Partition, Publisher, Record, clock};
use std::time::Duration;

async fn assigned(consumer: &mut RemoteLogConsumer, count: usize) -> Vec<Partition> {
    let mut own = Vec::new();
    while own.len() < count {
        match consumer.next().await.unwrap() {
            Some(LogEvent::Assigned(partitions)) => own.extend(partitions),
            Some(LogEvent::Lost(_)) => own.clear(),
            other => panic!("expected an assignment and got {other:?}"),
        }
    }
    own
}

#[tokio::test]
async fn partitions_of_a_killed_consumer_are_the_others_and_begin_where_it_committed() {
    let folder = Folder::new();
    let _server = folder.serve();
    let client = folder.client();
    client
        .create_topic(TOPIC, 2, 100, Retention::UntilCommitted)
        .await
        .unwrap();
    let outcomes = client.log_publisher().publish(of_key("p", 1..=3)).await;
    assert_eq!(outcomes, [Outcome::Sent; 3]);
    let dying = folder.process("process::part_log_consumer");
    exists(&folder.0.join("held")).await;
    assert_eq!(client.lag("group", TOPIC).await.unwrap(), 2);
    dying.kill();
    let mut heir = client.log_consumer("group", TOPIC);
    assigned(&mut heir, 2).await;
    for sequence in [2, 3] {
        let Some(LogEvent::Record(record)) = heir.next().await.unwrap() else {
            panic!("a record comes");
        };
        assert_eq!(record.message().sequence, Some(sequence));
        heir.commit(record.partition(), record.offset() + 1)
            .await
            .unwrap();
    }
    assert_eq!(client.lag("group", TOPIC).await.unwrap(), 0);
}

#[tokio::test]
async fn a_partition_moves_between_processes_when_it_was_released() {
    let folder = Folder::new();
    let _server = folder.serve();
    let client = folder.client();
    client
        .create_topic(TOPIC, 2, 100, Retention::UntilCommitted)
        .await
        .unwrap();
    let mut old = client.log_consumer("group", TOPIC);
    assigned(&mut old, 2).await;
    let new = client.log_consumer("group", TOPIC);
    let joining = tokio::spawn(async move {
        let mut new = new;
        (assigned(&mut new, 1).await, new)
    });
    let Some(LogEvent::Revoked(moving)) = old.next().await.unwrap() else {
        panic!("one of two is revoked");
    };
    assert!(!joining.is_finished());
    old.release(&moving).await.unwrap();
    let (moved, _new) = joining.await.unwrap();
    assert_eq!(moved, moving);
    assert!(old.commit(&moving[0], 0).await.unwrap_err().is_fenced());
}

#[tokio::test]
async fn a_killed_server_comes_back_with_records_and_offsets() {
    let folder = Folder::new();
    let server = folder.process("process::part_server");
    let client = folder.client();
    client
        .create_topic(TOPIC, 1, 2, Retention::UntilCommitted)
        .await
        .unwrap();
    let publisher = client.log_publisher();
    assert_eq!(publisher.publish(of_key("p", 1..=2)).await, [Outcome::Sent; 2]);
    let mut consumer = client.log_consumer("group", TOPIC);
    let own = assigned(&mut consumer, 1).await;
    for _ in 0..2 {
        let Some(LogEvent::Record(record)) = consumer.next().await.unwrap() else {
            panic!("a record comes");
        };
        consumer.commit(&own[0], record.offset() + 1).await.unwrap();
    }
    assert_eq!(publisher.publish(of_key("p", 3..=3)).await, [Outcome::Sent]);
    server.kill();
    let _server = folder.process("process::part_server");
    loop {
        match consumer.next().await.unwrap() {
            // It was on its way already, and comes again.
            Some(LogEvent::Record(record)) => assert_eq!(record.offset(), 2),
            Some(LogEvent::Lost(lost)) => break assert_eq!(lost, own),
            other => panic!("expected a loss and got {other:?}"),
        }
    }
    assigned(&mut consumer, 1).await;
    let Some(LogEvent::Record(record)) = consumer.next().await.unwrap() else {
        panic!("a record comes");
    };
    assert_eq!((record.offset(), record.message().sequence), (2, Some(3)));
    until_sent(&publisher, of_key("p", 4..=4)).await;
}

#[tokio::test]
async fn paused_partitions_are_silent_over_the_socket_too() {
    let folder = Folder::new();
    let _server = folder.serve();
    let client = folder.client();
    client
        .create_topic(TOPIC, 2, 1_000, Retention::UntilCommitted)
        .await
        .unwrap();
    let batch = (0..600).map(|number| message(&format!("k{number}"), 1)).collect();
    client.log_publisher().publish(batch).await;
    let mut consumer = client.log_consumer("group", TOPIC);
    let own = assigned(&mut consumer, 2).await;
    // Until all that is under way has come, both partitions have records on their way.
    let Some(LogEvent::Record(first)) = consumer.next().await.unwrap() else {
        panic!("a record comes");
    };
    consumer.pause(&own[..1]);
    let (mut other, mut paused) = (0, 0);
    let count = |record: &LogRecord| usize::from(record.partition() == &own[1]);
    other += count(&first);
    paused += 1 - count(&first);
    let total = client.lag("group", TOPIC).await.unwrap();
    assert_eq!(total, 600);
    let soon = Duration::from_millis(200);
    while let Some(event) = clock::until(clock::now() + soon, consumer.next()).await {
        let Some(LogEvent::Record(record)) = event.unwrap() else {
            panic!("only records come");
        };
        assert_eq!(record.partition(), &own[1]);
        other += 1;
    }
    consumer.resume(&own[..1]);
    let mut last = if paused > 0 { Some(0) } else { None };
    while paused + other < 600 {
        let Some(LogEvent::Record(record)) = consumer.next().await.unwrap() else {
            panic!("only records come");
        };
        assert_eq!(record.partition(), &own[0]);
        assert_eq!(record.offset(), last.map_or(0, |last| last + 1), "in order");
        last = Some(record.offset());
        paused += 1;
    }
}
