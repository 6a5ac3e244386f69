//! Queues shared out in shards: whose a shard is, and what a key's order survives.

use crate::support::message;
use event_messaging::memory::{Broker, Queue, QueueConsumer, QueueDelivery};
use event_messaging::{Outcome, Publisher, Source, clock};
use std::collections::BTreeSet;
use std::time::Duration;

pub(crate) fn sharded(shards: usize, capacity: usize) -> (Broker, Queue) {
    let broker = Broker::new().with_publish_timeout(Duration::from_secs(1));
    let queue = broker.declare_sharded_queue("q", shards, capacity);
    broker.bind("q", "product.events", "#").unwrap();
    (broker, queue)
}

/// A delivery if one comes before everything waits.
pub(crate) async fn next(consumer: &mut QueueConsumer) -> Option<QueueDelivery> {
    let soon = clock::now() + Duration::from_millis(1);
    clock::until(soon, consumer.recv()).await?.unwrap()
}

pub(crate) fn subscribed(queue: &Queue, prefetch: usize) -> QueueConsumer {
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
