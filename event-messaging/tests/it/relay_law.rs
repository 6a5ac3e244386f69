//! The law of relays, by seed: whatever store and broker do, no message goes out before the one before it in its key was
//! confirmed, no two of one key are on their way at once, and in the end everything is sent.

use crate::relay::run;
use crate::support::{DatabaseDown, message};
use event_messaging::{
    Backlog, Backoff, Claimed, Lease, OutboundMessage, OutboxStore, Outcome, Publisher, RelayConfig, Release,
    clock, memory,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What goes wrong, and how often. Cheap to clone.
#[derive(Clone)]
struct Fate(Arc<Mutex<(fastrand::Rng, bool)>>);

impl Fate {
    fn is(&self, one_in: u32) -> bool {
        let (random, is_calm) = &mut *self.0.lock().unwrap();
        random.u32(..one_in) == 0 && !*is_calm
    }

    async fn pass(&self) {
        let millis = self.0.lock().unwrap().0.u64(..40);
        clock::sleep(Duration::from_millis(millis)).await;
        if self.is(30) {
            clock::sleep(Duration::from_secs(5)).await;
        }
    }

    fn calm(&self) {
        self.0.lock().unwrap().1 = true;
    }
}

/// A store whose calls take their time, hang, or fail, and whose answers get lost.
#[derive(Clone)]
struct Frail(memory::Outbox, Fate);

impl Frail {
    async fn call<T>(
        &self,
        call: impl Future<Output = Result<T, std::convert::Infallible>>,
    ) -> Result<T, DatabaseDown> {
        self.1.pass().await;
        if self.1.is(10) {
            return Err(DatabaseDown);
        }
        let Ok(answer) = call.await;
        self.1.pass().await;
        if self.1.is(10) {
            Err(DatabaseDown)
        } else {
            Ok(answer)
        }
    }
}

impl OutboxStore for Frail {
    type Error = DatabaseDown;

    async fn claim(&self, limit: usize, lease: Duration) -> Result<Vec<Claimed>, DatabaseDown> {
        self.call(self.0.claim(limit, lease)).await
    }

    async fn mark_sent(&self, rows: &[Lease]) -> Result<usize, DatabaseDown> {
        self.call(self.0.mark_sent(rows)).await
    }

    async fn release(&self, rows: &[Release]) -> Result<usize, DatabaseDown> {
        self.call(self.0.release(rows)).await
    }

    async fn backlog(&self) -> Result<Backlog, DatabaseDown> {
        self.call(self.0.backlog()).await
    }
}

/// A broker that refuses, hangs and loses answers, and sees what comes too early.
#[derive(Clone)]
struct Judge {
    fate: Fate,
    /// By key: the last message that was confirmed.
    confirmed: Arc<Mutex<BTreeMap<String, u64>>>,
    on_their_way: Arc<Mutex<BTreeSet<String>>>,
}

/// Messages that are on their way, until their call has ended or is dropped.
struct OnTheirWay<'a>(&'a Judge, Vec<String>);

impl Drop for OnTheirWay<'_> {
    fn drop(&mut self) {
        let mut on_their_way = self.0.on_their_way.lock().unwrap();
        self.1.iter().for_each(|key| assert!(on_their_way.remove(key)));
    }
}

impl Publisher for Judge {
    async fn publish(&self, batch: Vec<OutboundMessage>) -> Vec<Outcome> {
        let mut sent = OnTheirWay(self, Vec::new());
        for message in &batch {
            let (key, sequence) = (message.key.clone(), message.sequence.unwrap());
            let confirmed = self.confirmed.lock().unwrap().get(&key).copied().unwrap_or(0);
            assert!(sequence <= confirmed + 1, "{key}#{sequence} behind {confirmed}");
            let is_alone = self.on_their_way.lock().unwrap().insert(key.clone());
            assert!(is_alone, "two of {key} at once");
            sent.1.push(key);
        }
        self.fate.pass().await;
        let outcomes = batch.iter().map(|message| {
            if self.fate.is(8) {
                return if self.fate.is(2) {
                    Outcome::Nacked
                } else {
                    Outcome::Unknown
                };
            }
            let mut confirmed = self.confirmed.lock().unwrap();
            let last = confirmed.entry(message.key.clone()).or_default();
            *last = message.sequence.unwrap().max(*last);
            Outcome::Sent
        });
        outcomes.collect()
    }
}

async fn a_run(seed: u64) {
    let mut random = fastrand::Rng::with_seed(seed);
    let fate = Fate(Arc::new(Mutex::new((random.fork(), false))));
    let rows = memory::Outbox::new();
    let judge = Judge {
        fate: fate.clone(),
        confirmed: Arc::default(),
        on_their_way: Arc::default(),
    };
    let config = RelayConfig::default()
        .with_batch(random.usize(1..5))
        .with_lease(Duration::from_millis(random.u64(400..4_000)))
        .with_publish_timeout(Duration::from_millis(random.u64(50..200)))
        .with_store_timeout(Duration::from_millis(random.u64(100..2_000)))
        .with_backoff(Backoff::new(
            Duration::from_millis(10),
            Duration::from_millis(200),
        ));
    let mut relays: Vec<_> = (0..2)
        .map(|_| run(Frail(rows.clone(), fate.clone()), judge.clone(), config.clone()))
        .collect();
    let mut written = BTreeMap::<String, u64>::new();
    for _ in 0..40 {
        for _ in 0..random.u32(..8) {
            let key = format!("p-{}", random.u32(..10).saturating_sub(4));
            let last = written.entry(key.clone()).or_default();
            *last += 1;
            rows.enqueue(message(&key, *last));
        }
        clock::sleep(Duration::from_millis(random.u64(..200))).await;
        if random.u32(..10) == 0 {
            // One goes, in good order or not, and another comes.
            let (stop, relay) = relays.remove(0);
            if random.bool() {
                stop.now();
                relay.await.unwrap();
            } else {
                relay.abort();
                assert!(relay.await.unwrap_err().is_cancelled());
            }
            relays.push(run(
                Frail(rows.clone(), fate.clone()),
                judge.clone(),
                config.clone(),
            ));
        }
    }
    fate.calm();
    clock::sleep(Duration::from_secs(60)).await;
    for (stop, relay) in relays {
        stop.now();
        relay.await.unwrap();
    }
    assert_eq!(rows.backlog().await.unwrap().pending, 0, "all are sent");
    assert_eq!(*judge.confirmed.lock().unwrap(), written);
}

#[tokio::test(start_paused = true)]
async fn no_message_goes_before_its_predecessor_was_confirmed_and_all_go_in_the_end() {
    for seed in 0..100 {
        eprintln!("seed {seed}");
        a_run(seed).await;
    }
}
