//! Calls of ports that are never answered: each ends by its limit, and what had none of it goes on.

use crate::handlers::{Effects, Slow, config, dead_letters, publish};
use crate::scripted::{Scripted, Told, run_over};
use crate::support::{self, Stop, broker};
use event_messaging::{
    Consumer, DeadLetterExchange, DeadLetters, Delivery, Failure, NotPut, Received, Retries, Source, clock,
    memory,
};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

/// Lets a consumer meet a store that does not answer to `operation`, for a while.
async fn handled_in_spite_of(operation: &'static str, failing: &[(&str, u32)]) {
    let place = broker();
    publish(&place.0, &[("a", 1), ("b", 1)]).await;
    let mut effects = Effects::default();
    for (id, times) in failing {
        effects = effects.and_failing(id, *times);
    }
    let store = Scripted::default();
    store.tell(operation, Told::Hang);
    let config = config()
        .with_call_timeout(5 * SECOND)
        .with_retries(Retries::new([60 * SECOND; 2]).with_jitter(0.0));
    let consumer = run_over(&place, effects.clone(), &store, config);
    clock::sleep(70 * SECOND).await;
    let (calls, counts) = (store.calls(operation), consumer.control.counts());
    // Each call took its five seconds, and the waits between them became longer.
    assert!((1..=30).contains(&calls), "{calls} calls of {operation}");
    assert!(counts.store_failures > 0, "{operation}");
    store.tell(operation, Told::Pass);
    clock::sleep(180 * SECOND).await;
    let mut all = effects.all();
    all.sort();
    assert_eq!(all, ["a#1", "b#1"], "{operation}");
    consumer.stopped().await;
}

#[tokio::test(start_paused = true)]
async fn a_call_of_the_store_that_is_not_answered_is_a_failure_of_the_store() {
    for operation in ["begin", "admit", "commit"] {
        handled_in_spite_of(operation, &[]).await;
    }
    for operation in ["park", "claim_parked", "unpark"] {
        handled_in_spite_of(operation, &[("a#1", 1)]).await;
    }
    handled_in_spite_of("postpone", &[("a#1", 2)]).await;
}

#[tokio::test(start_paused = true)]
async fn a_pruning_that_is_not_answered_is_tried_again() {
    let place = broker();
    let store = Scripted::default();
    store.tell("prune", Told::Hang);
    let consumer = run_over(&place, Effects::default(), &store, config());
    clock::sleep(300 * SECOND).await;
    // Once a minute, and half a minute each.
    assert_eq!(store.calls("prune"), 3);
    assert_eq!(consumer.stopped().await.store_failures, 3);
}

/// A place for dead letters that does not answer at first.
struct Mute<D> {
    inner: D,
    left: AtomicU32,
}

impl<D: DeadLetters<Error = NotPut>> DeadLetters for Mute<D> {
    type Error = NotPut;

    async fn put<R: Received>(&self, message: &R, failure: &Failure) -> Result<(), NotPut> {
        let left = &self.left;
        let hangs = left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        if hangs.is_ok() {
            std::future::pending::<()>().await;
        }
        self.inner.put(message, failure).await
    }
}

fn mute(broker: &memory::Broker, times: u32) -> (Mute<DeadLetterExchange<memory::Broker>>, memory::Queue) {
    let (inner, dead) = dead_letters(broker);
    let left = AtomicU32::new(times);
    (Mute { inner, left }, dead)
}

#[tokio::test(start_paused = true)]
async fn a_dead_letter_that_is_not_answered_is_put_again_and_other_keys_go_on() {
    let (broker, queue) = broker();
    publish(&broker, &[("a", 1), ("a", 2), ("b", 1)]).await;
    let (place, dead) = mute(&broker, 2);
    let slow = Slow::failing("a#1", 1).permanently();
    let config = config().with_call_timeout(5 * SECOND).with_concurrency(2);
    let consumer = Consumer::new(queue, slow.clone(), place, config).unwrap();
    let (control, stop) = (consumer.control(), Stop::new());
    let running = tokio::spawn(consumer.run(stop.signal()));
    clock::sleep(3 * SECOND).await;
    assert_eq!((slow.done(), dead.ready()), (vec!["b#1".to_owned()], 0));
    clock::sleep(10 * SECOND).await;
    assert_eq!((control.counts().dead_letter_failures, dead.ready()), (2, 1));
    assert_eq!(slow.done(), ["b#1", "a#2"]);
    stop.now();
    assert_eq!(running.await.unwrap().unwrap().dead_lettered, 1);
}

#[tokio::test(start_paused = true)]
async fn a_dead_letter_that_is_not_answered_keeps_nobody_from_a_store_that_is_well_again() {
    // With one slot, the others wait for that: until the letter's 120th second.
    for (concurrency, patience) in [(2, 31), (1, 61)] {
        let (broker, queue) = broker();
        let (store, effects) = (Scripted::default(), Effects::failing("bad#1", 1).permanently());
        let (place, _) = mute(&broker, 9);
        let config = config()
            .with_call_timeout(60 * SECOND)
            .with_concurrency(concurrency);
        let consumer = Consumer::new(queue, effects.clone(), place, config)
            .unwrap()
            .with_inbox(store.clone());
        let stop = Stop::new();
        let running = tokio::spawn(consumer.run(stop.signal()));
        publish(&broker, &[("bad", 1)]).await;
        clock::sleep(50 * SECOND).await;
        store.tell("begin", Told::Fail);
        publish(&broker, &[("a", 1)]).await;
        clock::sleep(20 * SECOND).await;
        assert_eq!(effects.all().len(), 0);
        store.tell("begin", Told::Pass);
        clock::sleep(patience * SECOND).await;
        assert_eq!(effects.all(), ["a#1"]);
        stop.now();
        running.await.unwrap().unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn a_dead_letter_of_a_parked_message_that_is_not_answered_is_put_again() {
    let (broker, queue) = broker();
    publish(&broker, &[("a", 1), ("a", 2)]).await;
    let (place, dead) = mute(&broker, 1);
    let effects = Effects::failing("a#1", 2);
    let config = config()
        .with_call_timeout(5 * SECOND)
        .with_retries(Retries::new([60 * SECOND]).with_jitter(0.0));
    let consumer = Consumer::new(queue, effects.clone(), place, config)
        .unwrap()
        .with_inbox(memory::Inbox::new());
    let stop = Stop::new();
    let running = tokio::spawn(consumer.run(stop.signal()));
    clock::sleep(64 * SECOND).await;
    assert_eq!((effects.calls(), dead.ready()), (2, 0));
    // The next attempt is the last one again: that which could not be buried did not count.
    clock::sleep(10 * SECOND).await;
    let letter = dead.try_recv();
    assert_eq!(
        letter.map(|letter| letter.message().headers["x-dead-letter-attempts"].clone()),
        None
    );
    assert_eq!(effects.all(), ["a#1", "a#2"]);
    stop.now();
    let counts = running.await.unwrap().unwrap();
    assert_eq!(
        (counts.dead_lettered, counts.dead_letter_failures, counts.handled),
        (0, 1, 2)
    );
}

/// A queue whose acknowledgements are never answered.
struct Unanswered(memory::Queue);

struct Held(<memory::Queue as Source>::Delivery);

impl Source for Unanswered {
    type Delivery = Held;
    type Error = memory::TransportError;

    async fn recv(&mut self) -> Result<Option<Held>, memory::TransportError> {
        Ok(Source::recv(&mut self.0).await?.map(Held))
    }
}

impl Received for Held {
    fn exchange(&self) -> &str {
        self.0.exchange()
    }

    fn routing_key(&self) -> &str {
        self.0.routing_key()
    }

    fn content_type(&self) -> Option<&str> {
        self.0.content_type()
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.0.header(name)
    }

    fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.headers()
    }

    fn body(&self) -> &[u8] {
        self.0.body()
    }

    fn is_redelivered(&self) -> bool {
        self.0.is_redelivered()
    }
}

impl Delivery for Held {
    type Error = memory::TransportError;

    async fn ack(self) -> Result<(), memory::TransportError> {
        std::future::pending().await
    }
}

#[tokio::test(start_paused = true)]
async fn a_message_whose_acknowledgement_outlasts_the_drain_is_counted_once() {
    let (broker, queue) = broker();
    publish(&broker, &[("a", 1), ("a", 2)]).await;
    let stop = Stop::new();
    let place = dead_letters(&broker).0;
    let consumer = Consumer::new(Unanswered(queue), Slow::default(), place, config()).unwrap();
    let running = tokio::spawn(consumer.run(stop.signal()));
    clock::sleep(2 * SECOND).await;
    stop.now();
    let counts = running.await.unwrap().unwrap();
    assert_eq!((counts.received, counts.handled, counts.given_back), (2, 1, 1));
}

#[tokio::test(start_paused = true)]
async fn a_call_that_hangs_does_not_hold_up_the_shutdown() {
    let place = broker();
    publish(&place.0, &[("a", 1)]).await;
    let store = Scripted::default();
    store.tell("begin", Told::Hang);
    let consumer = run_over(
        &place,
        Effects::default(),
        &store,
        config().with_call_timeout(600 * SECOND),
    );
    support::settle().await;
    let told = clock::now();
    assert_eq!(consumer.stopped().await.given_back, 1);
    assert!(told.elapsed() <= 10 * SECOND);
}
