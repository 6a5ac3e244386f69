//! Relays that die, and relays that only seem dead. (Dying is dropping the future: nothing after it runs.)

use crate::support::{Flaky, Scripted, Stop, Told, broker, ids, message, settle};
use event_messaging::{OutboxStore, Relay, RelayConfig, clock};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

#[tokio::test(start_paused = true)]
async fn a_relay_that_died_between_publish_and_mark_sends_the_same_message_again() {
    let (broker, queue) = broker();
    let store = Flaky::default();
    store.rows.enqueue(message("a", 1));
    store.rows.enqueue(message("a", 2));
    let switch = store.clone();
    let dying = Scripted::new(broker.clone(), move |_| {
        switch.set_down(true);
        Told::Pass
    });
    let relay = Relay::new(store.clone(), dying, RelayConfig::default()).unwrap();
    let running = tokio::spawn(relay.run(std::future::pending()));
    settle().await;
    running.abort();
    assert!(running.await.unwrap_err().is_cancelled());
    store.set_down(false);

    let stop = Stop::new();
    let relay = Relay::new(store.clone(), broker, RelayConfig::default()).unwrap();
    let counters = relay.counters();
    let running = tokio::spawn(relay.run(stop.signal()));
    clock::sleep(Duration::from_secs(29)).await;
    assert_eq!(counters.snapshot().sent, 0, "the dead relay's lease still holds");
    clock::sleep(Duration::from_secs(2)).await;
    stop.now();
    running.await.unwrap();
    assert_eq!(store.backlog().await.unwrap().pending, 0);
    assert_eq!(
        ids(&queue),
        ["a#1", "a#2", "a#1", "a#2"],
        "twice, with the same ids, in order"
    );
}

#[tokio::test(start_paused = true)]
async fn a_relay_that_was_too_slow_does_not_mark_what_another_has_claimed() {
    let (broker, queue) = broker();
    let store = Flaky::default();
    store.rows.enqueue(message("a", 1));
    // The slow relay publishes, and then its process stands still for longer than its lease.
    let slow_claim = store.claim(10, Duration::from_secs(30)).await.unwrap();
    clock::sleep(Duration::from_secs(31)).await;

    let blocked = Arc::new(AtomicBool::new(true));
    let gate = Arc::clone(&blocked);
    let publisher = Scripted::new(broker, move |_| {
        if gate.swap(false, Ordering::SeqCst) {
            Told::LoseAnswer
        } else {
            Told::Pass
        }
    });
    let stop = Stop::new();
    let relay = Relay::new(store.clone(), publisher, RelayConfig::default()).unwrap();
    let running = tokio::spawn(relay.run(stop.signal()));
    settle().await;
    assert!(!blocked.load(Ordering::SeqCst));
    // The second relay has tried and failed; the first one's mark must not hide that.
    assert_eq!(store.mark_sent(&[slow_claim[0].lease]).await.unwrap(), 0);
    clock::sleep(Duration::from_secs(1)).await;
    stop.now();
    assert_eq!(running.await.unwrap().sent, 1);
    assert_eq!(ids(&queue), ["a#1", "a#1"]);
}

#[tokio::test(start_paused = true)]
async fn two_relays_share_an_outbox_without_skipping_doubling_or_reordering() {
    let (broker, queue) = broker();
    let store = Flaky::default();
    for sequence in 1..=20 {
        for key in ["a", "b", "c", "d", "e"] {
            store.rows.enqueue(message(key, sequence));
        }
    }
    let stop = Stop::new();
    // Fewer keys each than there are, so that neither can have them all.
    let config = RelayConfig::default().with_batch(3);
    let relays: Vec<_> = (0..2)
        .map(|_| {
            let relay = Relay::new(store.clone(), broker.clone(), config.clone()).unwrap();
            tokio::spawn(relay.run(stop.signal()))
        })
        .collect();
    clock::sleep(Duration::from_secs(5)).await;
    stop.now();
    let mut sent = Vec::new();
    for relay in relays {
        let counts = relay.await.unwrap();
        assert_eq!(counts.fenced_off, 0);
        sent.push(counts.sent);
    }
    assert_eq!(sent.iter().sum::<u64>(), 100);
    assert!(sent.iter().all(|sent| *sent > 0), "both worked: {sent:?}");
    let all = ids(&queue);
    for key in ["a", "b", "c", "d", "e"] {
        let of_key: Vec<_> = all.iter().filter(|id| id.starts_with(key)).cloned().collect();
        let expected: Vec<_> = (1..=20).map(|sequence| format!("{key}#{sequence}")).collect();
        assert_eq!(of_key, expected);
    }
}

#[tokio::test(start_paused = true)]
async fn a_relay_begins_nothing_that_its_lease_might_not_cover() {
    let (broker, queue) = broker();
    let store = Flaky::default();
    for sequence in 1..=6 {
        store.rows.enqueue(message("a", sequence));
    }
    // Six calls of 9 seconds in a lease of 30, and another relay that waits for its end.
    let publisher = Scripted::new(broker, |_| Told::Dawdle(Duration::from_secs(9)));
    let stop = Stop::new();
    let relays = [(); 2].map(|()| {
        let relay = Relay::new(store.clone(), publisher.clone(), RelayConfig::default()).unwrap();
        tokio::spawn(relay.run(stop.signal()))
    });
    clock::sleep(Duration::from_secs(120)).await;
    stop.now();
    let mut sent = 0;
    for relay in relays {
        let counts = relay.await.unwrap();
        assert_eq!(counts.fenced_off, 0);
        sent += counts.sent;
    }
    assert_eq!((sent, store.backlog().await.unwrap().pending), (6, 0));
    assert_eq!(ids(&queue), ["a#1", "a#2", "a#3", "a#4", "a#5", "a#6"]);
}
