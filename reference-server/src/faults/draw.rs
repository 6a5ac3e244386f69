//! What strikes one request: drawn from the plan by a seeded generator.

use std::time::Duration;

use http::StatusCode;

use super::plan::FaultPlan;

/// What strikes one request.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Draw {
    pub(super) delay: Option<Duration>,
    pub(super) fault: Option<Fault>,
    /// The handler runs before the fault strikes, and its answer is lost.
    pub(super) loses_answer: bool,
}

/// The faults that exclude each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    Error(StatusCode),
    Reset,
    Truncation,
    Hang(Duration),
    Throttle(Duration),
}

impl Draw {
    pub(super) const NOTHING: Self = Self {
        delay: None,
        fault: None,
        loses_answer: false,
    };

    /// Draws for the next request. Each request takes the same number of random numbers, so that what strikes the
    /// later ones does not depend on what struck the earlier.
    pub(super) fn from(plan: &FaultPlan, random: &mut fastrand::Rng) -> Self {
        let (kind, status, late, lateness, lost) = (
            random.f64(),
            random.f64(),
            random.f64(),
            random.f64(),
            random.f64(),
        );
        let fault = fault(plan, kind, status);
        let may_lose = match fault {
            Some(Fault::Error(status)) => status != StatusCode::SERVICE_UNAVAILABLE,
            Some(Fault::Reset | Fault::Hang(_)) => true,
            Some(Fault::Truncation | Fault::Throttle(_)) | None => false,
        };
        let delay = plan.least_latency + (plan.most_latency - plan.least_latency).mul_f64(lateness);
        Self {
            delay: (late < plan.latency_rate).then_some(delay),
            fault,
            loses_answer: may_lose && lost < plan.lost_answer_share,
        }
    }
}

fn fault(plan: &FaultPlan, kind: f64, status: f64) -> Option<Fault> {
    let mut end = 0.0;
    let mut within = |rate: f64| {
        end += rate;
        kind < end
    };
    if within(plan.error_rate) {
        let index = (status * plan.statuses.len() as f64) as usize;
        return plan.statuses.get(index).copied().map(Fault::Error);
    }
    if within(plan.reset_rate) {
        return Some(Fault::Reset);
    }
    if within(plan.truncation_rate) {
        return Some(Fault::Truncation);
    }
    if within(plan.hang_rate) {
        return Some(Fault::Hang(plan.hang_limit));
    }
    within(plan.throttle_rate).then_some(Fault::Throttle(plan.retry_after))
}
