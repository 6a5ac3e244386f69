use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use pin_project_lite::pin_project;

use super::{Answer, Fallback};
use crate::classify::Classify;

pin_project! {
    /// A call through a [`FallbackService`](super::FallbackService). Dropping it drops the call or the fallback that
    /// is under way.
    #[must_use = "a future does nothing before it is polled"]
    pub struct FallbackFuture<Fut, Req, T, E, F, C>
    where
        F: Fallback<Req, T, E>,
    {
        #[pin]
        call: Option<Fut>,
        #[pin]
        rescue: Option<F::Future>,
        failure: Option<Result<T, E>>,
        request: Req,
        fallback: F,
        classify: C,
    }
}

impl<Fut, Req, T, E, F, C> FallbackFuture<Fut, Req, T, E, F, C>
where
    F: Fallback<Req, T, E>,
{
    pub(super) fn new(call: Fut, request: Req, fallback: F, classify: C) -> Self {
        Self {
            call: Some(call),
            rescue: None,
            failure: None,
            request,
            fallback,
            classify,
        }
    }
}

impl<Fut, Req, T, E, F, C> Future for FallbackFuture<Fut, Req, T, E, F, C>
where
    Fut: Future<Output = Result<T, E>>,
    F: Fallback<Req, T, E>,
    C: Classify<T, E>,
{
    type Output = Result<Answer<T>, E>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        if let Some(call) = this.call.as_mut().as_pin_mut() {
            let result = ready!(call.poll(context));
            this.call.set(None);
            if this.classify.classify(result.as_ref()).is_definitive() {
                return Poll::Ready(result.map(Answer::Live));
            }
            let rescue = this.fallback.fall_back(this.request, result.as_ref());
            this.rescue.set(Some(rescue));
            *this.failure = Some(result);
        }
        let rescue = this.rescue.as_pin_mut();
        let value = ready!(
            rescue
                .expect("a future is not polled again once it is ready")
                .poll(context)
        );
        let failure = this.failure.take();
        match (value, failure) {
            (Some(value), _) => Poll::Ready(Ok(Answer::Fallback(value))),
            (None, Some(failure)) => Poll::Ready(failure.map(Answer::Live)),
            (None, None) => panic!("a future is not polled again once it is ready"),
        }
    }
}

impl<Fut, Req, T, E, F, C> fmt::Debug for FallbackFuture<Fut, Req, T, E, F, C>
where
    F: Fallback<Req, T, E>,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FallbackFuture").finish_non_exhaustive()
    }
}
