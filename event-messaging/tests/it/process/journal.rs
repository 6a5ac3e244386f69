//! A server that is killed comes back with what it had confirmed.

use super::{Folder, declare, of_key, take, until_sent};
use crate::support::message;
use event_messaging::memory::process::{RemoteConsumer, Server};
use event_messaging::{Delivery, Outcome, Publisher, Source};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

#[tokio::test]
async fn a_killed_server_comes_back_with_what_it_had_confirmed() {
    let folder = Folder::new();
    let server = folder.process("process::part_server");
    let client = folder.client();
    declare(&client, 4).await;
    let publisher = client.publisher();
    let mut consumer = client.consumer("q", 5);
    let mut handled = Vec::new();
    let mut servers = vec![server];
    for round in 0..4 {
        let batch: Vec<_> = ["a", "b", "c"]
            .iter()
            .flat_map(|key| of_key(key, round * 5 + 1..=round * 5 + 5))
            .collect();
        until_sent(&publisher, batch).await;
        for _ in 0..7 {
            handled.push(take(&mut consumer).await);
        }
        servers.pop().unwrap().kill();
        servers.push(folder.process("process::part_server"));
    }
    while handled.iter().collect::<BTreeSet<_>>().len() < 60 {
        handled.push(take(&mut consumer).await);
    }
    // What was acknowledged may have come again, in its old place; nothing is missing, and first times are in order.
    for key in ["a", "b", "c"] {
        let mut seen = Vec::new();
        for id in handled.iter().filter(|id| id.starts_with(key)) {
            if !seen.contains(id) {
                seen.push(id.clone());
            }
        }
        let expected: Vec<_> = (1..=20).map(|sequence| format!("{key}#{sequence}")).collect();
        assert_eq!(seen, expected);
    }
}

/// The server is killed again and again, and consumers end at any moment. What has had its effect is remembered, as an
/// inbox does; a message without the one in front of it in its key would be an effect out of order.
#[tokio::test]
async fn effects_are_whole_and_in_order_whoever_dies() {
    const KEYS: u64 = 20;
    const EACH: u64 = 40;
    let folder = Folder::new();
    let mut server = folder.process("process::part_server");
    let client = folder.client();
    declare(&client, 6).await;
    let effects: Effects = Effects::default();
    let (publisher, published) = (client.publisher(), Arc::new(AtomicU32::new(0)));
    let progress = Arc::clone(&published);
    let publishing = tokio::spawn(async move {
        for sequence in 1..=EACH {
            let batch = (0..KEYS)
                .map(|key| message(&format!("k{key}"), sequence))
                .collect();
            until_sent(&publisher, batch).await;
            progress.fetch_add(1, Ordering::SeqCst);
        }
    });
    let mut random = fastrand::Rng::with_seed(7);
    let mut consumers = Vec::new();
    let mut killed = 0;
    while effects.lock().unwrap().values().sum::<u64>() < KEYS * EACH {
        if consumers.len() < 4 {
            consumers.push(tokio::spawn(consume(
                client.consumer("q", 8),
                Arc::clone(&effects),
            )));
        }
        if random.u8(..4) == 0 {
            let consumer = consumers.swap_remove(random.usize(..consumers.len()));
            consumer.abort();
            assert!(
                consumer.await.unwrap_err().is_cancelled(),
                "no effect was out of order"
            );
        }
        // After every fifth round of messages.
        if published.load(Ordering::SeqCst) / 5 > killed {
            killed += 1;
            server.kill();
            server = folder.process("process::part_server");
        }
        event_messaging::clock::sleep(Duration::from_millis(5)).await;
    }
    publishing.await.unwrap();
    for consumer in consumers {
        consumer.abort();
        assert!(
            consumer.await.unwrap_err().is_cancelled(),
            "no effect was out of order"
        );
    }
    assert!(killed >= 5, "{killed}");
}

/// The last sequence that had its effect, by key.
type Effects = Arc<Mutex<BTreeMap<String, u64>>>;

async fn consume(mut consumer: RemoteConsumer, effects: Effects) {
    loop {
        let delivery = consumer.recv().await.unwrap().unwrap();
        let (key, sequence) = (
            delivery.message().key.clone(),
            delivery.message().sequence.unwrap(),
        );
        {
            let mut effects = effects.lock().unwrap();
            let last = effects.entry(key).or_default();
            assert!(sequence <= *last + 1, "{sequence} came after {last}");
            *last = sequence.max(*last);
        }
        // One that is lost comes again.
        let _ = delivery.ack().await;
    }
}

#[tokio::test]
async fn a_journal_that_ends_in_the_middle_of_an_entry_is_read_up_to_there() {
    let folder = Folder::new();
    let start = || Server::bind(&folder.socket(), Some(&folder.journal()));
    let server = tokio::spawn(start().unwrap().run(std::future::pending()));
    let client = folder.client();
    declare(&client, 1).await;
    client.publisher().publish(of_key("p", 1..=3)).await;
    server.abort();
    let _ = server.await;
    let whole = std::fs::read(folder.journal()).unwrap();
    std::fs::write(folder.journal(), &whole[..whole.len() - 3]).unwrap();
    let server = start().unwrap();
    assert_eq!(server.broker().queue("q").unwrap().ready(), 2);
    drop(server);
    assert_eq!(
        start().unwrap().broker().queue("q").unwrap().ready(),
        2,
        "it was written anew"
    );
}

#[tokio::test]
async fn a_journal_does_not_grow_for_ever_while_the_server_runs() {
    let folder = Folder::new();
    let start = || Server::bind(&folder.socket(), Some(&folder.journal())).unwrap();
    let server = tokio::spawn(start().with_journal_limit(50_000).run(std::future::pending()));
    let client = folder.client();
    declare(&client, 1).await;
    let (publisher, mut consumer) = (client.publisher(), client.consumer("q", 10));
    for round in 0..100 {
        let batch = of_key("p", round * 10 + 1..=round * 10 + 10);
        assert_eq!(publisher.publish(batch).await, [Outcome::Sent; 10]);
        let size = std::fs::metadata(folder.journal()).unwrap().len();
        assert!(size < 60_000, "{size} bytes after {round} rounds");
        for _ in 0..10 {
            take(&mut consumer).await;
        }
    }
    // What is there at last is there again.
    let left = of_key("p", 1_001..=1_003);
    publisher.publish(left).await;
    server.abort();
    let _ = server.await;
    let depth = start().broker().queue("q").unwrap().ready();
    assert!((3..=13).contains(&depth), "{depth}");
}
