//! Connections and channels: 7 and 8.

use crate::faults::brake::Brake;
use crate::faults::hooked::Switch;
use crate::faults::rig::{Rig, relay_config, until};
use crate::faults::write::message;
use crate::faults::{Database, NotChecked, Transport};
use event_messaging::{Outcome, Publisher};
use futures_util::future::join;
use std::time::Duration;

const BLOCKED: &str = "publishers are blocked";

pub(crate) async fn the_connection_is_blocked<T: Transport, D: Database>(
    rig: &Rig<T, D>,
) -> Result<(), NotChecked> {
    rig.publish((1..=5).map(|sequence| message("p-9", sequence)))
        .await;
    NotChecked::unless(rig.transport.block(true).await, BLOCKED)?;
    rig.write("p-1", 3).await;
    let deadline = relay_config().with_publish_timeout(Duration::from_millis(300));
    let relay = rig.relay_with(deadline, &Switch::default(), &Brake::none());
    until("the call's end by its deadline", async || {
        relay.counters.snapshot().unknown >= 1
    })
    .await;
    let backlog = rig.backlog().await;
    assert!(
        backlog.pending == 3 && backlog.oldest.is_some(),
        "the lag shows: {backlog:?}"
    );
    let consumer = rig.consumer("c-1");
    rig.until_effects(5).await;
    rig.assert_effects([("p-9", 5)]).await;

    NotChecked::unless(rig.transport.block(false).await, BLOCKED)?;
    rig.until_effects(8).await;
    rig.until_pending(0).await;
    assert_eq!(relay.end().await.sent, 3);
    consumer.end().await;
    rig.assert_effects([("p-9", 5), ("p-1", 3)]).await;
    Ok(())
}

pub(crate) async fn the_channel_is_closed<T: Transport, D: Database>(
    rig: &Rig<T, D>,
) -> Result<(), NotChecked> {
    let (publisher, sibling) = (rig.transport.publisher(), rig.transport.publisher());
    let closed = rig.transport.close_channel(&publisher).await;
    NotChecked::unless(closed, "a channel is closed and others are not")?;
    let batch = vec![message("p-1", 1), message("p-2", 1)];
    let (outcomes, of_sibling) = join(
        publisher.publish(batch.clone()),
        sibling.publish(vec![message("p-3", 1)]),
    )
    .await;
    assert_eq!(of_sibling, [Outcome::Sent], "the sibling is untouched");
    let unconfirmed = outcomes
        .iter()
        .filter(|outcome| **outcome == Outcome::Unknown)
        .count();
    assert!(unconfirmed > 0, "nobody knows what became of them: {outcomes:?}");
    assert_eq!(
        publisher.publish(batch).await,
        [Outcome::Sent; 2],
        "there is a new channel"
    );
    let consumer = rig.consumer("c-1");
    rig.until_effects(3).await;
    rig.until_waiting(0).await;
    consumer.end().await;
    rig.assert_effects([("p-1", 1), ("p-2", 1), ("p-3", 1)]).await;
    Ok(())
}
