//! Connections and channels: 7 and 8.

use crate::faults::brake::{Brake, Place};
use crate::faults::handler::Effects;
use crate::faults::hooked::Switch;
use crate::faults::rig::{Rig, consumer_config, relay_config, until};
use crate::faults::write::message;
use crate::faults::{Database, NotChecked, Transport};
use event_messaging::{Outcome, Publisher};
use futures_util::future::poll_immediate;
use std::pin::pin;
use std::time::Duration;

const BLOCKED: &str = "publishers are blocked";

/// Far below what the transport itself may be patient for, and far above what a loaded machine delays.
const DEADLINE: Duration = Duration::from_millis(500);
const LATEST: Duration = Duration::from_secs(10);

pub(crate) async fn the_connection_is_blocked<T: Transport, D: Database>(
    rig: &Rig<T, D>,
) -> Result<(), NotChecked> {
    // It runs before the block, holds a message, and has more before it.
    rig.publish((1..=5).map(|sequence| message("p-9", sequence)))
        .await;
    let brake = Brake::at(Place::Handling);
    let handler = Effects::new("c-1", brake.clone());
    let consumer = rig.consumer_with(handler, consumer_config().with_prefetch(2), &Switch::default());
    brake.reached().await;
    NotChecked::unless(rig.transport.block(true).await, BLOCKED)?;
    brake.release();
    rig.until_effects(5).await;
    rig.until_waiting(0).await;
    rig.assert_effects([("p-9", 5)]).await;

    rig.write("p-1", 3).await;
    let config = relay_config().with_publish_timeout(DEADLINE);
    let relay = rig.relay_with(config, &Switch::default(), &Brake::none());
    until("the calls' end by their deadline", async || {
        relay.counters.snapshot().unknown >= 2
    })
    .await;
    for batch in &relay.handed.batches()[..2] {
        let took = batch.took.expect("it has ended");
        assert!(
            (DEADLINE..LATEST).contains(&took),
            "a call ends by its deadline of {DEADLINE:?}, and not after {took:?}"
        );
        assert_eq!(batch.messages, [("p-1".to_owned(), 1)], "what is behind it waits");
    }
    assert_eq!(relay.counters.snapshot().sent, 0);
    let backlog = rig.backlog().await;
    assert!(
        backlog.pending == 3 && backlog.oldest.is_some_and(|age| age >= DEADLINE),
        "the lag shows, in number and age: {backlog:?}"
    );

    NotChecked::unless(rig.transport.block(false).await, BLOCKED)?;
    rig.until_effects(8).await;
    rig.until_pending(0).await;
    assert_eq!(relay.end().await.sent, 3);
    consumer.end().await;
    rig.assert_effects([("p-9", 5), ("p-1", 3)]).await;
    Ok(())
}

/// Enough that their call is still under way when the other channel is closed.
const UNDER_WAY: u64 = 100;

pub(crate) async fn the_channel_is_closed<T: Transport, D: Database>(
    rig: &Rig<T, D>,
) -> Result<(), NotChecked> {
    let (publisher, sibling) = (rig.transport.publisher(), rig.transport.publisher());
    // A consumer is a sibling, too: this one has a message in its hands when it happens.
    let brake = Brake::at(Place::Handling);
    let handler = Effects::new("c-1", brake.clone());
    let consumer = rig.consumer_with(handler, consumer_config(), &Switch::default());
    rig.publish([message("p-4", 1)]).await;
    brake.reached().await;

    let of_sibling = sibling.publish((1..=UNDER_WAY).map(|number| message("p-3", number)).collect());
    let mut of_sibling = pin!(of_sibling);
    let already = poll_immediate(&mut of_sibling).await;
    let closed = rig.transport.close_channel(&publisher).await;
    NotChecked::unless(closed, "a channel is closed and others are not")?;
    let batch = vec![message("p-1", 1), message("p-2", 1)];
    let outcomes = publisher.publish(batch.clone()).await;
    let unconfirmed = outcomes
        .iter()
        .filter(|outcome| **outcome == Outcome::Unknown)
        .count();
    assert!(unconfirmed > 0, "nobody knows what became of them: {outcomes:?}");
    let of_sibling = match already {
        Some(outcomes) => outcomes,
        None => of_sibling.await,
    };
    assert_eq!(
        of_sibling,
        [Outcome::Sent; UNDER_WAY as usize],
        "the sibling's call goes through as if nothing had been"
    );
    assert_eq!(
        publisher.publish(batch).await,
        [Outcome::Sent; 2],
        "there is a new channel"
    );
    brake.release();
    rig.until_effects(3 + UNDER_WAY as usize).await;
    rig.until_waiting(0).await;
    assert_eq!(consumer.seen.attempts("p-4", 1), [1]);
    let counts = consumer.end().await;
    assert_eq!(
        (counts.given_back, counts.settle_failures),
        (0, 0),
        "what it held was still its own"
    );
    assert!(
        counts.duplicates <= 2,
        "only what was on the closed channel may come twice: {counts:?}"
    );
    rig.assert_effects([("p-1", 1), ("p-2", 1), ("p-3", UNDER_WAY), ("p-4", 1)])
        .await;
    Ok(())
}
