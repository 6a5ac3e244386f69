//! The database and the broker are gone for a while: 11 and 21.

use crate::faults::brake::Brake;
use crate::faults::handler::Effects;
use crate::faults::hooked::Switch;
use crate::faults::rig::{Rig, SHORTEST_REST, consumer_config, relay_config, until};
use crate::faults::write::message;
use crate::faults::{Database, NotChecked, Transport};
use event_messaging::clock;

pub(crate) async fn the_database_is_down<T: Transport, D: Database>(
    rig: &Rig<T, D>,
) -> Result<(), NotChecked> {
    rig.write("p-1", 3).await;
    rig.publish((1..=3).map(|sequence| message("p-9", sequence)))
        .await;
    let (of_relay, of_consumer) = (Switch::default(), Switch::default());
    of_relay.set_down(true);
    of_consumer.set_down(true);
    let began = clock::now();
    let relay = rig.relay_with(relay_config(), &of_relay, &Brake::none());
    let handler = Effects::new("c-1", Brake::none());
    let consumer = rig.consumer_with(handler, consumer_config(), &of_consumer);
    until("tries of the relay", async || of_relay.calls() >= 5).await;
    until("tries of the consumer", async || of_consumer.calls() >= 15).await;

    let (by_relay, by_consumer) = (of_relay.calls(), of_consumer.calls());
    let rests = began.elapsed().as_millis() / SHORTEST_REST.as_millis() + 1;
    assert!(
        u128::from(by_relay) <= rests,
        "the relay rests after each failure"
    );
    // Those who ask: one for the messages, and those who look into the park.
    let askers = 1 + consumer_config().park.concurrency as u128;
    assert!(
        u128::from(by_consumer) <= askers * rests + 10,
        "so does the consumer"
    );
    assert_eq!(relay.handed.count(), 0, "nothing was published");
    let counts = consumer.control.counts();
    assert_eq!(
        (counts.received, counts.failed),
        (3, 0),
        "held, and no attempt was spent"
    );
    assert_eq!(rig.effects().await, [], "nothing was handled");
    assert_eq!(rig.transport.waiting().await, 3, "nothing was settled");

    of_relay.set_down(false);
    of_consumer.set_down(false);
    rig.until_effects(6).await;
    rig.until_pending(0).await;
    assert_eq!(relay.end().await.sent, 3);
    rig.until_waiting(0).await;
    let seen = consumer.seen.clone();
    let counts = consumer.end().await;
    assert_eq!(
        (counts.received, counts.handled, counts.failed),
        (6, 6, 0),
        "each was delivered once"
    );
    assert!(
        seen.calls().iter().all(|call| call.attempt == 1),
        "the first attempt was not spent"
    );
    rig.assert_effects([("p-1", 3), ("p-9", 3)]).await;
    Ok(())
}

const KEYS: [&str; 5] = ["p-1", "p-2", "p-3", "p-4", "p-5"];

pub(crate) async fn the_broker_restarts<T: Transport, D: Database>(
    rig: &Rig<T, D>,
) -> Result<(), NotChecked> {
    let (relay, consumer) = (rig.relay(), rig.consumer("c-1"));
    for round in 1..=3 {
        for key in KEYS {
            rig.write(key, 10).await;
        }
        if round < 3 {
            rig.until_effects(50 * (round - 1) + 10).await;
            NotChecked::unless(rig.transport.restart().await, "the broker restarts")?;
        }
    }
    rig.until_effects(150).await;
    rig.until_pending(0).await;
    rig.until_waiting(0).await;
    assert!(relay.end().await.sent >= 150);
    rig.assert_effects(KEYS.map(|key| (key, 30))).await;

    NotChecked::unless(
        rig.transport.delete_intake().await,
        "the queue or topic is deleted",
    )?;
    let ended = consumer.ended().await;
    assert!(
        ended.is_err_and(|error| error.is_source()),
        "the consumer says that its source is gone"
    );
    Ok(())
}
