use crate::support::{Flaky, Scripted, Stop, Told, broker, ids, message, settle};
use event_messaging::{
    Backlog, Backoff, Claimed, Lease, OutboundMessage, OutboxStore, Outcome, Publisher, Relay, RelayConfig,
    RelayCounts, Release, clock, memory,
};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::task::JoinHandle;

pub(crate) fn run<S, P>(store: S, publisher: P, config: RelayConfig) -> (Stop, JoinHandle<RelayCounts>)
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
async fn a_mark_whose_answer_was_lost_is_no_lost_lease() {
    let (broker, queue) = broker();
    let store = Flaky::default();
    store.rows.enqueue(message("a", 1));
    store.set_loses_answers(true);
    let (stop, relay) = run(store.clone(), broker, RelayConfig::default());
    clock::sleep(Duration::from_secs(1)).await;
    store.set_loses_answers(false);
    clock::sleep(Duration::from_secs(5)).await;
    stop.now();
    let counts = relay.await.unwrap();
    assert!(counts.store_failures > 1, "{counts:?}");
    assert_eq!((counts.sent, counts.fenced_off), (1, 0));
    assert_eq!(ids(&queue), ["a#1"]);
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
pub(crate) struct Keeping {
    rows: memory::Outbox,
    pub(crate) old: Arc<AtomicU32>,
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
    store.old.store(4_500, Ordering::SeqCst);
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
    assert_eq!(relay.await.unwrap().pruned, 4_505);
}

/// An outbox with `hot` messages of each of some busy keys, and behind them one message of each of many others.
fn behind_busy_keys(busy: usize, hot: u64) -> memory::Outbox {
    let outbox = memory::Outbox::new();
    for key in 0..busy {
        for sequence in 1..=hot {
            outbox.enqueue(message(&format!("busy-{key}"), sequence));
        }
    }
    for key in 0..1_000 {
        outbox.enqueue(message(&format!("other-{key}"), 1));
    }
    outbox
}

/// How long it takes until nothing but what is of busy keys is pending, over a transport that takes 5 ms a publish.
async fn others_take(busy: usize, hot: u64) -> Duration {
    let outbox = behind_busy_keys(busy, hot);
    let transport = FiveMillis::default();
    let begun = clock::now();
    let (stop, relay) = run(outbox.clone(), transport.clone(), RelayConfig::default());
    while transport.sent("other") < 1_000 {
        clock::sleep(Duration::from_millis(1)).await;
    }
    let took = begun.elapsed();
    assert!(
        transport.sent("busy") < busy * hot as usize,
        "they are not done yet"
    );
    while outbox.backlog().await.unwrap().pending > 0 {
        clock::sleep(Duration::from_millis(5)).await;
    }
    stop.now();
    let counts = relay.await.unwrap();
    assert_eq!((counts.sent, counts.fenced_off), (busy as u64 * hot + 1_000, 0));
    for key in 0..busy {
        let expected: Vec<_> = (1..=hot)
            .map(|sequence| format!("busy-{key}#{sequence}"))
            .collect();
        assert_eq!(transport.of_key(&format!("busy-{key}")), expected);
    }
    took
}

#[tokio::test(start_paused = true)]
async fn a_busy_key_keeps_no_other_waiting() {
    let bound = Duration::from_millis(60);
    let first = others_take(1, 1_000).await;
    assert!(first < bound, "{first:?}");
    assert_eq!(others_take(1, 5_000).await, first, "however much it has");
}

#[tokio::test(start_paused = true)]
async fn many_busy_keys_fill_neither_the_memory_nor_the_way_of_others() {
    let first = others_take(20, 300).await;
    assert!(first < Duration::from_millis(300), "{first:?}");
    assert_eq!(others_take(20, 600).await, first, "however much they have");
}

#[tokio::test(start_paused = true)]
async fn a_busy_key_goes_on_as_fast_as_the_broker_confirms() {
    let outbox = memory::Outbox::new();
    for sequence in 1..=1_000 {
        outbox.enqueue(message("busy", sequence));
    }
    let begun = clock::now();
    let (stop, relay) = run(outbox.clone(), FiveMillis::default(), RelayConfig::default());
    while outbox.backlog().await.unwrap().pending > 0 {
        clock::sleep(Duration::from_millis(1)).await;
    }
    let took = begun.elapsed();
    assert!(took < Duration::from_millis(5_020), "{took:?}");
    stop.now();
    relay.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn what_is_written_while_a_busy_key_goes_on_is_sent_with_the_next_waves() {
    let outbox = memory::Outbox::new();
    for sequence in 1..=1_000 {
        outbox.enqueue(message("busy", sequence));
    }
    let transport = FiveMillis::default();
    let relay = Relay::new(outbox.clone(), transport.clone(), RelayConfig::default()).unwrap();
    let (waker, stop) = (relay.waker(), Stop::new());
    let running = tokio::spawn(relay.run(stop.signal()));
    for number in 1..=10 {
        clock::sleep(Duration::from_millis(43)).await;
        outbox.enqueue(message("other", number));
        waker.wake();
        clock::sleep(Duration::from_millis(17)).await;
        assert_eq!(transport.sent("other"), number as usize);
    }
    // Committed by another process: the poll finds it.
    outbox.enqueue(message("other", 11));
    clock::sleep(Duration::from_millis(512)).await;
    assert_eq!(transport.sent("other"), 11);
    stop.now();
    running.await.unwrap();
}

/// A transport that confirms everything, five milliseconds later, and refuses two messages of one key at once.
#[derive(Clone, Default)]
struct FiveMillis(Arc<Mutex<Vec<OutboundMessage>>>);

impl FiveMillis {
    fn sent(&self, keys: &str) -> usize {
        let sent = self.0.lock().unwrap();
        sent.iter()
            .filter(|message| message.key.starts_with(keys))
            .count()
    }

    fn of_key(&self, key: &str) -> Vec<String> {
        let sent = self.0.lock().unwrap();
        let of_key = sent.iter().filter(|message| message.key == key);
        of_key.map(|message| message.message_id.to_string()).collect()
    }
}

impl Publisher for FiveMillis {
    async fn publish(&self, batch: Vec<OutboundMessage>) -> Vec<Outcome> {
        let keys: BTreeSet<&str> = batch.iter().map(|message| &*message.key).collect();
        assert_eq!(keys.len(), batch.len(), "one of a key at once");
        assert!(batch.len() <= 256, "no more than a batch at once");
        clock::sleep(Duration::from_millis(5)).await;
        let outcomes = vec![Outcome::Sent; batch.len()];
        self.0.lock().unwrap().extend(batch);
        outcomes
    }
}

/// A store that does not answer one of its operations.
#[derive(Clone, Default)]
struct Silent {
    rows: memory::Outbox,
    operation: Arc<Mutex<&'static str>>,
}

impl Silent {
    async fn enter(&self, operation: &'static str) {
        let is_silent = *self.operation.lock().unwrap() == operation;
        if is_silent {
            std::future::pending::<()>().await;
        }
    }
}

impl OutboxStore for Silent {
    type Error = std::convert::Infallible;

    async fn claim(&self, limit: usize, lease: Duration) -> Result<Vec<Claimed>, Self::Error> {
        self.enter("claim").await;
        self.rows.claim(limit, lease).await
    }

    async fn mark_sent(&self, rows: &[Lease]) -> Result<usize, Self::Error> {
        self.enter("mark_sent").await;
        self.rows.mark_sent(rows).await
    }

    async fn release(&self, rows: &[Release]) -> Result<usize, Self::Error> {
        self.enter("release").await;
        self.rows.release(rows).await
    }

    async fn backlog(&self) -> Result<Backlog, Self::Error> {
        self.enter("backlog").await;
        self.rows.backlog().await
    }

    async fn prune_sent(&self, _: Duration, _: usize) -> Result<usize, Self::Error> {
        self.enter("prune_sent").await;
        Ok(0)
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_of_the_store_that_does_not_come_back_ends_by_its_deadline() {
    for operation in ["claim", "mark_sent", "release", "backlog", "prune_sent"] {
        let (broker, queue) = broker();
        let refusals = AtomicU32::new(1);
        let publisher = Scripted::new(broker, move |_| {
            match refusals.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)) {
                Ok(_) => Told::Answer(Outcome::Nacked),
                Err(_) => Told::Pass,
            }
        });
        let store = Silent::default();
        *store.operation.lock().unwrap() = operation;
        store.rows.enqueue(message("a", 1));
        let config = RelayConfig::default().with_store_timeout(Duration::from_secs(3));
        let (stop, relay) = run(store.clone(), publisher, config);
        clock::sleep(Duration::from_secs(10)).await;
        *store.operation.lock().unwrap() = "";
        clock::sleep(Duration::from_secs(60)).await;
        assert!(ids(&queue).iter().all(|id| id == "a#1"), "{operation}");
        assert_eq!(store.rows.backlog().await.unwrap().pending, 0, "{operation}");
        stop.now();
        let counts = relay.await.unwrap();
        assert!(
            (1..=4).contains(&counts.store_failures),
            "{operation}: {counts:?}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_shutdown_in_the_middle_of_a_busy_key_gives_the_rest_back() {
    let outbox = memory::Outbox::new();
    for sequence in 1..=1_000 {
        outbox.enqueue(message("busy", sequence));
    }
    let transport = FiveMillis::default();
    let config = RelayConfig::default().with_drain_timeout(Duration::from_millis(100));
    let (stop, relay) = run(outbox.clone(), transport.clone(), config);
    clock::sleep(Duration::from_millis(50)).await;
    stop.now();
    let sent = relay.await.unwrap().sent;
    assert!((25..=35).contains(&sent), "{sent}");
    assert_eq!(outbox.backlog().await.unwrap().pending, 1_000 - sent);
    let next = outbox.claim(1, Duration::from_secs(1)).await.unwrap();
    assert_eq!(
        (next[0].message.sequence, next[0].attempts),
        (Some(sent + 1), 1),
        "free at once"
    );
}
