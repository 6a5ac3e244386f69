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
            let retry_after = open.retry_after();
            tracing::debug!(target: TARGET, policy, breaker = open.name(), reason = %open.reason(), ?retry_after, "rejected by open circuit");
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
            tracing::warn!(target: TARGET, policy, breaker = &**name, state = state.as_str(), "circuit set by hand");
        }
        Event::Full { full } => {
            let reason = full.reason();
            tracing::debug!(target: TARGET, policy, limit = full.name(), ?reason, "rejected by full bulkhead");
        }
        Event::RateLimited { limited } => {
            let retry_after = limited.retry_after();
            tracing::debug!(target: TARGET, policy, limit = limited.name(), ?retry_after, "rejected by rate limit");
        }
        Event::LimitChanged { name, change } => {
            tracing::info!(target: TARGET, policy, limit = &**name, from = change.from, to = change.to, "limit changed");
        }
    }
}

const TARGET: &str = "resilience";
