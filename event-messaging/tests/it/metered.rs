//! Counters and gauges of the `metrics` facade.

use crate::handlers::{Effects, config, publish, run_with_inbox};
use crate::relay::Keeping;
use crate::support::{Flaky, Stop, broker, message};
use event_messaging::{Relay, RelayConfig, Retries, clock, memory};
use metrics::{
    Counter, CounterFn, Gauge, GaugeFn, Histogram, Key, KeyName, Metadata, Recorder, SharedString, Unit,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Values by metric and labels, and what was described.
#[derive(Clone, Default)]
struct Board {
    values: Arc<Mutex<BTreeMap<String, f64>>>,
    described: Arc<Mutex<Vec<String>>>,
}

struct One {
    of: String,
    board: Board,
}

impl Board {
    fn one(&self, key: &Key) -> Arc<One> {
        let labels: Vec<_> = key
            .labels()
            .map(|label| format!("{}={}", label.key(), label.value()))
            .collect();
        Arc::new(One {
            of: format!("{}{{{}}}", key.name(), labels.join(",")),
            board: self.clone(),
        })
    }

    fn describe(&self, key: &KeyName) {
        self.described.lock().unwrap().push(key.as_str().to_owned());
    }

    fn value(&self, of: &str) -> f64 {
        let values = self.values.lock().unwrap();
        *values
            .get(of)
            .unwrap_or_else(|| panic!("no {of} in {:?}", values.keys()))
    }
}

impl One {
    fn change(&self, change: impl FnOnce(&mut f64)) {
        change(
            self.board
                .values
                .lock()
                .unwrap()
                .entry(self.of.clone())
                .or_default(),
        );
    }
}

impl CounterFn for One {
    fn increment(&self, value: u64) {
        self.change(|sum| *sum += value as f64);
    }

    fn absolute(&self, value: u64) {
        self.change(|sum| *sum = value as f64);
    }
}

impl GaugeFn for One {
    fn increment(&self, value: f64) {
        self.change(|sum| *sum += value);
    }

    fn decrement(&self, value: f64) {
        self.change(|sum| *sum -= value);
    }

    fn set(&self, value: f64) {
        self.change(|sum| *sum = value);
    }
}

impl Recorder for Board {
    fn describe_counter(&self, key: KeyName, _: Option<Unit>, _: SharedString) {
        self.describe(&key);
    }

    fn describe_gauge(&self, key: KeyName, _: Option<Unit>, _: SharedString) {
        self.describe(&key);
    }

    fn describe_histogram(&self, key: KeyName, _: Option<Unit>, _: SharedString) {
        self.describe(&key);
    }

    fn register_counter(&self, key: &Key, _: &Metadata<'_>) -> Counter {
        Counter::from_arc(self.one(key))
    }

    fn register_gauge(&self, key: &Key, _: &Metadata<'_>) -> Gauge {
        Gauge::from_arc(self.one(key))
    }

    fn register_histogram(&self, _: &Key, _: &Metadata<'_>) -> Histogram {
        Histogram::noop()
    }
}

#[tokio::test(start_paused = true)]
async fn a_consumer_reports_its_counts_and_what_is_parked_while_it_runs() {
    let board = Board::default();
    let _guard = metrics::set_default_local_recorder(&board);
    let (broker, queue) = broker();
    let (effects, inbox) = (Effects::failing("a#1", 1), memory::Inbox::new());
    publish(&broker, &[("a", 1), ("a", 2), ("b", 1), ("b", 1)]).await;
    let late = config().with_retries(Retries::new([Duration::from_secs(60)]));
    let consumer = run_with_inbox(&broker, &queue, effects, inbox, late);
    clock::sleep(Duration::from_secs(6)).await;
    let value = |name: &str| board.value(&format!("event_messaging_{name}{{consumer=test}}"));
    assert_eq!((value("consumed_total"), value("handled_total")), (4.0, 1.0));
    assert_eq!(
        (value("duplicates_total"), value("failed_attempts_total")),
        (1.0, 1.0)
    );
    assert_eq!((value("parked_total"), value("parked_depth")), (2.0, 2.0));
    assert!(value("parked_age_seconds") >= 5.0);
    clock::sleep(Duration::from_secs(70)).await;
    consumer.stopped().await;
    assert_eq!((value("handled_total"), value("retried_total")), (3.0, 1.0));
    assert_eq!((value("parked_depth"), value("in_flight")), (0.0, 0.0));
}

#[tokio::test(start_paused = true)]
async fn a_relay_reports_its_answers_and_depth_and_age_of_the_outbox() {
    let board = Board::default();
    let _guard = metrics::set_default_local_recorder(&board);
    let broker = memory::Broker::new();
    let outbox = memory::Outbox::new();
    outbox.enqueue(message("a", 1));
    let stop = Stop::new();
    let relay = Relay::new(outbox.clone(), broker.clone(), RelayConfig::default()).unwrap();
    let running = tokio::spawn(relay.run(stop.signal()));
    clock::sleep(Duration::from_secs(12)).await;
    let value = |name: &str| board.value(&format!("event_messaging_{name}{{}}"));
    assert!(value("returned_total") > 1.0 && value("confirmed_total") == 0.0);
    assert_eq!(value("outbox_depth"), 1.0);
    assert!(value("outbox_age_seconds") >= 5.0);
    broker.declare_queue("q", 10);
    broker.bind("q", "product.events", "#").unwrap();
    clock::sleep(Duration::from_secs(40)).await;
    stop.now();
    running.await.unwrap();
    assert_eq!((value("confirmed_total"), value("outbox_depth")), (1.0, 0.0));
    assert_eq!(
        value("published_total"),
        value("returned_total") + value("confirmed_total")
    );
}

#[tokio::test(start_paused = true)]
async fn the_readme_has_every_metric_and_no_other() {
    let board = Board::default();
    let _guard = metrics::set_default_local_recorder(&board);
    let (broker, queue) = broker();
    let inbox = memory::Inbox::new();
    let consumer = run_with_inbox(&broker, &queue, Effects::default(), inbox, config());
    let _relay = Relay::new(memory::Outbox::new(), broker, RelayConfig::default()).unwrap();
    consumer.stopped().await;
    let readme = include_str!("../../README.md");
    let described: BTreeSet<String> = board.described.lock().unwrap().iter().cloned().collect();
    let rows = readme
        .lines()
        .filter_map(|row| row.strip_prefix("| `event_messaging_"));
    let listed: BTreeSet<String> = rows
        .filter_map(|row| Some(format!("event_messaging_{}", row.split_once('`')?.0)))
        .collect();
    assert_eq!(listed, described);
}

#[tokio::test(start_paused = true)]
async fn what_a_relay_deletes_and_what_fails_is_reported() {
    let board = Board::default();
    let _guard = metrics::set_default_local_recorder(&board);
    let store = Keeping::default();
    store.old.store(1_200, Ordering::SeqCst);
    let stop = Stop::new();
    let config = RelayConfig::default().with_keep_sent(Duration::from_secs(60));
    let running = tokio::spawn(Relay::new(store, broker().0, config).unwrap().run(stop.signal()));
    clock::sleep(Duration::from_secs(6)).await;
    let value = |name: &str| board.value(&format!("event_messaging_{name}{{}}"));
    assert_eq!(value("outbox_pruned_total"), 1_200.0);
    assert_eq!(
        (value("outbox_failures_total"), value("fenced_off_total")),
        (0.0, 0.0)
    );
    stop.now();
    running.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_relay_reports_that_its_store_fails_while_it_fails() {
    let board = Board::default();
    let _guard = metrics::set_default_local_recorder(&board);
    let store = Flaky::default();
    store.set_down(true);
    let relay = Relay::new(store, broker().0, RelayConfig::default()).unwrap();
    let running = tokio::spawn(relay.run(std::future::pending()));
    clock::sleep(Duration::from_secs(20)).await;
    assert!(board.value("event_messaging_outbox_failures_total{}") >= 5.0);
    running.abort();
}
