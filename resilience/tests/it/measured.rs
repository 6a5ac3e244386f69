//! Events as metrics.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use metrics::{
    Counter, CounterFn, Gauge, GaugeFn, Histogram, HistogramFn, Key, KeyName, Metadata, Recorder,
    SharedString, Unit,
};
use resilience::breaker::BreakerPolicy;
use resilience::event::{Events, Metrics};
use resilience::retry::{Jitter, RetryPolicy};
use resilience::{Call, Policy, time};

use crate::peer::{Answer, Peer, breaker, built, by_status, ms};

/// Sums by metric and labels, and what was described.
#[derive(Clone, Default)]
struct Sums {
    values: Arc<Mutex<BTreeMap<String, f64>>>,
    described: Arc<Mutex<Vec<String>>>,
}

struct One {
    of: String,
    values: Arc<Mutex<BTreeMap<String, f64>>>,
}

impl Sums {
    fn one(&self, key: &Key) -> Arc<One> {
        let labels: Vec<String> = key
            .labels()
            .map(|label| format!("{}={}", label.key(), label.value()))
            .collect();
        Arc::new(One {
            of: format!("{}{{{}}}", key.name(), labels.join(",")),
            values: Arc::clone(&self.values),
        })
    }

    fn describe(&self, key: &KeyName) {
        self.described.lock().unwrap().push(key.as_str().to_owned());
    }

    fn lines(&self) -> Vec<String> {
        let values = self.values.lock().unwrap();
        values.iter().map(|(of, value)| format!("{of} {value}")).collect()
    }
}

impl One {
    fn change(&self, change: impl FnOnce(&mut f64)) {
        change(self.values.lock().unwrap().entry(self.of.clone()).or_default());
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

impl HistogramFn for One {
    fn record(&self, value: f64) {
        self.change(|sum| *sum += value);
    }
}

impl Recorder for Sums {
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

    fn register_histogram(&self, key: &Key, _: &Metadata<'_>) -> Histogram {
        Histogram::from_arc(self.one(key))
    }
}

/// A policy whose first two calls fail, and whose third closes the circuit again.
async fn three_calls(events: &Events) {
    let breaker = breaker(
        BreakerPolicy::default()
            .with_consecutive_failures(2)
            .with_trials(1),
    );
    let policy = built(
        Policy::builder()
            .retry(RetryPolicy::default().with_jitter(Jitter::None))
            .attempt_timeout(ms(500))
            .breaker(breaker)
            .events(events),
    );
    let peer = Peer::answering([Answer::Status(503), Answer::Hang, Answer::Status(200)]);
    let ask = || policy.run(Call::idempotent(), by_status, |attempt| peer.ask(attempt));
    ask().await.unwrap_err();
    ask().await.unwrap_err();
    time::sleep(ms(30_000)).await;
    ask().await.unwrap();
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap()
}

#[test]
fn what_happens_is_counted_by_policy_and_breaker() {
    let sums = Sums::default();
    metrics::with_local_recorder(&sums, || {
        let events = Events::new("stock");
        events.listen(Metrics::default().listener());
        runtime().block_on(three_calls(&events));
    });
    assert_eq!(
        sums.lines(),
        [
            "resilience_attempt_timeouts_total{policy=stock} 1",
            "resilience_breaker_state{breaker=peer} 0",
            "resilience_breaker_transitions_total{breaker=peer,to=closed} 1",
            "resilience_breaker_transitions_total{breaker=peer,to=half_open} 1",
            "resilience_breaker_transitions_total{breaker=peer,to=open} 1",
            "resilience_given_up_total{policy=stock,stop=circuit_open} 1",
            "resilience_rejections_total{policy=stock,by=breaker} 1",
            "resilience_retries_total{policy=stock} 1",
            "resilience_retry_delay_seconds{policy=stock} 0.1",
        ]
    );
    let described = sums.described.lock().unwrap();
    for line in sums.lines() {
        let name = line.split('{').next().unwrap();
        assert!(described.iter().any(|known| known == name), "{name}");
    }
}

#[test]
fn names_beyond_the_bound_are_counted_together() {
    let sums = Sums::default();
    metrics::with_local_recorder(&sums, || {
        let events = Events::new("shop");
        events.listen(Metrics::default().with_max_names(2).listener());
        // The first call names its policy and the breaker: there is room for no other.
        for number in 0..50 {
            runtime().block_on(three_calls(&events.named(format!("host-{number}"))));
        }
    });
    let retries: Vec<String> = sums
        .lines()
        .into_iter()
        .filter(|line| line.starts_with("resilience_retries_total"))
        .collect();
    assert_eq!(
        retries,
        [
            "resilience_retries_total{policy=host-0} 1",
            "resilience_retries_total{policy=other} 49"
        ]
    );
}
