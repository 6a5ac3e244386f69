//! The relay while messages are under way: 3 and 4.

use crate::faults::brake::Place;
use crate::faults::process::Role;
use crate::faults::rig::{Rig, until};
use crate::faults::{Database, NotChecked, Transport};

pub(crate) async fn a_crash_after_the_confirm<T: Transport, D: Database>(
    rig: &Rig<T, D>,
) -> Result<(), NotChecked> {
    // Of three keys, so that they go out together, before the relay writes down what became of any.
    let keys = &KEYS[..3];
    let mut ids = Vec::new();
    for key in keys {
        ids.extend(rig.write(key, 1).await);
    }
    let mut first = rig.part(Role::Relay, "first", Some(Place::Confirmed));
    first.said("stopped").await;
    first.kill();
    assert_eq!(rig.backlog().await.pending, 3, "confirmed, and not marked");

    let (relay, consumer) = (rig.relay(), rig.consumer("c-1"));
    rig.until_pending(0).await;
    let effects = rig.until_effects(3).await;
    rig.until_waiting(0).await;
    let mut found: Vec<_> = effects.into_iter().map(|effect| effect.message_id).collect();
    found.sort();
    ids.sort();
    assert_eq!(found, ids, "sent again with the same ids");
    assert_eq!(relay.end().await.sent, 3);
    let counts = consumer.end().await;
    assert_eq!((counts.handled, counts.duplicates), (3, 3));
    rig.assert_effects(keys.iter().map(|key| (*key, 1))).await;
    Ok(())
}

const KEYS: [&str; 4] = ["p-1", "p-2", "p-3", "p-4"];

pub(crate) async fn the_connection_is_cut<T: Transport, D: Database>(
    rig: &Rig<T, D>,
) -> Result<(), NotChecked> {
    for key in KEYS {
        rig.write(key, 5).await;
    }
    // The relay dies with the connection: the broker has the first of each key, and nobody knows.
    let mut first = rig.part(Role::Relay, "first", Some(Place::Answered));
    first.said("stopped").await;
    first.kill();
    assert_eq!(rig.backlog().await.pending, 20, "none is known to be sent");
    let (relay, consumer) = (rig.relay(), rig.consumer("c-1"));
    rig.until_effects(20).await;
    rig.until_pending(0).await;
    rig.until_waiting(0).await;
    relay.end().await;
    let counts = consumer.end().await;
    assert_eq!(
        (counts.handled, counts.duplicates),
        (20, 4),
        "those that the broker had already"
    );
    rig.assert_effects(KEYS.map(|key| (key, 5))).await;

    // The connection alone is lost, while the first of each key is under way.
    NotChecked::unless(rig.transport.block(true).await, "messages are unconfirmed")?;
    for key in KEYS {
        rig.write(key, 5).await;
    }
    let relay = rig.relay();
    until("the first of each key handed over", async || {
        relay.handed.count() == 4
    })
    .await;
    NotChecked::unless(rig.transport.cut().await, "the connection is cut")?;
    until("the cut noticed", async || relay.counters.snapshot().unknown == 4).await;
    assert_eq!(rig.backlog().await.pending, 20, "all stay pending");
    NotChecked::unless(rig.transport.block(false).await, "messages are confirmed again")?;
    let consumer = rig.consumer("c-1");
    rig.until_effects(40).await;
    rig.until_pending(0).await;
    for key in KEYS {
        let mut handed = relay.handed.of(key);
        assert_eq!(handed[..2], [6, 6], "the unconfirmed one goes again");
        handed.dedup();
        assert_eq!(handed, [6, 7, 8, 9, 10], "and all in the order of the key");
    }
    assert_eq!(relay.end().await.sent, 20);
    consumer.end().await;
    rig.assert_effects(KEYS.map(|key| (key, 10))).await;
    Ok(())
}
