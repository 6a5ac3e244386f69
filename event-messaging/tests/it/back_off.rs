//! How often a store is asked that is down, or that commits nothing, while messages flow that say nothing of it.

use crate::handlers::{Effects, Started, config, publish, publish_all};
use crate::scripted::{Scripted, Told, run_over};
use crate::support::{broker, message};
use event_messaging::{Retries, clock, memory};
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

/// Waits of 100 ms that double, to 30 s, half of them at random: at least seven in a minute, and at most eleven.
const A_MINUTE: std::ops::RangeInclusive<usize> = 7..=11;

/// Publishes a message every 100 ms for a minute.
async fn flowing(broker: &memory::Broker, mut next: impl FnMut(u64) -> event_messaging::OutboundMessage) {
    for number in 0..600 {
        publish_all(broker, vec![next(number)]).await;
        clock::sleep(SECOND / 10).await;
    }
}

/// A message of a type that the handler does not take.
fn unknown(number: u64) -> event_messaging::OutboundMessage {
    let mut message = message("unknown", number + 1);
    let body = String::from_utf8(message.body.to_vec()).unwrap();
    message.body = body.replace("ProductDeleted", "ProductMoved").into();
    message
}

async fn started(
    operation: &'static str,
    effects: &Effects,
) -> ((memory::Broker, memory::Queue), Scripted, Started) {
    let (place, store) = (broker(), Scripted::default());
    let mut config = config().with_prefetch(10_000).with_commit_window(10_000);
    // The park is asked in its own time, which is not the matter here.
    config.park.poll_interval = 3_600 * SECOND;
    config.retries = Retries::new([5 * SECOND; 100]).with_jitter(0.0);
    publish(&place.0, &[("known", 1)]).await;
    let consumer = run_over(&place, effects.clone(), &store, config);
    clock::sleep(SECOND).await;
    store.tell(operation, Told::Fail);
    (place, store, consumer)
}

async fn tries_while_unknown_types_flow(operation: &'static str) {
    let effects = Effects::default();
    let (place, store, consumer) = started(operation, &effects).await;
    publish(&place.0, &[("a", 1)]).await;
    let before = store.calls(operation);
    flowing(&place.0, unknown).await;
    let calls = store.calls(operation) - before;
    assert!(A_MINUTE.contains(&calls), "{calls} calls of {operation}");
    store.tell(operation, Told::Pass);
    clock::sleep(31 * SECOND).await;
    assert_eq!(effects.all(), ["known#1", "a#1"]);
    assert_eq!(consumer.stopped().await.unknown, 600);
}

#[tokio::test(start_paused = true)]
async fn messages_of_unknown_types_do_not_make_a_store_that_is_down_be_asked_more_often() {
    tries_while_unknown_types_flow("begin").await;
}

#[tokio::test(start_paused = true)]
async fn messages_of_unknown_types_do_not_make_a_store_that_commits_nothing_be_asked_more_often() {
    tries_while_unknown_types_flow("commit").await;
}

#[tokio::test(start_paused = true)]
async fn duplicates_do_not_make_a_store_that_commits_nothing_be_asked_more_often() {
    let effects = Effects::default();
    let (place, store, consumer) = started("commit", &effects).await;
    publish(&place.0, &[("a", 1)]).await;
    let before = store.calls("commit");
    flowing(&place.0, |_| message("known", 1)).await;
    let calls = store.calls("commit") - before;
    assert!(A_MINUTE.contains(&calls), "{calls} calls");
    store.tell("commit", Told::Pass);
    clock::sleep(31 * SECOND).await;
    assert_eq!(effects.all(), ["known#1", "a#1"]);
    assert_eq!(consumer.stopped().await.duplicates, 600);
}

#[tokio::test(start_paused = true)]
async fn attempts_that_fail_do_not_make_a_store_that_commits_nothing_be_asked_more_often() {
    let keys: Vec<String> = (0..60).map(|number| format!("b{number}")).collect();
    let mut effects = Effects::default();
    for key in &keys {
        effects = effects.and_failing(&format!("{key}#1"), 1_000);
    }
    let (place, store, consumer) = started("commit", &effects).await;
    publish(&place.0, &[("a", 1)]).await;
    let before = store.calls("commit");
    for key in &keys {
        publish(&place.0, &[(key, 1)]).await;
        clock::sleep(SECOND).await;
    }
    let calls = store.calls("commit") - before;
    assert!(A_MINUTE.contains(&calls), "{calls} calls");
    assert!(consumer.control.counts().failed > 30);
    consumer.stopped().await;
}
