//! Events as lines of a log.

use super::Event;

/// A listener that logs each event by `tracing`, for [`Events::listen`](super::Events::listen).
///
/// ```
/// let events = resilience::event::Events::new("inventory");
/// events.listen(resilience::event::log);
/// ```
///
/// What concerns one call is told at `DEBUG`, what concerns every call from now on at `INFO`, and a circuit that opens
/// or is set by hand at `WARN`. All have the target `resilience` and the field `policy`; the table of the [module](super) has
/// the others.
pub fn log(policy: &str, event: &Event) {
    match event {
        Event::Retrying { attempt, delay } => {
            tracing::debug!(target: TARGET, policy, attempt, ?delay, "retrying");
        }
        Event::Hedged { attempt } => tracing::debug!(target: TARGET, policy, attempt, "hedged"),
        Event::FellBack { attempts } => tracing::debug!(target: TARGET, policy, attempts, "fell back"),
        Event::AttemptTimedOut { attempt } => {
            tracing::debug!(target: TARGET, policy, attempt, "attempt timed out");
        }
        Event::GaveUp { attempts, stop } => {
            tracing::debug!(target: TARGET, policy, attempts, stop = stop.as_str(), "gave up");
        }
        Event::DeadlineExceeded { attempts } => {
            tracing::debug!(target: TARGET, policy, attempts, "deadline exceeded");
        }
        Event::Rejected { open } => {
            let (breaker, retry_after) = (open.name(), open.retry_after());
            let reason = open.reason();
            tracing::debug!(target: TARGET, policy, breaker, %reason, ?retry_after, "rejected by open circuit");
        }
        Event::BreakerOpened { name, reason } => {
            tracing::warn!(target: TARGET, policy, breaker = &**name, %reason, "circuit opened");
        }
        Event::BreakerHalfOpened { name } => {
            tracing::info!(target: TARGET, policy, breaker = &**name, "circuit half-open");
        }
        Event::BreakerClosed { name } => {
            tracing::info!(target: TARGET, policy, breaker = &**name, "circuit closed");
        }
        Event::BreakerSet { name, state } => {
            let state = state.as_str();
            tracing::warn!(target: TARGET, policy, breaker = &**name, state, "circuit set by hand");
        }
        Event::Full { full } => {
            let (limit, reason) = (full.name(), full.reason());
            tracing::debug!(target: TARGET, policy, limit, ?reason, "rejected by full bulkhead");
        }
        Event::RateLimited { limited } => {
            let (limit, retry_after) = (limited.name(), limited.retry_after());
            tracing::debug!(target: TARGET, policy, limit, ?retry_after, "rejected by rate limit");
        }
        Event::LimitChanged { name, change } => {
            let (from, to) = (change.from, change.to);
            tracing::info!(target: TARGET, policy, limit = &**name, from, to, "limit changed");
        }
    }
}

const TARGET: &str = "resilience";
