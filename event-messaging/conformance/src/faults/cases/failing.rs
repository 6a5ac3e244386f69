//! Handlers that fail: 14 and 15.

use crate::faults::brake::Brake;
use crate::faults::handler::{Act, Effects};
use crate::faults::hooked::Switch;
use crate::faults::pace::GRAIN;
use crate::faults::rig::{Rig, consumer_config, until};
use crate::faults::write::{TRACEPARENT, TRACESTATE, message};
use crate::faults::{Database, EXCHANGE, NotChecked, Transport};
use event_contracts::product::ProductStatusChanged;
use event_contracts::{Envelope, Event, MessageId, RawEnvelope};
use event_messaging::{InboxStore, OutboundMessage, Retries};
use product_types::{ProductId, ProductStatus, Timestamp};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

pub(crate) async fn a_handler_fails_for_a_while<T: Transport, D: Database>(
    rig: &Rig<T, D>,
) -> Result<(), NotChecked> {
    fails_for_a_while(rig, "p-1", "p-2", false).await;
    if <D::Inbox as InboxStore>::PARKS {
        fails_for_a_while(rig, "p-3", "p-4", true).await;
    }
    Ok(())
}

/// How long after a failed attempt the next one begins.
const DELAY: Duration = Duration::from_millis(100);

/// `failing` fails until `other` is done; its retries are held in memory, or spent in the park.
async fn fails_for_a_while<T: Transport, D: Database>(
    rig: &Rig<T, D>,
    failing: &'static str,
    other: &'static str,
    is_parked: bool,
) {
    let before = rig.effects().await.len();
    for sequence in 1..=3 {
        rig.publish([message(failing, sequence), message(other, sequence)])
            .await;
    }
    let is_well = Arc::new(AtomicBool::new(false));
    let handler = Effects::new("c-1", Brake::none()).with_script({
        let is_well = Arc::clone(&is_well);
        move |call| match call.key == failing && call.sequence == 1 && !is_well.load(Ordering::SeqCst) {
            true => Act::Fail,
            false => Act::Succeed,
        }
    });
    let mut config = consumer_config();
    // As many as may be, for slow machines.
    config.retries = Retries::new(vec![DELAY; 100]).with_jitter(0.0);
    if is_parked {
        config.retries = config.retries.with_hold_at_most(Duration::ZERO);
    }
    let consumer = rig.consumer_with(handler, config, &Switch::default());
    rig.until_effects(before + 3).await;
    until("another attempt", async || {
        consumer.seen.attempts(failing, 1).len() >= 3
    })
    .await;
    let inbox = rig.database.inbox();
    if is_parked {
        // It left the broker, with those behind it.
        rig.until_waiting(0).await;
        let parked = inbox.parked("conformance").await.expect("the database is well");
        assert_eq!((parked.messages, parked.keys), (3, 1), "the whole key is parked");
    }
    let effects = rig.effects().await;
    assert!(
        effects.iter().all(|(key, _)| key != failing),
        "each attempt was rolled back"
    );
    assert_eq!(
        consumer.seen.attempts(failing, 2),
        [0; 0],
        "the second waits for the first"
    );

    is_well.store(true, Ordering::SeqCst);
    rig.until_effects(before + 6).await;
    rig.until_waiting(0).await;
    let attempts = consumer.seen.attempts(failing, 1);
    assert_eq!(
        attempts,
        (1..=attempts.len() as u32).collect::<Vec<_>>(),
        "attempts are counted"
    );
    let gaps = consumer.seen.gaps(failing, 1);
    assert!(
        gaps.iter().all(|gap| *gap + GRAIN >= DELAY),
        "each was delayed: {gaps:?}"
    );
    assert_eq!(consumer.seen.attempts(failing, 3), [1]);
    let counts = consumer.end().await;
    assert_eq!((counts.handled, counts.dead_lettered), (6, 0));
    assert_eq!(
        (counts.failed, counts.retried),
        (attempts.len() as u64 - 1, attempts.len() as u64 - 1)
    );
    assert_eq!(counts.parked >= 3, is_parked, "{counts:?}");
    let parked = inbox.parked("conformance").await.expect("the database is well");
    assert_eq!(parked.messages, 0);
    let effects = rig.effects().await.into_iter();
    let of_key: Vec<u64> = effects
        .filter(|(key, _)| key == failing)
        .map(|(_, number)| number)
        .collect();
    assert_eq!(of_key, [1, 2, 3], "each once, in order");
}

pub(crate) async fn poison<T: Transport, D: Database>(rig: &Rig<T, D>) -> Result<(), NotChecked> {
    let routing_key = event_contracts::product::ProductDeleted::ROUTING_KEY;
    let id = MessageId::new("unreadable").expect("it is not empty");
    let unreadable = OutboundMessage::new(id, EXCHANGE, routing_key, "p-1", "this is no envelope")
        .with_trace_context(TRACEPARENT, Some(TRACESTATE));
    let unknown = {
        let product = ProductId::new("p-4").expect("it is not empty");
        let now = Timestamp::now();
        let (old, new) = (ProductStatus::Active, ProductStatus::Inactive);
        let event = ProductStatusChanged::new(product, old, new, now, "conformance");
        let envelope =
            Envelope::new_with_id(MessageId::at(now), event, "product-service", "conformance", now);
        OutboundMessage::from_envelope(&envelope.with_sequence(1)).expect("events of ours can be written")
    };
    rig.publish([unreadable, message("p-2", 1), message("p-3", 1), unknown])
        .await;
    for key in ["p-1", "p-2", "p-3", "p-4"] {
        rig.publish([message(key, 2)]).await;
    }
    let handler = Effects::new("c-1", Brake::none()).with_script(|call| match (call.sequence, &*call.key) {
        (1, "p-2") => Act::GiveUp,
        (1, "p-3") => Act::Fail,
        _ => Act::Succeed,
    });
    let mut config = consumer_config();
    config.retries = Retries::new([Duration::from_millis(10)]);
    let consumer = rig.consumer_with(handler, config, &Switch::default());
    // The next of each key flows.
    rig.until_effects(4).await;
    rig.until_waiting(0).await;
    let counts = consumer.end().await;
    assert_eq!(
        (counts.handled, counts.dead_lettered, counts.unknown),
        (4, 3, 1),
        "{counts:?}"
    );

    let mut letters = rig.transport.dead_letters().await;
    letters.sort_by(|one, other| one.headers["x-dead-letter-kind"].cmp(&other.headers["x-dead-letter-kind"]));
    let said = |header: &str| {
        letters
            .iter()
            .map(|letter| letter.headers[header].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        said("x-dead-letter-kind"),
        ["exhausted", "permanent", "undecodable"]
    );
    assert_eq!(said("x-dead-letter-attempts"), ["2", "1", "0"]);
    assert_eq!(said("traceparent"), [TRACEPARENT; 3]);
    assert_eq!(said("tracestate"), [TRACESTATE; 3]);
    assert_eq!(said("x-original-exchange"), [EXCHANGE; 3]);
    assert_eq!(said("x-original-routing-key"), [routing_key; 3]);
    let reasons = said("x-dead-letter-reason");
    assert_eq!(reasons[..2], ["told to fail", "told to give up"]);
    assert!(!reasons[2].is_empty(), "why it cannot be read");
    assert_eq!(letters[2].body, b"this is no envelope", "whole");
    let exhausted = RawEnvelope::parse(&letters[0].body).expect("it came whole");
    assert_eq!(
        (exhausted.partition_key(), exhausted.correlation_id()),
        (Some("p-3"), Some("conformance"))
    );
    let found = rig.effects().await.into_iter().map(|(_, sequence)| sequence);
    assert_eq!(found.collect::<Vec<_>>(), [2; 4]);
    Ok(())
}
