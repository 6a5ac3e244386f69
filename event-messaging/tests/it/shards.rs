//! Queues shared out in shards: whose a shard is, and what a key's order survives.

use crate::support::{message, settle};
use event_messaging::memory::{Broker, Queue, QueueConsumer, QueueDelivery};
use event_messaging::{Outcome, Publisher, Source, clock};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

fn sharded(shards: usize, capacity: usize) -> (Broker, Queue) {
    let broker = Broker::new().with_publish_timeout(Duration::from_secs(1));
    let queue = broker.declare_sharded_queue("q", shards, capacity);
    broker.bind("q", "product.events", "#").unwrap();
    (broker, queue)
}

/// A delivery if one comes before everything waits.
async fn next(consumer: &mut QueueConsumer) -> Option<QueueDelivery> {
    let soon = clock::now() + Duration::from_millis(1);
    clock::until(soon, consumer.recv()).await?.unwrap()
}

fn subscribed(queue: &Queue, prefetch: usize) -> QueueConsumer {
    let mut consumer = queue.consumer(prefetch);
    consumer.subscribe();
    consumer
}

#[tokio::test(start_paused = true)]
async fn consumers_share_the_shards_evenly_and_few_change_hands() {
    let (_, queue) = sharded(8, 10);
    let mut consumers = vec![subscribed(&queue, 1)];
    assert_eq!(consumers[0].shards().len(), 8);
    for count in 2..=5 {
        let before: Vec<BTreeSet<usize>> = sets(&consumers);
        consumers.push(subscribed(&queue, 1));
        let after = sets(&consumers);
        assert_eq!(after.iter().map(BTreeSet::len).sum::<usize>(), 8);
        assert!(
            after
                .iter()
                .all(|set| (8 / count..=8 / count + 1).contains(&set.len())),
            "{after:?}"
        );
        assert!(
            before
                .iter()
                .zip(&after)
                .all(|(before, after)| after.is_subset(before)),
            "nothing moves between those who stay: {before:?} {after:?}"
        );
    }
    let kept = sets(&consumers[1..]);
    consumers.remove(0);
    let after = sets(&consumers);
    assert!(
        kept.iter()
            .zip(&after)
            .all(|(before, after)| before.is_subset(after))
    );
    assert_eq!(after.iter().map(BTreeSet::len).sum::<usize>(), 8);
}

fn sets(consumers: &[QueueConsumer]) -> Vec<BTreeSet<usize>> {
    let sets = consumers
        .iter()
        .map(|consumer| consumer.shards().into_iter().collect());
    sets.collect()
}

#[tokio::test(start_paused = true)]
async fn more_consumers_than_shards_stand_by() {
    let (broker, queue) = sharded(2, 10);
    let mut consumers: Vec<_> = (0..3).map(|_| subscribed(&queue, 1)).collect();
    assert!(consumers[2].shards().is_empty());
    drop(consumers.remove(0));
    assert_eq!(consumers[1].shards().len(), 1);
    assert_eq!(broker.publish(vec![message("p", 1)]).await, [Outcome::Sent]);
}

#[tokio::test(start_paused = true)]
async fn a_shard_moves_only_when_nothing_of_it_is_unsettled() {
    let (broker, queue) = sharded(1, 10);
    broker
        .publish((1..=3).map(|sequence| message("p", sequence)).collect())
        .await;
    let mut old = subscribed(&queue, 10);
    let (first, second) = (next(&mut old).await.unwrap(), next(&mut old).await.unwrap());
    let mut new = subscribed(&queue, 10);
    drop(old);
    assert!(next(&mut new).await.is_none());
    second.ack();
    assert!(next(&mut new).await.is_none(), "the first is not settled");
    first.ack();
    assert_eq!(next(&mut new).await.unwrap().message().sequence, Some(3));
}

#[tokio::test(start_paused = true)]
async fn a_shard_that_is_to_move_stops_flowing_to_its_old_owner() {
    let (broker, queue) = sharded(2, 100);
    let mut old = subscribed(&queue, 100);
    let keys = ["a", "b", "c", "d", "e", "f", "g", "h"];
    broker
        .publish(keys.iter().map(|key| message(key, 1)).collect())
        .await;
    let mut held = Vec::new();
    while let Some(delivery) = next(&mut old).await {
        held.push(delivery);
    }
    let mut new = subscribed(&queue, 100);
    broker
        .publish(keys.iter().map(|key| message(key, 2)).collect())
        .await;
    let mut stayed = BTreeSet::new();
    while let Some(delivery) = next(&mut old).await {
        stayed.insert(delivery.message().key.clone());
        delivery.ack();
    }
    assert!(!stayed.is_empty() && stayed.len() < keys.len(), "{stayed:?}");
    assert!(next(&mut new).await.is_none());
    held.into_iter().for_each(|delivery| {
        delivery.ack();
    });
    let mut moved = BTreeSet::new();
    while let Some(delivery) = next(&mut new).await {
        moved.insert(delivery.message().key.clone());
        delivery.ack();
    }
    assert_eq!(stayed.len() + moved.len(), keys.len());
    assert!(stayed.is_disjoint(&moved));
}

#[tokio::test(start_paused = true)]
async fn what_a_dead_consumer_held_comes_back_in_its_old_place_to_the_next() {
    let (broker, queue) = sharded(4, 100);
    broker
        .publish((1..=4).map(|sequence| message("p", sequence)).collect())
        .await;
    let (mut one, mut other) = (subscribed(&queue, 2), subscribed(&queue, 2));
    let (mut owner, mut next_owner, first) = match next(&mut one).await {
        Some(first) => (one, other, first),
        None => {
            let first = next(&mut other).await.unwrap();
            (other, one, first)
        }
    };
    let _second = next(&mut owner).await.unwrap();
    owner.cut();
    assert!(!first.ack(), "its channel is gone");
    for sequence in 1..=4 {
        let delivery = next(&mut next_owner).await.unwrap();
        assert_eq!(delivery.message().sequence, Some(sequence));
        assert_eq!(delivery.is_redelivered(), sequence <= 2);
        delivery.ack();
    }
}

#[tokio::test(start_paused = true)]
async fn a_full_shard_refuses_its_own_keys_only() {
    let (broker, _queue) = sharded(8, 1);
    let keys: Vec<String> = (0..40).map(|key| format!("k{key}")).collect();
    let outcomes = broker
        .publish(keys.iter().map(|key| message(key, 1)).collect())
        .await;
    let sent = outcomes.iter().filter(|outcome| outcome.is_sent()).count();
    assert_eq!(sent, 8, "one a shard: {outcomes:?}");
    assert_eq!(
        outcomes
            .iter()
            .filter(|outcome| **outcome == Outcome::Nacked)
            .count(),
        32
    );
}

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
