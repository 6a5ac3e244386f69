use std::future::{Future, ready};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Waker};

use allocation_counter::measure;
use failsafe::futures::CircuitBreaker;
use resilience::Deadline;
use tower::{Service, ServiceExt, service_fn};
use tower_resilience::circuitbreaker::{CircuitBreakerError, CircuitBreakerLayer, SlidingWindowType};

use super::{Answer, Breaker, Failure, Peer, Setup, Trip, succeeds};

pub(super) fn failsafe(setup: Setup) -> Option<Arc<dyn Breaker>> {
    let Trip::Consecutive(failures) = setup.trip else {
        return None;
    };
    let backoff = failsafe::backoff::constant(setup.open_for);
    let policy = failsafe::failure_policy::consecutive_failures(failures, backoff);
    let breaker = failsafe::Config::new().failure_policy(policy).build();
    Some(Arc::new(Failsafe(breaker)))
}

struct Failsafe<B>(B);

impl<B: CircuitBreaker + Clone + Send + Sync + 'static> Breaker for Failsafe<B> {
    fn call(&self, _: Option<Deadline>, peer: Peer) -> Pin<Box<dyn Future<Output = Answer> + Send>> {
        let breaker = self.0.clone();
        Box::pin(async move {
            match breaker.call(peer).await {
                Ok(()) => Answer::Succeeded,
                Err(failsafe::Error::Inner(Failure)) => Answer::Failed,
                Err(failsafe::Error::Rejected) => Answer::Rejected,
            }
        })
    }

    fn allocations_of_a_rejection(&self) -> u64 {
        allocations(|| self.0.call(ready(Ok::<_, Failure>(()))))
    }
}

pub(super) fn tower_resilience(setup: Setup) -> Option<Arc<dyn Breaker>> {
    let policy = CircuitBreakerLayer::builder()
        .wait_duration_in_open(setup.open_for)
        .permitted_calls_in_half_open(setup.trials as usize)
        .failure_rate_threshold(0.5);
    let policy = match setup.trip {
        Trip::Consecutive(failures) => policy.consecutive_failures(failures as usize),
        Trip::HalfOfLast(calls) => policy
            .sliding_window_type(SlidingWindowType::CountBased)
            .sliding_window_size(calls as usize)
            .minimum_number_of_calls(1),
        Trip::HalfWithin(window) => policy
            .sliding_window_type(SlidingWindowType::TimeBased)
            .sliding_window_duration(window)
            .minimum_number_of_calls(1),
    };
    let layer = policy.build().expect("the policy is valid");
    Some(Arc::new(TowerResilience(
        layer.layer_fn(service_fn(|Request(peer)| peer)),
    )))
}

struct TowerResilience<S>(S);

struct Request(Peer);

impl<S> Breaker for TowerResilience<S>
where
    S: Service<Request, Response = (), Error = CircuitBreakerError<Failure>, Future: Send>
        + Clone
        + Send
        + Sync
        + 'static,
{
    fn call(&self, _: Option<Deadline>, peer: Peer) -> Pin<Box<dyn Future<Output = Answer> + Send>> {
        let service = self.0.clone();
        Box::pin(async move {
            match service.oneshot(Request(peer)).await {
                Ok(()) => Answer::Succeeded,
                Err(CircuitBreakerError::OpenCircuit) => Answer::Rejected,
                Err(CircuitBreakerError::Inner(Failure)) => Answer::Failed,
            }
        })
    }

    fn allocations_of_a_rejection(&self) -> u64 {
        let (mut service, request) = (self.0.clone(), Request(succeeds()));
        let mut context = Context::from_waker(Waker::noop());
        // Ready means no more here than that the rejection can be had.
        let _ = service.poll_ready(&mut context);
        allocations(|| service.call(request))
    }
}

pub(super) fn recloser(setup: Setup) -> Option<Arc<dyn Breaker>> {
    let calls = match setup.trip {
        Trip::Consecutive(calls) | Trip::HalfOfLast(calls) => calls,
        Trip::HalfWithin(_) => return None,
    };
    let breaker = recloser::Recloser::custom()
        .error_rate(0.5)
        .closed_len(calls as usize)
        .half_open_len(setup.trials as usize)
        .open_wait(setup.open_for)
        .build();
    Some(Arc::new(Recloser(breaker.into())))
}

struct Recloser(recloser::AsyncRecloser);

impl Breaker for Recloser {
    fn call(&self, _: Option<Deadline>, peer: Peer) -> Pin<Box<dyn Future<Output = Answer> + Send>> {
        let breaker = self.0.clone();
        Box::pin(async move {
            match breaker.call(peer).await {
                Ok(()) => Answer::Succeeded,
                Err(recloser::Error::Inner(Failure)) => Answer::Failed,
                Err(recloser::Error::Rejected) => Answer::Rejected,
            }
        })
    }

    fn allocations_of_a_rejection(&self) -> u64 {
        allocations(|| self.0.call(ready(Ok::<_, Failure>(()))))
    }
}

/// The allocations of a future that is ready at once, from its making on.
fn allocations<F: Future>(make: impl FnOnce() -> F) -> u64 {
    let poll = || {
        let mut future = pin!(make());
        let mut context = Context::from_waker(Waker::noop());
        assert!(future.as_mut().poll(&mut context).is_ready());
    };
    measure(poll).count_total
}
