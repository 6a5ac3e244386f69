use resilience::breaker::{BreakerLayer, BreakerPolicy, BreakerService, CircuitBreaker};
use resilience::classify::TransientErrors;
use resilience::{Call, Policy, time};
use tower::{Layer, Service};

use super::peer::Peer;
use crate::harness::{Batch, batch, drive};

pub(super) fn breaker(policy: BreakerPolicy) -> CircuitBreaker {
    CircuitBreaker::new("bench", policy).expect("the policy is valid")
}

/// Opens at the first failure, and is open.
pub(super) fn open() -> CircuitBreaker {
    let breaker = breaker(BreakerPolicy::default().with_consecutive_failures(1));
    let now = time::now();
    if let Ok(permit) = breaker.admit(now) {
        permit.failure(now);
    }
    breaker
}

/// The peer behind the breaker. Clones of the service share it.
pub(super) fn behind(breaker: CircuitBreaker) -> BreakerService<Peer, TransientErrors> {
    BreakerLayer::new(breaker, TransientErrors).layer(Peer)
}

/// Deadline, retry with budget, breaker and attempt timeout, all by default.
pub(super) fn policy() -> Policy {
    Policy::builder()
        .breaker(breaker(BreakerPolicy::default()))
        .build()
        .expect("the defaults are valid")
}

/// The peer behind a whole policy, for calls that may be repeated.
pub(super) fn stack() -> impl Service<u64, Response = u64> + Clone + Send + Sync + 'static {
    policy()
        .layer()
        .with_call(|_: &u64| Call::idempotent())
        .layer(Peer)
}

/// The same policy around a plain future.
pub(super) fn runs(policy: Policy) -> Batch {
    batch(move || {
        let mut peer = Peer;
        drive(|| policy.run(Call::idempotent(), TransientErrors, move |_| peer.call(1))).is_ok()
    })
}
