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

#[cfg(test)]
mod tests {
    use super::{Draw, Fault};
    use crate::faults::FaultPlan;

    fn draws(seed: u64, plan: &FaultPlan, count: usize) -> Vec<Draw> {
        let mut random = fastrand::Rng::with_seed(seed);
        (0..count).map(|_| Draw::from(plan, &mut random)).collect()
    }

    #[test]
    fn the_same_seed_draws_the_same_and_another_does_not() {
        let plan = FaultPlan::mixed(0.5);
        assert_eq!(draws(7, &plan, 200), draws(7, &plan, 200));
        assert_ne!(draws(7, &plan, 200), draws(8, &plan, 200));
    }

    #[test]
    fn what_strikes_later_requests_does_not_depend_on_the_plan_before() {
        let mut random = fastrand::Rng::with_seed(7);
        Draw::from(&FaultPlan::default(), &mut random);
        let after_nothing = Draw::from(&FaultPlan::mixed(1.0), &mut random);
        assert_eq!(after_nothing, draws(7, &FaultPlan::mixed(1.0), 2)[1]);
    }

    #[test]
    fn each_kind_comes_as_often_as_its_rate_says() {
        let share = |of: fn(&Draw) -> bool| {
            let draws = draws(3, &FaultPlan::mixed(0.5), 20_000);
            draws.iter().filter(|draw| of(draw)).count() as f64 / draws.len() as f64
        };
        let near = |share: f64, rate: f64| assert!((share - rate).abs() < 0.01, "{share} for {rate}");
        near(share(|draw| matches!(draw.fault, Some(Fault::Error(_)))), 0.30);
        near(share(|draw| draw.fault == Some(Fault::Reset)), 0.10);
        near(share(|draw| draw.fault == Some(Fault::Truncation)), 0.05);
        near(share(|draw| matches!(draw.fault, Some(Fault::Hang(_)))), 0.025);
        near(
            share(|draw| matches!(draw.fault, Some(Fault::Throttle(_)))),
            0.025,
        );
        near(share(|draw| draw.delay.is_some()), 0.5);
        // Half of the resets, the hangs, and the errors other than 503.
        near(
            share(|draw| draw.loses_answer),
            (0.30 * 0.75 + 0.10 + 0.025) * 0.5,
        );
    }
}
