use std::fmt;
use std::future::{Future, Ready, ready};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use pin_project_lite::pin_project;
use tower_service::Service;

use super::Fallback;

/// Always the same value.
pub fn value<T: Clone>(value: T) -> Value<T> {
    Value(value)
}

/// What `make` makes of the request and of what the call brought, at once; `None` if it has nothing.
///
/// ```
/// use resilience::fallback;
/// use resilience::Error;
///
/// let last_known = fallback::from_fn(|id: &u32, _: Result<&String, &Error<std::io::Error>>| {
///     (*id == 7).then(|| "89.90 EUR".to_owned())
/// });
/// ```
pub fn from_fn<F>(make: F) -> FromFn<F> {
    FromFn(make)
}

/// What another service answers to the same request; its failure is that of the fallback.
pub fn from_service<S>(service: S) -> FromService<S> {
    FromService(service)
}

/// See [`value`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Value<T>(T);

impl<Req, T: Clone, X> Fallback<Req, T, X> for Value<T> {
    type Future = Ready<Option<T>>;

    fn fall_back(&self, _: &Req, _: Result<&T, &X>) -> Self::Future {
        ready(Some(self.0.clone()))
    }
}

/// See [`from_fn`].
#[derive(Clone, Copy)]
pub struct FromFn<F>(F);

impl<Req, T, X, F> Fallback<Req, T, X> for FromFn<F>
where
    F: Fn(&Req, Result<&T, &X>) -> Option<T>,
{
    type Future = Ready<Option<T>>;

    fn fall_back(&self, request: &Req, failure: Result<&T, &X>) -> Self::Future {
        ready((self.0)(request, failure))
    }
}

impl<F> fmt::Debug for FromFn<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FromFn").finish_non_exhaustive()
    }
}

/// See [`from_service`].
#[derive(Debug, Clone, Copy)]
pub struct FromService<S>(S);

impl<Req, T, X, S> Fallback<Req, T, X> for FromService<S>
where
    Req: Clone,
    S: Service<Req, Response = T> + Clone,
{
    type Future = FromServiceFuture<S, Req, S::Future>;

    fn fall_back(&self, request: &Req, _: Result<&T, &X>) -> Self::Future {
        FromServiceFuture {
            state: State::Readying {
                service: self.0.clone(),
                request: Some(request.clone()),
            },
        }
    }
}

pin_project! {
    /// A call of the service that a fallback comes from.
    pub struct FromServiceFuture<S, Req, F> {
        #[pin]
        state: State<S, Req, F>,
    }
}

pin_project! {
    #[project = StateProjection]
    enum State<S, Req, F> {
        Readying { service: S, request: Option<Req> },
        Calling { #[pin] call: F },
    }
}

impl<S, Req> Future for FromServiceFuture<S, Req, S::Future>
where
    S: Service<Req>,
{
    type Output = Option<S::Response>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut state = self.project().state;
        loop {
            match state.as_mut().project() {
                StateProjection::Calling { call } => return call.poll(context).map(Result::ok),
                StateProjection::Readying { service, request } => {
                    if ready!(service.poll_ready(context)).is_err() {
                        return Poll::Ready(None);
                    }
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

impl<S, Req, F> fmt::Debug for FromServiceFuture<S, Req, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FromServiceFuture").finish_non_exhaustive()
    }
}
