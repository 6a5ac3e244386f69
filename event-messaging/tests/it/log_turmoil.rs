//! Consumers of a log that join, leave, die and fall silent at random.

use crate::log::{consumer, log, next};
use crate::support::message;
use event_messaging::memory::{Log, LogConsumer, LogRecord};
use event_messaging::{LogEvent, LogSource, Outcome, Partition, Publisher, Record, clock};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// Consumers join, leave, die and fall silent at random. Every record is handled at least once, those of a key in
/// order but for repetitions, and what was committed never comes again.
#[tokio::test(start_paused = true)]
async fn order_in_a_key_survives_any_rebalance() {
    for seed in 0..300 {
        Turmoil::new(seed).run().await;
    }
}

struct Turmoil {
    seed: u64,
    random: fastrand::Rng,
    log: Log,
    members: Vec<Member>,
    published: BTreeMap<String, u64>,
    handled: BTreeMap<String, u64>,
    committed: BTreeMap<Partition, u64>,
}

struct Member {
    consumer: LogConsumer,
    own: BTreeSet<Partition>,
    /// Read and not handled yet, in order.
    held: BTreeMap<Partition, Vec<LogRecord>>,
}

impl Turmoil {
    const KEYS: u64 = 10;
    const EACH: u64 = 8;

    fn new(seed: u64) -> Self {
        let mut random = fastrand::Rng::with_seed(seed);
        let log = log(random.usize(1..=6), 1_000);
        Self {
            seed,
            random,
            log,
            members: Vec::new(),
            published: BTreeMap::new(),
            handled: BTreeMap::new(),
            committed: BTreeMap::new(),
        }
    }

    async fn run(mut self) {
        while self.handled.values().sum::<u64>() < Self::KEYS * Self::EACH {
            match self.random.u8(..24) {
                0 if self.members.len() < 5 => self.join(),
                1 if self.members.len() > 1 => self.leave().await,
                2 => clock::sleep(Duration::from_secs(self.random.u64(..30))).await,
                3 => self.log.restart(),
                4..=9 => self.publish().await,
                10..=17 => self.poll().await,
                _ => self.handle().await,
            }
            if self.members.is_empty() {
                self.join();
            }
        }
    }

    fn join(&mut self) {
        self.members.push(Member {
            consumer: consumer(&self.log),
            own: BTreeSet::new(),
            held: BTreeMap::new(),
        });
    }

    async fn leave(&mut self) {
        let index = self.random.usize(..self.members.len());
        let member = self.members.swap_remove(index);
        if self.random.bool() {
            member.consumer.abandon();
        }
    }

    async fn publish(&mut self) {
        let key = format!("k{}", self.random.u64(..Self::KEYS));
        let last = self.published.entry(key.clone()).or_default();
        if *last < Self::EACH {
            *last += 1;
            let outcomes = self.log.publish(vec![message(&key, *last)]).await;
            assert_eq!(outcomes, [Outcome::Sent]);
        }
    }

    async fn poll(&mut self) {
        if self.members.is_empty() {
            return;
        }
        let index = self.random.usize(..self.members.len());
        let member = &mut self.members[index];
        match next(&mut member.consumer).await {
            Some(LogEvent::Record(record)) => {
                let partition = record.partition();
                assert!(member.own.contains(partition), "seed {}", self.seed);
                let committed = self.committed.get(partition).copied().unwrap_or(0);
                assert!(record.offset() >= committed, "seed {}", self.seed);
                member.held.entry(partition.clone()).or_default().push(record);
            }
            Some(LogEvent::Assigned(partitions)) => member.own.extend(partitions),
            Some(LogEvent::Revoked(partitions)) => {
                // What is in flight is abandoned; its offset was not committed.
                for partition in &partitions {
                    member.own.remove(partition);
                    member.held.remove(partition);
                }
                member.consumer.release(&partitions).await.unwrap();
            }
            Some(LogEvent::Lost(partitions)) => {
                for partition in &partitions {
                    member.own.remove(partition);
                    member.held.remove(partition);
                }
            }
            Some(_) | None => {}
        }
    }

    async fn handle(&mut self) {
        if self.members.is_empty() {
            return;
        }
        let index = self.random.usize(..self.members.len());
        let member = &mut self.members[index];
        let Some((partition, held)) = member.held.iter_mut().find(|(_, held)| !held.is_empty()) else {
            return;
        };
        let record = held.remove(0);
        let done = record.offset() + 1;
        // The effect and the offset are one step here, as with an inbox: a fenced commit has no effect.
        let partition = partition.clone();
        match member.consumer.commit(&partition, done).await {
            Ok(()) => {
                let key = record.message().key.clone();
                let last = self.handled.entry(key.clone()).or_default();
                assert_eq!(
                    record.message().sequence,
                    Some(*last + 1),
                    "seed {}: {key} out of order",
                    self.seed
                );
                *last += 1;
                let before = self.committed.insert(partition, done);
                assert!(before.unwrap_or(0) < done, "seed {}", self.seed);
            }
            Err(error) => assert!(error.is_fenced(), "seed {}: {error}", self.seed),
        }
    }
}
