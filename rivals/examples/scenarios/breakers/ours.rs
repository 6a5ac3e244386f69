use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use allocation_counter::measure;
use resilience::breaker::{BreakerPolicy, CircuitBreaker, WindowPolicy};
use resilience::{Deadline, time};

use super::{Answer, Breaker, Peer, Setup, Trip};

pub(super) fn breaker(setup: Setup) -> Option<Arc<dyn Breaker>> {
    let policy = BreakerPolicy::default()
        .with_open_for(setup.open_for)
        .with_trials(setup.trials)
        .with_half_open_max_wait(setup.patience);
    let policy = match setup.trip {
        Trip::Consecutive(failures) => policy.with_consecutive_failures(failures).with_failure_rate(None),
        Trip::HalfOfLast(calls) => policy
            .with_consecutive_failures(None)
            .with_failure_rate(0.5)
            .with_minimum_calls(calls)
            .with_window(WindowPolicy::Calls(calls)),
        Trip::HalfWithin(window) => policy
            .with_consecutive_failures(None)
            .with_failure_rate(0.5)
            .with_minimum_calls(1)
            .with_window(window),
    };
    let breaker = CircuitBreaker::new("scenario", policy).expect("the policy is valid");
    Some(Arc::new(Ours(breaker)))
}

struct Ours(CircuitBreaker);

impl Breaker for Ours {
    fn call(&self, deadline: Option<Deadline>, peer: Peer) -> Pin<Box<dyn Future<Output = Answer> + Send>> {
        let breaker = self.0.clone();
        Box::pin(async move {
            let Ok(permit) = breaker.admit(time::now()) else {
                return Answer::Rejected;
            };
            let permit = match deadline {
                Some(deadline) => permit.until(deadline),
                None => permit,
            };
            if peer.await.is_ok() {
                permit.success(time::now());
                Answer::Succeeded
            } else {
                permit.failure(time::now());
                Answer::Failed
            }
        })
    }

    fn allocations_of_a_rejection(&self) -> u64 {
        let now = time::now();
        measure(|| drop(self.0.admit(now).err())).count_total
    }
}
