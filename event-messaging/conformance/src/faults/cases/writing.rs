//! The writer's side: 1, 2 and 10.

use crate::faults::brake::{Brake, Place};
use crate::faults::hooked::Switch;
use crate::faults::process::Role;
use crate::faults::rig::{Rig, relay_config};
use crate::faults::{Database, EXCHANGE, NotChecked, Transport, write};
use futures_util::future::join_all;
use std::time::Duration;

pub(crate) async fn a_crash_before_the_commit<T: Transport, D: Database>(
    rig: &Rig<T, D>,
) -> Result<(), NotChecked> {
    let mut writer = rig.part(Role::Writer, "p-1", Some(Place::Written));
    writer.said("stopped").await;
    writer.kill();
    assert_eq!(
        rig.backlog().await.pending,
        0,
        "the row went with its transaction"
    );

    let ids = rig.write("p-1", 1).await;
    let (relay, consumer) = (rig.relay(), rig.consumer("c-1"));
    let effects = rig.until_effects(1).await;
    assert_eq!(
        (effects[0].sequence, &effects[0].message_id),
        (1, &ids[0]),
        "the number was free again"
    );
    assert_eq!(relay.handed.count(), 1, "of the first, nothing was sent");
    assert_eq!(relay.end().await.sent, 1);
    assert_eq!(consumer.end().await.received, 1);
    rig.assert_effects([("p-1", 1)]).await;
    Ok(())
}

pub(crate) async fn a_crash_after_the_commit<T: Transport, D: Database>(
    rig: &Rig<T, D>,
) -> Result<(), NotChecked> {
    let mut writer = rig.part(Role::Writer, "p-1", Some(Place::Committed));
    writer.said("stopped").await;
    writer.kill();
    assert_eq!(rig.backlog().await.pending, 1, "it outlives its writer");
    assert_eq!(rig.effects().await, [], "and was not sent by it");

    let (relay, consumer) = (rig.relay(), rig.consumer("c-1"));
    rig.until_effects(1).await;
    rig.until_pending(0).await;
    assert_eq!(relay.end().await.sent, 1);
    assert_eq!(consumer.end().await.handled, 1);
    rig.assert_effects([("p-1", 1)]).await;
    Ok(())
}

const WRITERS: u64 = 4;
const EVENTS: u64 = 5;
const KEYS: [&str; 5] = ["p-1", "p-2", "p-3", "p-4", "p-5"];

pub(crate) async fn writers_and_relays_at_once<T: Transport, D: Database>(
    rig: &Rig<T, D>,
) -> Result<(), NotChecked> {
    let relays = [rig.relay(), rig.relay()];
    let consumer = rig.consumer("c-1");
    // Each with a handle of its own, as another process has it; all write all keys.
    join_all((0..WRITERS).map(|_| async {
        let database = rig.database_of_another().await;
        let outbox = database.outbox();
        for key in KEYS.iter().cycle().take(KEYS.len() * EVENTS as usize) {
            write::event(&database, &outbox, key, EXCHANGE, &Brake::none()).await;
        }
    }))
    .await;
    let each = WRITERS * EVENTS;
    rig.until_effects(KEYS.len() * each as usize).await;
    rig.until_pending(0).await;
    let mut sent = 0;
    for relay in relays {
        let counts = relay.end().await;
        sent += counts.sent;
        assert_eq!(counts.fenced_off, 0, "no lease ran out");
    }
    assert_eq!(sent, KEYS.len() as u64 * each, "no row was sent by both");
    rig.assert_effects(KEYS.map(|key| (key, each))).await;

    // One whose lease runs out while it is about to mark: the other has claimed the row and sent it again by then.
    let (late_stops, other_stops) = (Brake::at(Place::Confirmed), Brake::at(Place::Confirmed));
    let short = relay_config()
        .with_lease(Duration::from_secs(4))
        .with_publish_timeout(Duration::from_secs(2));
    let late = rig.relay_with(short, &Switch::default(), &late_stops);
    rig.write("p-1", 1).await;
    late_stops.reached().await;
    let other = rig.relay_with(relay_config(), &Switch::default(), &other_stops);
    other_stops.reached().await;
    late_stops.release();
    assert_eq!(late.end().await.fenced_off, 1, "its mark came too late");
    assert_eq!(rig.backlog().await.pending, 1, "and has marked nothing");
    other_stops.release();
    rig.until_pending(0).await;
    assert_eq!(other.end().await.fenced_off, 0);
    rig.until_effects(KEYS.len() * each as usize + 1).await;
    rig.until_waiting(0).await;
    let counts = consumer.end().await;
    assert_eq!(counts.duplicates, 1, "what both had sent");
    rig.assert_effects(KEYS.map(|key| (key, each + u64::from(key == "p-1"))))
        .await;
    Ok(())
}
