//! What a client tells of itself: events to a listener, counters, and `tracing`.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use http::StatusCode;

use crate::OperationInfo;

/// Something that happened in a client.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// A policy acted: a retry, an attempt timed out, a breaker changed its state or rejected a call.
    #[non_exhaustive]
    Policy {
        /// The contract's id of the operation whose call caused it.
        operation: &'static str,
        /// What happened.
        event: &'a resilience::event::Event,
    },
    /// A call ended, with a value or an error. A call that is dropped is not told.
    #[non_exhaustive]
    Finished {
        /// The call.
        call: Finished<'a>,
    },
}

/// A call that ended.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Finished<'a> {
    /// The contract's id of the operation.
    pub operation: &'static str,
    /// The correlation id it carried, if it came that far.
    pub correlation_id: Option<&'a str>,
    /// The status of the answer, if there was one.
    pub status: Option<StatusCode>,
    /// `ok`, or the phase in which it failed: `build`, `credentials`, `circuit_open`, `connect`, `timeout`,
    /// `transport`, `api`, `decode`.
    pub outcome: &'static str,
    /// Attempts made, from 0.
    pub attempts: u32,
    /// From the call's begin to its end, with all attempts and pauses.
    pub latency: Duration,
}

/// Counters since the client was made, over all its clones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stats {
    /// Calls that ended.
    pub calls: u64,
    /// Of these, calls that ended with an error, refusals by the service included.
    pub failures: u64,
    /// Requests given to the transport.
    pub attempts: u64,
    /// Retries decided upon.
    pub retries: u64,
    /// Attempts that a circuit breaker did not let pass.
    pub rejections: u64,
    /// Times a circuit breaker opened.
    pub breaker_openings: u64,
}

pub(crate) type Listener = Arc<dyn Fn(&Event<'_>) + Send + Sync>;

/// Where everything that happens in one client comes together.
#[derive(Default)]
pub(crate) struct Observer {
    listener: Option<Listener>,
    calls: AtomicU64,
    failures: AtomicU64,
    attempts: AtomicU64,
    retries: AtomicU64,
    rejections: AtomicU64,
    breaker_openings: AtomicU64,
}

impl Observer {
    pub(crate) fn new(listener: Option<Listener>) -> Self {
        Self {
            listener,
            ..Self::default()
        }
    }

    pub(crate) fn stats(&self) -> Stats {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Stats {
            calls: read(&self.calls),
            failures: read(&self.failures),
            attempts: read(&self.attempts),
            retries: read(&self.retries),
            rejections: read(&self.rejections),
            breaker_openings: read(&self.breaker_openings),
        }
    }

    pub(crate) fn attempt(&self) {
        add_one(&self.attempts);
    }

    pub(crate) fn policy(&self, info: &'static OperationInfo, event: &resilience::event::Event) {
        use resilience::event::Event as Policy;

        let operation = info.id;
        match event {
            Policy::Retrying { attempt, delay, .. } => {
                add_one(&self.retries);
                tracing::debug!(operation, attempt, ?delay, "retrying");
            }
            Policy::Rejected { .. } => {
                add_one(&self.rejections);
                tracing::debug!(
                    operation,
                    breaker = info.breaker_group,
                    "rejected by open circuit"
                );
            }
            Policy::BreakerOpened { name, reason, .. } => {
                add_one(&self.breaker_openings);
                tracing::warn!(operation, breaker = &**name, %reason, "circuit opened");
            }
            Policy::BreakerHalfOpened { name, .. } => {
                tracing::info!(operation, breaker = &**name, "circuit half-open");
            }
            Policy::BreakerClosed { name, .. } => {
                tracing::info!(operation, breaker = &**name, "circuit closed");
            }
            _ => tracing::debug!(operation, ?event, "policy"),
        }
        self.tell(&Event::Policy { operation, event });
    }

    pub(crate) fn finished(&self, call: Finished<'_>) {
        add_one(&self.calls);
        if call.outcome != "ok" {
            add_one(&self.failures);
        }
        tracing::debug!(
            operation = call.operation,
            correlation_id = call.correlation_id,
            http.response.status_code = call.status.map(|status| status.as_u16()),
            outcome = call.outcome,
            attempts = call.attempts,
            latency_ms = call.latency.as_secs_f64() * 1_000.0,
            "call finished"
        );
        self.tell(&Event::Finished { call });
    }

    fn tell(&self, event: &Event<'_>) {
        if let Some(listener) = &self.listener {
            listener(event);
        }
    }
}

fn add_one(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}
