//! Several consumers, in several processes: 19 and 20.

use crate::faults::brake::{Brake, Place};
use crate::faults::handler::{Act, Effects};
use crate::faults::hooked::Switch;
use crate::faults::process::{Part, Role};
use crate::faults::rig::{ConsumerRun, Rig, consumer_config, until};
use crate::faults::write::message;
use crate::faults::{Database, NotChecked, Transport};
use event_messaging::Retries;
use std::collections::BTreeSet;
use std::time::Duration;

const KEYS: u64 = 16;

fn keys() -> impl Iterator<Item = String> {
    (1..=KEYS).map(|key| format!("p-{key}"))
}

/// Writes so many events of every key, key by key in turn.
async fn write_all<T: Transport, D: Database>(rig: &Rig<T, D>, events: u64) {
    for _ in 0..events {
        for key in keys() {
            rig.write(&key, 1).await;
        }
    }
}

pub(crate) async fn consumers_come_and_go<T: Transport, D: Database>(
    rig: &Rig<T, D>,
) -> Result<(), NotChecked> {
    let relay = rig.relay();
    let count = |events: u64| (KEYS * events) as usize;
    let start = |name| rig.part(Role::Consumer, name, None);
    let mut consumers: Vec<Part> = vec![start("one")];
    write_all(rig, 5).await;
    rig.until_effects(count(2)).await;
    // From one to four, while messages flow.
    consumers.extend(["two", "three", "four"].map(start));
    for consumer in &mut consumers {
        consumer.said("runs").await;
    }
    write_all(rig, 10).await;
    until("all four at work", async || {
        let effects = rig.database.effects().await.into_iter();
        let names: BTreeSet<String> = effects.map(|effect| effect.process).collect();
        names.len() == 4
    })
    .await;
    // And back to one: one leaves in good order, two die.
    let mut leaving = consumers.remove(0);
    leaving.stop();
    write_all(rig, 2).await;
    leaving.said("ended").await;
    consumers.remove(0).kill();
    write_all(rig, 2).await;
    consumers.remove(0).kill();
    write_all(rig, 1).await;
    rig.until_effects(count(20)).await;
    rig.until_pending(0).await;
    rig.until_waiting(0).await;
    relay.end().await;
    drop(consumers);
    rig.assert_effects(keys().map(|key| (key, 20))).await;
    what_is_revoked_is_drained_first(rig).await;
    no_message_is_settled_by_those_behind_it(rig).await;
    Ok(())
}

/// Others join one that works and leave it again, and nobody dies: what ran when it was revoked has ended, and was
/// settled, before it was somebody else's.
async fn what_is_revoked_is_drained_first<T: Transport, D: Database>(rig: &Rig<T, D>) {
    let (before, each) = (rig.effects().await.len(), 20);
    for sequence in 1..=each {
        rig.publish((1..=KEYS).map(|key| message(&format!("r-{key}"), sequence)))
            .await;
    }
    let (mut called, mut handled, mut again) = (0, 0, 0);
    let mut end = async |consumer: ConsumerRun| {
        let seen = consumer.seen.clone();
        let counts = consumer.end().await;
        called += seen.calls().len() as u64;
        handled += counts.handled;
        again += counts.duplicates;
    };
    // One after another, so that of no partition anything is done behind what is not.
    let one_by_one = || {
        let handler = Effects::new("one of many", Brake::none()).with_script(|_| Act::Dawdle);
        rig.consumer_with(handler, consumer_config().with_concurrency(1), &Switch::default())
    };
    let first = one_by_one();
    for joined in 1..=9 {
        rig.until_effects(before + 30 * joined).await;
        let other = one_by_one();
        rig.until_effects(before + 30 * joined + 20).await;
        end(other).await;
    }
    rig.until_effects(before + (KEYS * each) as usize).await;
    rig.until_waiting(0).await;
    end(first).await;
    assert_eq!(called, KEYS * each, "no handler was cut off");
    assert_eq!((handled, again), (called, 0), "none was handed over unsettled");
}

/// The first message waits for its retry while all others, in its partition too, are done; then its consumer leaves.
async fn no_message_is_settled_by_those_behind_it<T: Transport, D: Database>(rig: &Rig<T, D>) {
    let before = rig.effects().await.len();
    let others = (1..=40).map(|key| message(&format!("q-{key}"), 1));
    rig.publish([message("q-0", 1)].into_iter().chain(others)).await;
    let handler = Effects::new("first", Brake::none()).with_script(|call| match &*call.key {
        "q-0" => Act::Fail,
        _ => Act::Succeed,
    });
    let mut config = consumer_config().with_prefetch(50);
    let long = Duration::from_secs(600);
    config.retries = Retries::new([long]).with_hold_at_most(long);
    let first = rig.consumer_with(handler, config, &Switch::default());
    rig.until_effects(before + 40).await;
    let second = rig.consumer("second");
    let counts = first.end().await;
    assert_eq!((counts.handled, counts.failed), (40, 1), "{counts:?}");
    rig.until_effects(before + 41).await;
    rig.until_waiting(0).await;
    second.end().await;
    let effects = rig.effects().await;
    assert_eq!(
        effects.iter().filter(|(key, _)| key.starts_with("q-")).count(),
        41
    );
}

pub(crate) async fn a_shutdown<T: Transport, D: Database>(rig: &Rig<T, D>) -> Result<(), NotChecked> {
    rig.publish(keys().map(|key| message(&key, 1))).await;
    let brake = Brake::at(Place::Handling);
    let handler = Effects::new("first", brake.clone());
    let config = consumer_config().with_concurrency(1);
    let first = rig.consumer_with(handler, config, &Switch::default());
    brake.reached().await;
    until("messages behind the one that is handled", async || {
        first.control.counts().in_flight > 1
    })
    .await;
    first.control.drain();
    rig.publish([message("p-1", 2)]).await;
    brake.release();
    let counts = first.ended().await.expect("its source is not broken");
    assert_eq!(counts.handled, 1, "what ran has ended");
    assert_eq!(counts.given_back, counts.received - 1, "the rest is given back");
    assert_eq!(
        rig.transport.waiting().await,
        KEYS,
        "all others, and the one that came after"
    );

    // One that dies while it stops.
    let mut second = rig.part(Role::Consumer, "second", Some(Place::Handling));
    second.said("stopped").await;
    second.stop();
    second.kill();

    let third = rig.consumer("third");
    rig.until_effects(KEYS as usize + 1).await;
    rig.until_waiting(0).await;
    let counts = third.end().await;
    assert_eq!((counts.handled, counts.duplicates), (KEYS, 0));
    rig.assert_effects(keys().map(|key| (key.clone(), 1 + u64::from(key == "p-1"))))
        .await;
    Ok(())
}
