use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use pin_project_lite::pin_project;

use super::Elapsed;
use crate::Deadline;
use crate::time::{self, Instant, Timer};

pin_project! {
    /// A call through a [`TimeoutService`](super::TimeoutService). Cancel safe exactly if the inner call is.
    #[derive(Debug)]
    #[must_use = "a future does nothing before it is polled"]
    pub struct TimeoutFuture<F> {
        #[pin]
        call: F,
        limit: Duration,
        // Known once the call has not been ready at once.
        end: Option<Instant>,
        #[pin]
        timer: Timer,
    }
}

impl<F> TimeoutFuture<F> {
    pub(super) fn new(call: F, limit: Duration) -> Self {
        Self {
            call,
            limit,
            end: None,
            timer: Timer::default(),
        }
    }
}

impl<F, T, E> Future for TimeoutFuture<F>
where
    F: Future<Output = Result<T, E>>,
    E: From<Elapsed>,
{
    type Output = Result<T, E>;

    #[inline]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        if let Poll::Ready(result) = this.call.poll(context) {
            return Poll::Ready(result);
        }
        let now = time::now();
        let end = *this
            .end
            .get_or_insert_with(|| Deadline::after_at(now, *this.limit).instant());
        // By the clock, since a timer is not asked as long as the call uses up tokio's budget for the task.
        if now < end {
            ready!(this.timer.poll_until(end, context));
        }
        Poll::Ready(Err(Elapsed::after(*this.limit).into()))
    }
}
