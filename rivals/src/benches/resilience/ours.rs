use resilience::breaker::{BreakerPolicy, CircuitBreaker};
use resilience::classify::TransientErrors;
use resilience::{Call, Policy, time};
use tower::Service;

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

/// One call through the breaker after the other.
pub(super) fn calls(breaker: CircuitBreaker) -> Batch {
    let mut peer = Peer;
    batch(move || {
        let permit = breaker.admit(time::now()).ok()?;
        let answer = drive(peer.call(1));
        permit.success(time::now());
        answer.ok()
    })
}

/// Deadline, retry with budget, breaker and attempt timeout, all by default.
pub(super) fn stack() -> Policy {
    Policy::builder()
        .breaker(breaker(BreakerPolicy::default()))
        .build()
        .expect("the defaults are valid")
}

pub(super) fn stack_calls(policy: Policy) -> Batch {
    batch(move || {
        let mut peer = Peer;
        drive(policy.run(Call::idempotent(), TransientErrors, move |_| peer.call(1))).is_ok()
    })
}
