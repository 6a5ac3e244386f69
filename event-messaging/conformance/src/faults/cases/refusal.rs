//! The broker says no: 5, 6 and 9.

use crate::faults::brake::Brake;
use crate::faults::hooked::Switch;
use crate::faults::pace::assert_backed_off;
use crate::faults::rig::{Rig, relay_config, until};
use crate::faults::{Database, EXCHANGE, NOWHERE, NotChecked, Transport, write};
use event_messaging::{Backoff, Outcome, Publisher};
use std::time::Duration;

const REFUSED: &str = "a message is refused and others are not";

/// As many as show that the waits grow: 20, 40, 80 and 160 ms at least.
const TRIES: usize = 5;

pub(crate) async fn the_broker_refuses<T: Transport, D: Database>(rig: &Rig<T, D>) -> Result<(), NotChecked> {
    NotChecked::unless(rig.transport.refuse("p-1", true).await, REFUSED)?;
    for key in ["p-1", "p-2", "p-3"] {
        rig.write(key, 2).await;
    }
    let backoff = Backoff::new(Duration::from_millis(40), Duration::from_secs(2));
    let config = relay_config().with_backoff(backoff);
    let relay = rig.relay_with(config, &Switch::default(), &Brake::none());
    let consumer = rig.consumer("c-1");
    rig.until_effects(4).await;
    until("a refusal", async || relay.counters.snapshot().nacked >= 1).await;
    // Those that are written while it waits do not wait with it.
    for key in ["p-2", "p-3"] {
        rig.write(key, 3).await;
    }
    rig.until_effects(10).await;
    until("more tries", async || relay.handed.times("p-1", 1).len() >= TRIES).await;
    assert_backed_off("the message", &backoff, &relay.handed.times("p-1", 1));
    assert!(
        relay.handed.of("p-1").iter().all(|sequence| *sequence == 1),
        "the second waits for the first"
    );
    for key in ["p-2", "p-3"] {
        assert_eq!(relay.handed.of(key), [1, 2, 3, 4, 5], "sent once, in order");
    }
    rig.until_pending(2).await;
    rig.assert_effects([("p-2", 5), ("p-3", 5)]).await;

    NotChecked::unless(rig.transport.refuse("p-1", false).await, REFUSED)?;
    rig.until_effects(12).await;
    rig.until_pending(0).await;
    let counts = relay.end().await;
    assert_eq!((counts.sent, counts.unknown, counts.unroutable), (12, 0, 0));
    assert_eq!(
        consumer.end().await.duplicates,
        0,
        "what is refused is stored nowhere"
    );
    rig.assert_effects([("p-1", 2), ("p-2", 5), ("p-3", 5)]).await;
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
    assert!(
        relay.handed.of("p-1").iter().all(|sequence| *sequence == 1),
        "what is behind it waits"
    );
    let counts = relay.end().await;
    assert_eq!((counts.sent, counts.nacked, counts.unknown), (3, 0, 0));
    let backlog = rig.backlog().await;
    assert_eq!(
        backlog.pending, 2,
        "the returned one was never marked, nor the one behind it in its key"
    );
    assert!(backlog.oldest.is_some(), "and the backlog shows it");
    // Who publishes without an outbox is told the same.
    let mut message = write::message("p-3", 1);
    NOWHERE.clone_into(&mut message.exchange);
    let outcomes = rig.transport.publisher().publish(vec![message]).await;
    assert_eq!(outcomes, [Outcome::Unroutable]);
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
    let (relay, consumer) = (rig.relay(), rig.consumer("c-1"));
    rig.until_effects(8).await;
    rig.until_pending(4).await;
    let together = relay.handed.batches()[0].messages.len();
    assert_eq!(together, KEYS.len(), "a batch, of which a part fails");
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
    for key in refused {
        let mut handed = relay.handed.of(key);
        handed.dedup();
        assert_eq!(handed, [1, 2], "sent in order in the end");
    }
    assert_eq!(relay.end().await.sent, 12);
    assert_eq!(consumer.end().await.duplicates, 0);
    rig.assert_effects(KEYS.map(|key| (key, 2))).await;
    Ok(())
}
