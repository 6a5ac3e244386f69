//! When a relay tries again what a broker refused.

use crate::relay::run;
use crate::support::{Scripted, Told, broker, message};
use event_messaging::clock::{self, Instant};
use event_messaging::{Backlog, Claimed, Lease, OutboxStore, Outcome, RelayConfig, Release, memory};
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A store that counts in whole milliseconds and lets nothing rest too short, and counts how often it is asked.
#[derive(Clone)]
struct Millis {
    rows: memory::Outbox,
    /// When one of its milliseconds began.
    origin: Instant,
    claims: Arc<AtomicU32>,
}

impl Millis {
    /// How long a row rests that is to rest for `delay`.
    fn rest(&self, delay: Duration) -> Duration {
        let since = self.origin.elapsed();
        let until = since.as_millis() + delay.as_nanos().div_ceil(1_000_000);
        Duration::from_millis(u64::try_from(until).unwrap()) - since
    }
}

impl OutboxStore for Millis {
    type Error = Infallible;

    async fn claim(&self, limit: usize, lease: Duration) -> Result<Vec<Claimed>, Infallible> {
        self.claims.fetch_add(1, Ordering::SeqCst);
        self.rows.claim(limit, lease).await
    }

    async fn mark_sent(&self, rows: &[Lease]) -> Result<usize, Infallible> {
        self.rows.mark_sent(rows).await
    }

    async fn release(&self, rows: &[Release]) -> Result<usize, Infallible> {
        let rows: Vec<_> = rows
            .iter()
            .map(|row| Release::new(row.lease, self.rest(row.delay), row.outcome))
            .collect();
        self.rows.release(&rows).await
    }

    async fn backlog(&self) -> Result<Backlog, Infallible> {
        self.rows.backlog().await
    }
}

#[tokio::test(start_paused = true)]
async fn everything_that_was_refused_comes_again_when_its_rest_is_over_and_not_at_the_next_poll() {
    let (broker, queue) = broker();
    let refused = Mutex::new(BTreeSet::new());
    let publisher = Scripted::new(broker, move |message| {
        if refused.lock().unwrap().insert(message.message_id.to_string()) {
            Told::Answer(Outcome::Nacked)
        } else {
            Told::Pass
        }
    });
    let store = Millis {
        rows: memory::Outbox::new(),
        origin: clock::now() - Duration::from_micros(800),
        claims: Arc::default(),
    };
    tokio::time::advance(Duration::from_micros(300)).await;
    for key in 0..200 {
        store.rows.enqueue(message(&format!("p-{key}"), 1));
    }
    let config = RelayConfig::default().with_poll_interval(Duration::from_secs(3_600));
    let (stop, relay) = run(store.clone(), publisher, config);
    // The longest rest is 100 ms.
    clock::sleep(Duration::from_millis(115)).await;
    assert_eq!(queue.ready(), 200);
    let claims = store.claims.load(Ordering::SeqCst);
    assert!(claims < 30, "no spin: {claims}");
    stop.now();
    relay.await.unwrap();
}
