//! The broker says no: 5, 6 and 9.

use crate::faults::brake::Brake;
use crate::faults::rig::{Rig, until};
use crate::faults::{Database, EXCHANGE, NOWHERE, NotChecked, Transport, write};

const REFUSED: &str = "a message is refused and others are not";

pub(crate) async fn the_broker_refuses<T: Transport, D: Database>(rig: &Rig<T, D>) -> Result<(), NotChecked> {
    NotChecked::unless(rig.transport.refuse("p-1", true).await, REFUSED)?;
    for key in ["p-1", "p-2", "p-3"] {
        rig.write(key, 2).await;
    }
    let (relay, consumer) = (rig.relay(), rig.consumer("c-1"));
    rig.until_effects(4).await;
    rig.until_pending(2).await;
    until("another try", async || relay.counters.snapshot().nacked >= 2).await;
    assert!(
        relay.handed.of("p-1").iter().all(|sequence| *sequence == 1),
        "the second waits for the first"
    );
    rig.assert_effects([("p-2", 2), ("p-3", 2)]).await;

    NotChecked::unless(rig.transport.refuse("p-1", false).await, REFUSED)?;
    rig.until_effects(6).await;
    rig.until_pending(0).await;
    let counts = relay.end().await;
    assert_eq!((counts.sent, counts.unknown, counts.unroutable), (6, 0, 0));
    assert_eq!(
        consumer.end().await.duplicates,
        0,
        "what is refused is stored nowhere"
    );
    rig.assert_effects([("p-1", 2), ("p-2", 2), ("p-3", 2)]).await;
    Ok(())
}

pub(crate) async fn the_broker_returns<T: Transport, D: Database>(rig: &Rig<T, D>) -> Result<(), NotChecked> {
    let (outbox, brake) = (rig.database.outbox(), Brake::none());
    write::event(&rig.database, &outbox, "p-1", NOWHERE, &brake).await;
    write::event(&rig.database, &outbox, "p-1", EXCHANGE, &brake).await;
    rig.write("p-2", 3).await;
    let (relay, consumer) = (rig.relay(), rig.consumer("c-1"));
    rig.until_effects(3).await;
    rig.until_pending(2).await;
    until("another try", async || relay.counters.snapshot().unroutable >= 2).await;
    assert_eq!(
        rig.backlog().await.pending,
        2,
        "the returned one, and the one behind it in its key"
    );
    assert!(rig.backlog().await.oldest.is_some(), "and the backlog shows it");
    let counts = relay.end().await;
    assert_eq!((counts.sent, counts.nacked, counts.unknown), (3, 0, 0));
    consumer.end().await;
    rig.assert_effects([("p-2", 3)]).await;
    Ok(())
}

const KEYS: [&str; 6] = ["p-1", "p-2", "p-3", "p-4", "p-5", "p-6"];

pub(crate) async fn part_of_a_batch_fails<T: Transport, D: Database>(
    rig: &Rig<T, D>,
) -> Result<(), NotChecked> {
    let refused = ["p-2", "p-5"];
    for key in refused {
        NotChecked::unless(rig.transport.refuse(key, true).await, REFUSED)?;
    }
    for _ in 0..2 {
        for key in KEYS {
            rig.write(key, 1).await;
        }
    }
    // All twelve are one batch.
    let (relay, consumer) = (rig.relay(), rig.consumer("c-1"));
    rig.until_effects(8).await;
    rig.until_pending(4).await;
    for key in refused {
        assert!(
            relay.handed.of(key).iter().all(|sequence| *sequence == 1),
            "none overtakes"
        );
    }
    for key in KEYS.iter().filter(|key| !refused.contains(key)) {
        assert_eq!(relay.handed.of(key), [1, 2], "sent once");
    }

    for key in refused {
        NotChecked::unless(rig.transport.refuse(key, false).await, REFUSED)?;
    }
    rig.until_effects(12).await;
    rig.until_pending(0).await;
    assert_eq!(relay.end().await.sent, 12);
    assert_eq!(consumer.end().await.duplicates, 0);
    rig.assert_effects(KEYS.map(|key| (key, 2))).await;
    Ok(())
}
