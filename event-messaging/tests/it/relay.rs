use crate::support::{Flaky, Scripted, Stop, Told, broker, ids, message, settle};
use event_messaging::{
    Backlog, Backoff, Claimed, Lease, OutboxStore, Outcome, Publisher, Relay, RelayConfig, RelayCounts,
    Release, clock, memory,
};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio::task::JoinHandle;

fn run<S, P>(store: S, publisher: P, config: RelayConfig) -> (Stop, JoinHandle<RelayCounts>)
where
    S: OutboxStore + 'static,
    P: Publisher + 'static,
{
    let stop = Stop::new();
    let relay = Relay::new(store, publisher, config.with_seed(7)).unwrap();
    (stop.clone(), tokio::spawn(relay.run(stop.signal())))
}

#[tokio::test(start_paused = true)]
async fn what_was_committed_is_sent_in_the_order_of_each_key() {
    let (broker, queue) = broker();
    let outbox = memory::Outbox::new();
    for sequence in 1..=3 {
        outbox.enqueue(message("a", sequence));
        outbox.enqueue(message("b", sequence));
    }
    let (stop, relay) = run(outbox.clone(), broker, RelayConfig::default());
    settle().await;
    stop.now();
    assert_eq!(relay.await.unwrap().sent, 6);
    assert_eq!(outbox.backlog().await.unwrap().pending, 0);
    let sent = ids(&queue);
    for key in ["a", "b"] {
        let of_key: Vec<_> = sent.iter().filter(|id| id.starts_with(key)).collect();
        assert_eq!(
            of_key,
            [&format!("{key}#1"), &format!("{key}#2"), &format!("{key}#3")]
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_wake_up_sends_at_once_and_the_poll_finds_the_rest() {
    let (broker, queue) = broker();
    let outbox = memory::Outbox::new();
    let relay = Relay::new(outbox.clone(), broker, RelayConfig::default()).unwrap();
    let (waker, counters) = (relay.waker(), relay.counters());
    let stop = Stop::new();
    let running = tokio::spawn(relay.run(stop.signal()));
    settle().await;

    let begun = clock::now();
    outbox.enqueue(message("a", 1));
    waker.wake();
    queue.recv().await.unwrap().ack();
    assert!(clock::now() - begun < Duration::from_millis(5));

    // Committed by another process: nobody wakes this relay.
    settle().await;
    let begun = clock::now();
    outbox.enqueue(message("a", 2));
    queue.recv().await.unwrap().ack();
    let waited = clock::now() - begun;
    assert!(
        (Duration::from_millis(400)..=Duration::from_millis(501)).contains(&waited),
        "{waited:?}"
    );
    stop.now();
    running.await.unwrap();
    assert_eq!(counters.snapshot().sent, 2);
}

#[tokio::test(start_paused = true)]
async fn a_refused_message_rests_with_its_key_while_others_go_on() {
    let (broker, queue) = broker();
    let refusals = AtomicU32::new(2);
    let publisher = Scripted::new(broker, move |message| {
        let refuse = message.message_id.as_str() == "a#1"
            && refusals
                .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1))
                .is_ok();
        if refuse {
            Told::Answer(Outcome::Nacked)
        } else {
            Told::Pass
        }
    });
    let outbox = memory::Outbox::new();
    for (key, sequence) in [("a", 1), ("a", 2), ("b", 1), ("b", 2)] {
        outbox.enqueue(message(key, sequence));
    }
    let (stop, relay) = run(outbox.clone(), publisher.clone(), RelayConfig::default());
    settle().await;
    assert_eq!(ids(&queue), ["b#1", "b#2"]);
    assert_eq!(outbox.last_outcome("a#1"), Some(Outcome::Nacked));
    assert_eq!(outbox.last_outcome("a#2"), None);

    // The first rest is at most 100 ms, the second at most 200 ms; no poll is needed to end them.
    clock::sleep(Duration::from_millis(310)).await;
    assert_eq!(ids(&queue), ["a#1", "a#2"]);
    stop.now();
    let counts = relay.await.unwrap();
    assert_eq!((counts.sent, counts.nacked), (4, 2));
    assert_eq!(publisher.seen(), ["a#1", "b#1", "b#2", "a#1", "a#1", "a#2"]);
}

#[tokio::test(start_paused = true)]
async fn an_unroutable_message_is_never_marked_sent_and_goes_when_a_queue_is_bound() {
    let broker = memory::Broker::new();
    let outbox = memory::Outbox::new();
    outbox.enqueue(message("a", 1));
    let (stop, relay) = run(outbox.clone(), broker.clone(), RelayConfig::default());
    clock::sleep(Duration::from_secs(60)).await;
    assert_eq!(outbox.backlog().await.unwrap().pending, 1);
    assert_eq!(outbox.last_outcome("a#1"), Some(Outcome::Unroutable));

    let queue = broker.declare_queue("late", 10);
    broker.bind("late", "product.events", "product.#").unwrap();
    clock::sleep(Duration::from_secs(31)).await;
    assert_eq!(ids(&queue), ["a#1"]);
    stop.now();
    let counts = relay.await.unwrap();
    assert_eq!(counts.sent, 1);
    assert!(
        (8..20).contains(&counts.unroutable),
        "back-off, not a spin: {counts:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_never_comes_ends_by_the_deadline_as_unknown() {
    let (broker, queue) = broker();
    let hangs = Arc::new(AtomicU32::new(1));
    let publisher = Scripted::new(broker, move |_| {
        let hang = hangs
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1))
            .is_ok();
        if hang { Told::Hang } else { Told::Pass }
    });
    let outbox = memory::Outbox::new();
    outbox.enqueue(message("a", 1));
    let (stop, relay) = run(outbox, publisher, RelayConfig::default());
    clock::sleep(Duration::from_secs(11)).await;
    assert_eq!(ids(&queue), ["a#1"]);
    stop.now();
    let counts = relay.await.unwrap();
    assert_eq!((counts.unknown, counts.sent), (1, 1));
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_means_the_same_message_again() {
    let (broker, queue) = broker();
    let lost = AtomicU32::new(1);
    let publisher = Scripted::new(broker, move |_| {
        let lose = lost
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1))
            .is_ok();
        if lose { Told::LoseAnswer } else { Told::Pass }
    });
    let outbox = memory::Outbox::new();
    outbox.enqueue(message("a", 1));
    outbox.enqueue(message("a", 2));
    let (stop, relay) = run(outbox, publisher, RelayConfig::default());
    clock::sleep(Duration::from_secs(1)).await;
    stop.now();
    relay.await.unwrap();
    assert_eq!(ids(&queue), ["a#1", "a#1", "a#2"]);
}

#[tokio::test(start_paused = true)]
async fn a_database_that_is_down_is_asked_with_back_off_and_publishes_nothing() {
    let (broker, queue) = broker();
    let store = Flaky::default();
    store.rows.enqueue(message("a", 1));
    store.set_down(true);
    let (stop, relay) = run(store.clone(), broker, RelayConfig::default());
    clock::sleep(Duration::from_secs(60)).await;
    assert_eq!(queue.ready(), 0);
    assert!(
        (5..15).contains(&store.calls_while_down()),
        "{}",
        store.calls_while_down()
    );
    store.set_down(false);
    clock::sleep(Duration::from_secs(30)).await;
    assert_eq!(ids(&queue), ["a#1"]);
    stop.now();
    assert_eq!(
        relay.await.unwrap().store_failures,
        u64::from(store.calls_while_down())
    );
}

#[tokio::test(start_paused = true)]
async fn a_mark_that_fails_is_tried_again_while_the_lease_lasts() {
    let (broker, queue) = broker();
    let store = Flaky::default();
    store.rows.enqueue(message("a", 1));
    let switch = store.clone();
    let publisher = Scripted::new(broker, move |_| {
        switch.set_down(true);
        Told::Pass
    });
    let (stop, relay) = run(store.clone(), publisher, RelayConfig::default());
    clock::sleep(Duration::from_secs(10)).await;
    store.set_down(false);
    clock::sleep(Duration::from_secs(20)).await;
    assert_eq!(store.backlog().await.unwrap().pending, 0);
    stop.now();
    relay.await.unwrap();
    assert_eq!(ids(&queue), ["a#1"], "sent once, marked late");
}

#[tokio::test(start_paused = true)]
async fn shutdown_sends_what_is_there_and_leaves_no_lease() {
    let (broker, queue) = broker();
    let outbox = memory::Outbox::new();
    for sequence in 1..=10 {
        outbox.enqueue(message("a", sequence));
    }
    let publisher = Scripted::new(broker, |message| match message.key.as_str() {
        "stuck" => Told::Answer(Outcome::Nacked),
        _ => Told::Pass,
    });
    outbox.enqueue(message("stuck", 1));
    let (stop, relay) = run(outbox.clone(), publisher, RelayConfig::default().with_batch(3));
    stop.now();
    let counts = relay.await.unwrap();
    assert_eq!((counts.sent, ids(&queue).len()), (10, 10));

    // What could not be sent is pending and free, once its rest is over.
    clock::sleep(Duration::from_millis(100)).await;
    let left = outbox.claim(10, Duration::from_secs(1)).await.unwrap();
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].message.message_id.as_str(), "stuck#1");
}

#[test]
fn values_out_of_range_are_refused_by_name() {
    let refusal = |config: RelayConfig| {
        let error = Relay::new(memory::Outbox::new(), memory::Broker::new(), config).unwrap_err();
        assert!(error.is_config());
        error.to_string()
    };
    let zero = Duration::ZERO;
    let config = RelayConfig::default;
    assert_eq!(
        refusal(config().with_batch(0)),
        "`relay.batch` must be 1 to 10000"
    );
    assert!(refusal(config().with_lease(Duration::from_secs(19))).contains("relay.publish_timeout"));
    assert!(refusal(config().with_publish_timeout(zero)).contains("relay.publish_timeout"));
    assert!(refusal(config().with_poll_interval(zero)).contains("relay.poll_interval"));
    let shrinking = Backoff::new(Duration::from_secs(2), Duration::from_secs(1));
    assert!(refusal(config().with_backoff(shrinking)).contains("relay.backoff"));
}

/// Keeps what was sent, and says how many rows it has been asked to delete.
#[derive(Clone, Default)]
struct Keeping {
    rows: memory::Outbox,
    old: Arc<AtomicU32>,
}

impl OutboxStore for Keeping {
    type Error = std::convert::Infallible;

    async fn claim(&self, limit: usize, lease: Duration) -> Result<Vec<Claimed>, Self::Error> {
        self.rows.claim(limit, lease).await
    }

    async fn mark_sent(&self, rows: &[Lease]) -> Result<usize, Self::Error> {
        self.rows.mark_sent(rows).await
    }

    async fn release(&self, rows: &[Release]) -> Result<usize, Self::Error> {
        self.rows.release(rows).await
    }

    async fn backlog(&self) -> Result<Backlog, Self::Error> {
        self.rows.backlog().await
    }

    async fn prune_sent(&self, age: Duration, limit: usize) -> Result<usize, Self::Error> {
        assert_eq!(age, Duration::from_secs(60));
        let batch = u32::try_from(limit).unwrap();
        let pruned = self.old.load(Ordering::SeqCst).min(batch);
        self.old.fetch_sub(pruned, Ordering::SeqCst);
        Ok(pruned as usize)
    }
}

#[tokio::test(start_paused = true)]
async fn what_was_sent_long_ago_is_deleted_in_batches_while_messages_flow() {
    let (broker, queue) = broker();
    let store = Keeping::default();
    store.old.store(2_500, Ordering::SeqCst);
    store.rows.enqueue(message("a", 1));
    let config = RelayConfig::default().with_keep_sent(Duration::from_secs(60));
    let (stop, relay) = run(store.clone(), broker, config);
    settle().await;
    assert_eq!(
        ids(&queue),
        ["a#1"],
        "a batch at a time, and the messages in between"
    );
    assert!(store.old.load(Ordering::SeqCst) > 0);
    clock::sleep(Duration::from_secs(2)).await;
    assert_eq!(store.old.load(Ordering::SeqCst), 0);
    // And from then on from time to time.
    store.old.store(5, Ordering::SeqCst);
    clock::sleep(Duration::from_secs(61)).await;
    assert_eq!(store.old.load(Ordering::SeqCst), 0);
    stop.now();
    assert_eq!(relay.await.unwrap().pruned, 2_505);
}
