use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;

use crate::Error;

pin_project! {
    /// A call through a [`LiftService`](super::LiftService). Cancel safe exactly if the inner call is.
    #[derive(Debug)]
    #[must_use = "a future does nothing before it is polled"]
    pub struct LiftFuture<F> {
        #[pin]
        call: F,
    }
}

impl<F> LiftFuture<F> {
    pub(super) fn new(call: F) -> Self {
        Self { call }
    }
}

impl<F, T, E> Future for LiftFuture<F>
where
    F: Future<Output = Result<T, E>>,
{
    type Output = Result<T, Error<E>>;

    #[inline]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let result = self.project().call.poll(context);
        result.map_err(|error| Error::lifted(error, 1))
    }
}
