use std::sync::Arc;
use std::time::Duration;

use failsafe::futures::CircuitBreaker as _;
use tower::{Service, ServiceBuilder};
use tower_resilience::circuitbreaker::{CircuitBreakerConfigBuilder, CircuitBreakerLayer};
use tower_resilience::retry::{RetryBudgetBuilder, RetryLayer};
use tower_resilience::timelimiter::TimeLimiterLayer;

use super::peer::{FAILING, Peer};
use crate::harness::{Batch, batch, drive};

/// A breaker of tower-resilience, changed by `change`, around the peer. Its clones are one breaker.
pub(super) fn tower_resilience(
    change: impl FnOnce(CircuitBreakerConfigBuilder) -> CircuitBreakerConfigBuilder,
) -> impl Service<u64, Response = u64, Future: Send> + Clone + Send + Sync + 'static {
    let layer = change(CircuitBreakerLayer::builder())
        .build()
        .expect("the policy is valid");
    ServiceBuilder::new().layer(layer).service(Peer)
}

/// One that is open.
pub(super) fn open_tower_resilience()
-> impl Service<u64, Response = u64, Future: Send> + Clone + Send + Sync + 'static {
    let mut service = tower_resilience(|policy| policy.consecutive_failures(1));
    // The failure that opens it.
    let _ = drive(|| service.call(FAILING));
    service
}

/// Overall timeout, retry with budget, breaker and attempt timeout, with the numbers that ours has by default.
pub(super) fn tower_resilience_stack()
-> impl Service<u64, Response = u64, Future: Send> + Clone + Send + 'static {
    let limit = |seconds| {
        TimeLimiterLayer::builder()
            .timeout_duration(Duration::from_secs(seconds))
            .build()
    };
    let retry = RetryLayer::builder()
        .max_attempts(4)
        .exponential_backoff(Duration::from_millis(100))
        .budget(budget())
        .build();
    let breaker = CircuitBreakerLayer::builder()
        .build()
        .expect("the defaults are valid");
    ServiceBuilder::new()
        .layer(limit(5))
        .layer(retry)
        .layer(breaker)
        .layer(limit(2))
        .service(Peer)
}

fn budget() -> Arc<dyn tower_resilience::retry::RetryBudget> {
    RetryBudgetBuilder::new()
        .token_bucket()
        .build()
        .expect("the defaults are valid")
}

/// Calls through failsafe's breaker by default: a success rate over a time window, or consecutive failures.
pub(super) fn failsafe() -> impl Fn() -> Batch + Sync {
    let breaker = failsafe::Config::new().build();
    move || {
        let (breaker, mut peer) = (breaker.clone(), Peer);
        batch(move || drive(|| breaker.call(peer.call(1))).is_ok())
    }
}

/// Calls through failsafe's cheapest breaker, which has no window: consecutive failures alone.
pub(super) fn failsafe_without_window() -> impl Fn() -> Batch + Sync {
    let backoff = failsafe::backoff::constant(Duration::from_secs(30));
    let policy = failsafe::failure_policy::consecutive_failures(5, backoff);
    let breaker = failsafe::Config::new().failure_policy(policy).build();
    move || {
        let (breaker, mut peer) = (breaker.clone(), Peer);
        batch(move || drive(|| breaker.call(peer.call(1))).is_ok())
    }
}

/// Calls through failsafe's breaker when it is open.
pub(super) fn open_failsafe() -> impl Fn() -> Batch + Sync {
    let backoff = failsafe::backoff::constant(Duration::from_secs(3_600));
    let policy = failsafe::failure_policy::consecutive_failures(1, backoff);
    let breaker = failsafe::Config::new().failure_policy(policy).build();
    // The failure that opens it.
    let _ = drive(|| breaker.call(Peer.call(FAILING)));
    move || {
        let (breaker, mut peer) = (breaker.clone(), Peer);
        batch(move || drive(|| breaker.call(peer.call(1))).is_ok())
    }
}

/// Calls through recloser's breaker; its clones are one breaker.
pub(super) fn recloser() -> impl Fn() -> Batch + Sync {
    let breaker = recloser::AsyncRecloser::from(recloser::Recloser::default());
    move || {
        let (breaker, mut peer) = (breaker.clone(), Peer);
        batch(move || drive(|| breaker.call(peer.call(1))).is_ok())
    }
}
