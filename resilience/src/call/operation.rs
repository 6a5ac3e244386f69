use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use pin_project_lite::pin_project;
use tower_service::Service;

use super::{Attempt, Prepare};

/// What is attempted, as often as need be.
pub(crate) trait Operation {
    /// What its caller asked for.
    type Request;
    type Value;
    type Error;
    type Future: Future<Output = Result<Self::Value, Self::Error>>;

    fn attempt(&mut self, attempt: Attempt) -> Self::Future;

    fn request(&self) -> &Self::Request;
}

/// A closure that makes the future of each attempt.
pub(crate) struct Closure<F>(pub(crate) F);

impl<F, Fut, T, E> Operation for Closure<F>
where
    F: FnMut(Attempt) -> Fut,
    Fut: Future<Output = Result<T, E>>,
{
    type Request = ();
    type Value = T;
    type Error = E;
    type Future = Fut;

    #[inline]
    fn attempt(&mut self, attempt: Attempt) -> Fut {
        (self.0)(attempt)
    }

    fn request(&self) -> &() {
        &()
    }
}

/// Calls of a tower service with requests that are made of `operation`.
pub(crate) struct ServiceCalls<S, Op, P> {
    service: S,
    /// Whether `service` has been polled ready and not been called since.
    is_ready: bool,
    operation: Op,
    prepare: P,
}

impl<S, Op, P> ServiceCalls<S, Op, P> {
    /// `service` is ready, as it is in `call`.
    pub(crate) fn new(service: S, operation: Op, prepare: P) -> Self {
        Self {
            service,
            is_ready: true,
            operation,
            prepare,
        }
    }
}

impl<S, Op, P> Operation for ServiceCalls<S, Op, P>
where
    P: Prepare<Op>,
    S: Service<P::Request> + Clone,
{
    type Request = Op;
    type Value = S::Response;
    type Error = S::Error;
    type Future = ServiceAttempt<S, P::Request>;

    #[inline]
    fn attempt(&mut self, attempt: Attempt) -> Self::Future {
        let request = self.prepare.prepare(&self.operation, attempt);
        if std::mem::take(&mut self.is_ready) {
            let call = self.service.call(request);
            return ServiceAttempt::new(State::Calling { call });
        }
        ServiceAttempt::new(State::Readying {
            service: self.service.clone(),
            request: Some(request),
        })
    }

    fn request(&self) -> &Op {
        &self.operation
    }
}

pin_project! {
    /// One attempt of a service: ready, then called.
    pub(crate) struct ServiceAttempt<S, Req>
    where
        S: Service<Req>,
    {
        #[pin]
        state: State<S, Req, S::Future>,
    }
}

pin_project! {
    #[project = StateProjection]
    enum State<S, Req, F> {
        Readying { service: S, request: Option<Req> },
        Calling { #[pin] call: F },
    }
}

impl<S: Service<Req>, Req> ServiceAttempt<S, Req> {
    fn new(state: State<S, Req, S::Future>) -> Self {
        Self { state }
    }
}

impl<S: Service<Req>, Req> Future for ServiceAttempt<S, Req> {
    type Output = Result<S::Response, S::Error>;

    #[inline]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut state = self.project().state;
        loop {
            match state.as_mut().project() {
                StateProjection::Calling { call } => return call.poll(context),
                StateProjection::Readying { service, request } => {
                    ready!(service.poll_ready(context))?;
                    let request = request
                        .take()
                        .expect("the state changes once the request is taken");
                    let call = service.call(request);
                    state.set(State::Calling { call });
                }
            }
        }
    }
}
