use crate::{Backlog, ConsumerCounts, ParkedBacklog, RelayCounts};
use metrics::{Counter, Gauge, SharedString, Unit, counter, describe_counter, describe_gauge, gauge};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// A count that only grows, and what was reported of it.
struct Growing<C> {
    counter: Counter,
    count: fn(&C) -> u64,
    reported: u64,
}

impl<C> Growing<C> {
    /// By the difference, so that several of one name add up.
    fn report(&mut self, counts: &C) {
        let now = (self.count)(counts);
        self.counter.increment(now.saturating_sub(self.reported));
        self.reported = now;
    }
}

/// A metric's name, what it is, and where it stands in the counts.
type Metric<C> = (&'static str, &'static str, fn(&C) -> u64);

const CONSUMER: &[Metric<ConsumerCounts>] = &[
    (
        "event_messaging_consumed_total",
        "Messages delivered, redelivered ones included",
        |counts| counts.received,
    ),
    (
        "event_messaging_handled_total",
        "Messages handled with success",
        |counts| counts.handled,
    ),
    (
        "event_messaging_failed_attempts_total",
        "Attempts that failed",
        |counts| counts.failed,
    ),
    (
        "event_messaging_retried_total",
        "Attempts after the first of a message",
        |counts| counts.retried,
    ),
    (
        "event_messaging_duplicates_total",
        "Messages that the inbox knew",
        |counts| counts.duplicates,
    ),
    (
        "event_messaging_dead_lettered_total",
        "Messages put among the dead letters",
        |counts| counts.dead_lettered,
    ),
    (
        "event_messaging_dead_letter_failures_total",
        "Dead letters that were not confirmed",
        |counts| counts.dead_letter_failures,
    ),
    (
        "event_messaging_unknown_types_total",
        "Messages of a type that the handler does not take",
        |counts| counts.unknown,
    ),
    (
        "event_messaging_parked_total",
        "Messages put into the park",
        |counts| counts.parked,
    ),
    (
        "event_messaging_given_back_total",
        "Messages given back unsettled",
        |counts| counts.given_back,
    ),
    (
        "event_messaging_settle_failures_total",
        "Messages or offsets that could not be settled",
        |counts| counts.settle_failures,
    ),
    (
        "event_messaging_store_failures_total",
        "Operations of the inbox that failed",
        |counts| counts.store_failures,
    ),
];

const RELAY: &[Metric<RelayCounts>] = &[
    (
        "event_messaging_published_total",
        "Messages handed to the broker, those sent again included",
        |counts| counts.sent + counts.unroutable + counts.nacked + counts.unknown,
    ),
    (
        "event_messaging_confirmed_total",
        "Messages that the broker confirmed",
        |counts| counts.sent,
    ),
    (
        "event_messaging_returned_total",
        "Messages that no queue was bound for",
        |counts| counts.unroutable,
    ),
    (
        "event_messaging_nacked_total",
        "Messages that the broker refused",
        |counts| counts.nacked,
    ),
    (
        "event_messaging_unanswered_total",
        "Messages without an answer in time",
        |counts| counts.unknown,
    ),
    (
        "event_messaging_fenced_off_total",
        "Messages whose lease ran out before the relay could mark them",
        |counts| counts.fenced_off,
    ),
    (
        "event_messaging_outbox_pruned_total",
        "Messages deleted from the outbox because they were sent long ago",
        |counts| counts.pruned,
    ),
    (
        "event_messaging_outbox_failures_total",
        "Operations of the outbox that failed",
        |counts| counts.store_failures,
    ),
];

fn growing<C>(metrics: &[Metric<C>], register: impl Fn(&'static str) -> Counter) -> Mutex<Vec<Growing<C>>> {
    let growing = metrics.iter().map(|(name, help, count)| {
        describe_counter!(*name, *help);
        Growing {
            counter: register(name),
            count: *count,
            reported: 0,
        }
    });
    Mutex::new(growing.collect())
}

fn report<C>(growing: &Mutex<Vec<Growing<C>>>, counts: &C) {
    let mut growing = growing.lock().unwrap_or_else(PoisonError::into_inner);
    for one in growing.iter_mut() {
        one.report(counts);
    }
}

pub(crate) struct ConsumerMeters {
    growing: Mutex<Vec<Growing<ConsumerCounts>>>,
    in_flight: Gauge,
    lag: Gauge,
    parked: Gauge,
    parked_age: Gauge,
}

impl ConsumerMeters {
    pub(crate) const ARE_RECORDED: bool = true;

    pub(crate) fn new(consumer: &str) -> Self {
        let consumer: SharedString = consumer.to_owned().into();
        let register = |name: &'static str| counter!(name, "consumer" => consumer.clone());
        let gauge = |name: &'static str, unit, help: &'static str| {
            describe_gauge!(name, unit, help);
            gauge!(name, "consumer" => consumer.clone())
        };
        Self {
            growing: growing(CONSUMER, register),
            in_flight: gauge(
                "event_messaging_in_flight",
                Unit::Count,
                "Messages held unsettled",
            ),
            lag: gauge(
                "event_messaging_lag",
                Unit::Count,
                "Records of its partitions that are not committed",
            ),
            parked: gauge(
                "event_messaging_parked_depth",
                Unit::Count,
                "Messages that are parked",
            ),
            parked_age: gauge(
                "event_messaging_parked_age_seconds",
                Unit::Seconds,
                "How long ago the oldest parked message was first tried",
            ),
        }
    }

    pub(crate) fn report(&self, counts: ConsumerCounts) {
        report(&self.growing, &counts);
        self.in_flight.set(counts.in_flight as f64);
        if let Some(lag) = counts.lag {
            self.lag.set(lag as f64);
        }
    }

    pub(crate) fn parked(&self, backlog: &ParkedBacklog) {
        self.parked.set(backlog.messages as f64);
        self.parked_age.set(seconds(backlog.oldest));
    }
}

pub(crate) struct RelayMeters {
    growing: Mutex<Vec<Growing<RelayCounts>>>,
    depth: Gauge,
    age: Gauge,
}

impl RelayMeters {
    pub(crate) const ARE_RECORDED: bool = true;

    pub(crate) fn new() -> Self {
        describe_gauge!(
            "event_messaging_outbox_depth",
            Unit::Count,
            "Messages that are not sent"
        );
        describe_gauge!(
            "event_messaging_outbox_age_seconds",
            Unit::Seconds,
            "How long the oldest of them waits"
        );
        Self {
            growing: growing(RELAY, |name| counter!(name)),
            depth: gauge!("event_messaging_outbox_depth"),
            age: gauge!("event_messaging_outbox_age_seconds"),
        }
    }

    pub(crate) fn report(&self, counts: RelayCounts) {
        report(&self.growing, &counts);
    }

    pub(crate) fn outbox(&self, backlog: &Backlog) {
        self.depth.set(backlog.pending as f64);
        self.age.set(seconds(backlog.oldest));
    }
}

fn seconds(age: Option<Duration>) -> f64 {
    age.map_or(0.0, |age| age.as_secs_f64())
}
