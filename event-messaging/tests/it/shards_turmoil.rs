//! Consumers of a queue in shards that come and go at random.

use crate::shards::{next, sharded, subscribed};
use crate::support::{message, settle};
use event_messaging::memory::{Broker, Queue, QueueConsumer, QueueDelivery};
use event_messaging::{Outcome, Publisher};
use std::collections::BTreeMap;

/// Consumers come, go in peace, are cut off and drop messages at random, while a publisher goes on. No key's message
/// may be handled before the one in front of it was, and none may be with two consumers at once.
#[tokio::test(start_paused = true)]
async fn order_in_a_key_survives_any_coming_and_going() {
    for seed in 0..300 {
        Turmoil::new(seed).run().await;
    }
}

struct Turmoil {
    seed: u64,
    random: fastrand::Rng,
    broker: Broker,
    queue: Queue,
    consumers: Vec<Worker>,
    /// The last number published of each key, and the last one handled.
    published: BTreeMap<String, u64>,
    handled: BTreeMap<String, u64>,
    /// Which keys are in flight, by worker.
    in_flight: BTreeMap<String, u64>,
    workers: u64,
}

struct Worker {
    number: u64,
    consumer: QueueConsumer,
    held: Vec<QueueDelivery>,
}

impl Turmoil {
    const KEYS: u64 = 12;
    const EACH: u64 = 8;

    fn new(seed: u64) -> Self {
        let mut random = fastrand::Rng::with_seed(seed);
        let (broker, queue) = sharded(random.usize(1..=6), 1_000);
        Self {
            seed,
            random,
            broker,
            queue,
            consumers: Vec::new(),
            published: BTreeMap::new(),
            handled: BTreeMap::new(),
            in_flight: BTreeMap::new(),
            workers: 0,
        }
    }

    async fn run(mut self) {
        while self.handled.values().sum::<u64>() < Self::KEYS * Self::EACH {
            match self.random.u8(..20) {
                0 if self.consumers.len() < 5 => self.join(),
                1 if self.consumers.len() > 1 => self.leave(),
                2 => self.cut(),
                3..=8 => self.publish().await,
                9..=13 => self.receive().await,
                _ => self.settle_one(),
            }
            if self.consumers.is_empty() {
                self.join();
            }
        }
        settle().await;
    }

    fn join(&mut self) {
        self.workers += 1;
        let consumer = subscribed(&self.queue, self.random.usize(1..=4));
        self.consumers.push(Worker {
            number: self.workers,
            consumer,
            held: Vec::new(),
        });
    }

    /// Drains (settles what it holds), then goes; or goes first, and its deliveries are dropped.
    fn leave(&mut self) {
        let index = self.random.usize(..self.consumers.len());
        let worker = self.consumers.swap_remove(index);
        let in_peace = self.random.bool();
        drop(worker.consumer);
        for delivery in worker.held {
            if in_peace {
                self.handle(delivery, worker.number);
            }
        }
        self.in_flight.retain(|_, holder| *holder != worker.number);
    }

    fn cut(&mut self) {
        if self.consumers.is_empty() {
            return;
        }
        let index = self.random.usize(..self.consumers.len());
        let worker = &mut self.consumers[index];
        worker.consumer.cut();
        let number = worker.number;
        for delivery in worker.held.drain(..) {
            assert!(!delivery.ack(), "seed {}", self.seed);
        }
        self.in_flight.retain(|_, holder| *holder != number);
    }

    async fn publish(&mut self) {
        let key = format!("k{}", self.random.u64(..Self::KEYS));
        let last = self.published.entry(key.clone()).or_default();
        if *last < Self::EACH {
            *last += 1;
            let outcomes = self.broker.publish(vec![message(&key, *last)]).await;
            assert_eq!(outcomes, [Outcome::Sent]);
        }
    }

    async fn receive(&mut self) {
        if self.consumers.is_empty() {
            return;
        }
        let index = self.random.usize(..self.consumers.len());
        let worker = &mut self.consumers[index];
        let Some(delivery) = next(&mut worker.consumer).await else {
            return;
        };
        let key = delivery.message().key.clone();
        let holder = self.in_flight.entry(key.clone()).or_insert(worker.number);
        assert_eq!(
            *holder, worker.number,
            "seed {}: {key} is with two consumers at once",
            self.seed
        );
        worker.held.push(delivery);
    }

    fn settle_one(&mut self) {
        let busy = self.consumers.iter().filter(|worker| !worker.held.is_empty());
        let numbers: Vec<u64> = busy.map(|worker| worker.number).collect();
        let Some(number) = self.random.choice(numbers) else {
            return;
        };
        let worker = self
            .consumers
            .iter_mut()
            .find(|worker| worker.number == number)
            .unwrap();
        // The first of any key, as a runtime with lanes does.
        let index = self.random.usize(..worker.held.len());
        let key = worker.held[index].message().key.clone();
        let first = worker
            .held
            .iter()
            .enumerate()
            .filter(|(_, held)| held.message().key == key)
            .min_by_key(|(_, held)| held.message().sequence)
            .map(|(index, _)| index)
            .unwrap();
        let delivery = worker.held.remove(first);
        self.handle(delivery, number);
    }

    fn handle(&mut self, delivery: QueueDelivery, worker: u64) {
        let key = delivery.message().key.clone();
        let last = self.handled.entry(key.clone()).or_default();
        assert_eq!(
            delivery.message().sequence,
            Some(*last + 1),
            "seed {}: {key} out of order",
            self.seed
        );
        *last += 1;
        assert!(delivery.ack(), "seed {}", self.seed);
        let still = self
            .consumers
            .iter()
            .filter(|other| other.number == worker)
            .flat_map(|worker| &worker.held)
            .any(|held| held.message().key == key);
        if !still {
            self.in_flight.remove(&key);
        }
    }
}
