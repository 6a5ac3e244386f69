//! Events as counters, gauges and a histogram of the `metrics` facade.

use std::collections::HashSet;
use std::sync::{Arc, PoisonError, RwLock};

use metrics::{
    SharedString, Unit, counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram,
};

use super::Event;
use crate::breaker::State;

/// Counts events in the recorder of the `metrics` facade, for [`Events::listen`](super::Events::listen).
///
/// ```
/// use resilience::event::{Events, Metrics};
///
/// let events = Events::new("inventory");
/// events.listen(Metrics::default().listener());
/// ```
///
/// | metric | kind | labels |
/// |---|---|---|
/// | `resilience_retries_total` | counter | `policy` |
/// | `resilience_retry_delay_seconds` | histogram | `policy` |
/// | `resilience_hedges_total` | counter | `policy` |
/// | `resilience_fallbacks_total` | counter | `policy` |
/// | `resilience_attempt_timeouts_total` | counter | `policy` |
/// | `resilience_given_up_total` | counter | `policy`; `stop`: [`Stop::as_str`](crate::retry::Stop::as_str) |
/// | `resilience_deadlines_exceeded_total` | counter | `policy` |
/// | `resilience_rejections_total` | counter | `policy`; `by`: `breaker`, `limit` or `rate_limit` |
/// | `resilience_breaker_transitions_total` | counter | `breaker`; `to`: [`State::as_str`] |
/// | `resilience_breaker_state` | gauge | `breaker`; 0 closed, 1 half-open, 2 open, 3 isolated, 4 disabled, 5 metrics only; as of its last event |
/// | `resilience_concurrency_limit` | gauge | `limit` |
///
/// `policy`, `breaker` and `limit` are names, which a registry makes of its keys. So that nobody who can name hosts
/// makes series without end, only the first [`max_names`](Self::with_max_names) of them are told apart; all others are
/// `other`.
#[derive(Debug)]
pub struct Metrics {
    max_names: usize,
    names: RwLock<HashSet<Arc<str>>>,
}

/// The label value of names beyond the bound.
const OTHER: &str = "other";

impl Default for Metrics {
    /// Tells 100 names apart.
    fn default() -> Self {
        Self {
            max_names: 100,
            names: RwLock::default(),
        }
    }
}

impl Metrics {
    /// How many names have a label value of their own. Default 100 (ours: what a dashboard bears).
    #[must_use]
    pub fn with_max_names(mut self, count: usize) -> Self {
        self.max_names = count;
        self
    }

    /// The listener; it describes the metrics to the recorder first, which should be installed by then.
    pub fn listener(self) -> impl Fn(&str, &Event) + Send + Sync + 'static {
        describe();
        move |policy, event| self.record(policy, event)
    }

    fn record(&self, policy: &str, event: &Event) {
        let count = |name: &'static str| counter!(name, "policy" => self.label(policy)).increment(1);
        let reject = |by: &'static str| {
            counter!("resilience_rejections_total", "policy" => self.label(policy), "by" => by).increment(1);
        };
        match event {
            Event::Retrying { delay, .. } => {
                count("resilience_retries_total");
                histogram!("resilience_retry_delay_seconds", "policy" => self.label(policy)).record(*delay);
            }
            Event::Hedged { .. } => count("resilience_hedges_total"),
            Event::FellBack { .. } => count("resilience_fallbacks_total"),
            Event::AttemptTimedOut { .. } => count("resilience_attempt_timeouts_total"),
            Event::GaveUp { stop, .. } => {
                let policy = self.label(policy);
                counter!("resilience_given_up_total", "policy" => policy, "stop" => stop.as_str())
                    .increment(1);
            }
            Event::DeadlineExceeded { .. } => count("resilience_deadlines_exceeded_total"),
            Event::Rejected { .. } => reject("breaker"),
            Event::Full { .. } => reject("limit"),
            Event::RateLimited { .. } => reject("rate_limit"),
            Event::BreakerClosed { name } => self.state(name, State::Closed),
            Event::BreakerHalfOpened { name } => self.state(name, State::HalfOpen),
            Event::BreakerOpened { name, .. } => self.state(name, State::Open),
            Event::BreakerSet { name, state } => self.state(name, *state),
            Event::LimitChanged { name, change } => {
                let limit = self.label(name);
                gauge!("resilience_concurrency_limit", "limit" => limit).set(change.to);
            }
        }
    }

    fn state(&self, breaker: &str, state: State) {
        let breaker = self.label(breaker);
        let to = state.as_str();
        counter!("resilience_breaker_transitions_total", "breaker" => breaker.clone(), "to" => to)
            .increment(1);
        gauge!("resilience_breaker_state", "breaker" => breaker).set(number(state));
    }

    /// The label value of a name.
    fn label(&self, name: &str) -> SharedString {
        // The set grows by whole names, so a poisoned lock still guards a sound one.
        let names = self.names.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = names.get(name) {
            return Arc::clone(known).into();
        }
        let is_full = names.len() >= self.max_names;
        drop(names);
        if is_full {
            return OTHER.into();
        }
        let mut names = self.names.write().unwrap_or_else(PoisonError::into_inner);
        if names.len() >= self.max_names && !names.contains(name) {
            return OTHER.into();
        }
        let name: Arc<str> = name.into();
        names.insert(Arc::clone(&name));
        name.into()
    }
}

/// What the gauge shows: the worse, the higher, and what was set by hand above all.
fn number(state: State) -> f64 {
    match state {
        State::Closed | State::Recovering => 0.0,
        State::HalfOpen => 1.0,
        State::Open => 2.0,
        State::Isolated => 3.0,
        State::Disabled => 4.0,
        State::MetricsOnly => 5.0,
    }
}

fn describe() {
    describe_counter!("resilience_retries_total", "retries decided upon");
    describe_histogram!(
        "resilience_retry_delay_seconds",
        Unit::Seconds,
        "waits before retries"
    );
    describe_counter!("resilience_hedges_total", "attempts sent beside a slow one");
    describe_counter!("resilience_fallbacks_total", "calls answered by a fallback");
    describe_counter!(
        "resilience_attempt_timeouts_total",
        "attempts that reached their time limit"
    );
    describe_counter!(
        "resilience_given_up_total",
        "calls whose retry was due and not made"
    );
    describe_counter!(
        "resilience_deadlines_exceeded_total",
        "calls whose deadline passed"
    );
    describe_counter!(
        "resilience_rejections_total",
        "attempts and calls that were not let pass"
    );
    describe_counter!(
        "resilience_breaker_transitions_total",
        "changes of a circuit's state"
    );
    describe_gauge!(
        "resilience_breaker_state",
        "0 closed, 1 half-open, 2 open, 3 and above: set by hand"
    );
    describe_gauge!(
        "resilience_concurrency_limit",
        "calls that an adaptive limit lets pass at once"
    );
}
