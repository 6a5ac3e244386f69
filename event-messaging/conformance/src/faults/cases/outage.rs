//! The database and the broker are gone for a while: 11 and 21.

use crate::faults::brake::Brake;
use crate::faults::handler::Effects;
use crate::faults::hooked::{Operation, Outage, Switch};
use crate::faults::pace::{assert_backed_off, most_tries};
use crate::faults::rig::{Rig, consumer_config, relay_config, until};
use crate::faults::write::message;
use crate::faults::{Database, NotChecked, Transport};

/// The keys of what is published without the outbox, a message of each in every round.
const PUBLISHED: [&str; 3] = ["p-7", "p-8", "p-9"];

/// As many tries as must have been seen of everybody.
const TRIES: usize = 6;

pub(crate) async fn the_database_is_down<T: Transport, D: Database>(
    rig: &Rig<T, D>,
) -> Result<(), NotChecked> {
    let (of_relay, of_consumer) = (Switch::down(), Switch::down());
    let relay = rig.relay_with(relay_config(), &of_relay, &Brake::none());
    let handler = Effects::new("c-1", Brake::none());
    let consumer = rig.consumer_with(handler, consumer_config(), &of_consumer);
    // It is down when they start, and goes down while they run.
    for round in 1..=2 {
        of_relay.set_down(true);
        of_consumer.set_down(true);
        rig.write("p-1", 3).await;
        rig.publish(PUBLISHED.map(|key| message(key, round))).await;
        let before = 6 * (round - 1);
        until("tries of both", async || {
            consumer.control.counts().received >= before + 3
                && of_relay.outage().tries(Operation::Claim).len() >= TRIES
                && of_consumer.outage().tries(Operation::Begin).len() >= TRIES
        })
        .await;
        the_relay_rests(&of_relay.outage());
        the_consumer_rests(&of_consumer.outage());
        assert_eq!(relay.handed.count() as u64, before / 2, "nothing was published");
        let counts = consumer.control.counts();
        assert_eq!(
            (counts.received, counts.handled, counts.failed, counts.given_back),
            (before + 3, before, 0, 0),
            "held, and no attempt and no delivery was spent"
        );
        assert_eq!(rig.effects().await.len() as u64, before, "nothing was handled");
        assert_eq!(rig.transport.waiting().await, 3, "nothing was settled");

        of_relay.set_down(false);
        of_consumer.set_down(false);
        rig.until_effects(6 * round as usize).await;
        rig.until_pending(0).await;
        rig.until_waiting(0).await;
    }
    assert_eq!(relay.end().await.sent, 6);
    let seen = consumer.seen.clone();
    let counts = consumer.end().await;
    assert_eq!(
        (counts.received, counts.handled, counts.failed),
        (12, 12, 0),
        "each was delivered once"
    );
    assert!(
        seen.calls().iter().all(|call| call.attempt == 1),
        "the first attempt was not spent"
    );
    rig.assert_effects([("p-1", 6), ("p-7", 2), ("p-8", 2), ("p-9", 2)])
        .await;
    Ok(())
}

fn the_relay_rests(outage: &Outage) {
    let backoff = relay_config().backoff;
    assert_backed_off("the relay", &backoff, outage.tries(Operation::Claim));
    let besides = outage.tries(Operation::Other).len();
    assert!(besides <= 2, "it does nothing else meanwhile: {besides} calls");
}

fn the_consumer_rests(outage: &Outage) {
    let (config, most) = (
        consumer_config(),
        most_tries(&consumer_config().backoff, outage.lasted()),
    );
    // One of each key may have been under way when it went down; from then on one tries for all.
    let begun = outage.tries(Operation::Begin);
    assert_backed_off("the consumer", &config.backoff, &begun[PUBLISHED.len() - 1..]);
    assert!(
        begun.len() <= PUBLISHED.len() - 1 + most,
        "{} tries, and {most} at most",
        begun.len()
    );
    let looks = outage.tries(Operation::ClaimParked).len();
    assert!(
        looks <= config.park.concurrency * most,
        "each of those who look into the park rests, too: {looks} looks, and {most} at most of each"
    );
    let besides = outage.tries(Operation::Other).len();
    assert!(
        besides <= 2 * most,
        "and so does the housekeeping: {besides} calls"
    );
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
    let sent = relay.counters.snapshot().sent;
    assert!(sent >= 150, "{sent}");
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
    let ended = rig.consumer("c-2").ended().await;
    assert!(
        ended.is_err_and(|error| error.is_source()),
        "and so does one that comes later"
    );
    // The relay says so of each try, and takes nothing for sent.
    rig.write("p-1", 2).await;
    until("tries that fail", async || {
        let counts = relay.counters.snapshot();
        counts.unroutable + counts.nacked + counts.unknown >= 2
    })
    .await;
    let backlog = rig.backlog().await;
    assert!(
        backlog.pending == 2 && backlog.oldest.is_some(),
        "the backlog shows it: {backlog:?}"
    );
    assert_eq!(relay.end().await.sent, sent);
    Ok(())
}
