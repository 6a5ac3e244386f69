//! A relay, and beside it a caller that publishes without an outbox.

use super::measured::Figures;
use crate::rig::{Face, Sqlite, client};
use event_contracts::MessageId;
use event_messaging::{Backoff, OutboundMessage, Outcome, Publisher, Relay, RelayConfig, clock};
use event_messaging_conformance::faults::{Database, NOWHERE};
use std::path::Path;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::sync::watch;

/// How long a call may take.
const DEADLINE: Duration = Duration::from_millis(200);
/// A loaded machine delays a call, and not so much.
const LATEST: Duration = Duration::from_secs(20);

/// How many messages either may have unconfirmed.
const UNCONFIRMED: usize = 256;

pub(super) async fn run<F: Face>(folder: &Path, figures: &Figures, mut going: watch::Receiver<bool>) {
    let (client, database) = (client(folder), Sqlite::open(folder).await);
    let publisher = || {
        F::publisher(&client)
            .with_answer_within(DEADLINE)
            .with_unconfirmed(UNCONFIRMED)
    };
    let config = RelayConfig::default()
        // It holds some batches, which are to be full with the fewest messages, too.
        .with_batch(100)
        .with_publish_timeout(2 * DEADLINE)
        .with_poll_interval(Duration::from_millis(20))
        .with_backoff(Backoff::new(Duration::from_millis(10), Duration::from_millis(50)));
    let relay = Relay::new(database.outbox(), publisher(), config).unwrap();
    let counters = relay.counters();
    let relay = tokio::spawn(relay.run(std::future::pending()));
    let caller = publisher();
    let mut calls = 0;
    while !*going.borrow() {
        let began = clock::now();
        let outcomes = caller.publish(batch(calls)).await;
        let took = began.elapsed();
        // The caller knows where it stands, at its deadline.
        if !*going.borrow() {
            assert!(
                outcomes.iter().all(|outcome| *outcome == Outcome::Unknown),
                "{outcomes:?}"
            );
            assert!((DEADLINE..LATEST).contains(&took), "{took:?}");
        }
        calls += 1;
        // A call of the relay is a message of each key.
        let of_relay = counters.snapshot().unknown / super::KEYS;
        figures.calls.store(of_relay.min(calls), Ordering::SeqCst);
    }
    let _ = going.changed().await;
    relay.await.unwrap();
}

/// Messages that are in nobody's way when the stall is over.
fn batch(call: u64) -> Vec<OutboundMessage> {
    let message = |number| {
        let id = MessageId::new(format!("direct#{call}.{number}")).unwrap();
        OutboundMessage::new(id, NOWHERE, "product.updated", "direct", vec![b'x'; 500])
    };
    (0..super::KEYS).map(message).collect()
}
