use std::future::Future;
use std::ops::Deref;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use pin_project_lite::pin_project;

use super::Completed;
use super::core::Core;
use super::run::Run;
use super::stage::Outcome;
use crate::call::Operation;
use crate::classify::Classify;
use crate::error::Error;
use crate::event::Event;
use crate::fallback::Fallback;
use crate::time::Timer;

pin_project! {
    /// A call with a fallback, which is inside the deadline and outside everything else.
    pub(super) struct Rescue<P, C, O, B, F>
    where
        P: Deref<Target = Core>,
        O: Operation,
        B: Deref<Target = F>,
        F: Fallback<O::Request, O::Value, Error<O::Error>>,
    {
        #[pin]
        run: Run<P, C, O>,
        fallback: B,
        failure: Option<Outcome<O>>,
        #[pin]
        rescue: Option<F::Future>,
        #[pin]
        timer: Timer,
    }
}

impl<P, C, O, B, F> Rescue<P, C, O, B, F>
where
    P: Deref<Target = Core>,
    O: Operation,
    B: Deref<Target = F>,
    F: Fallback<O::Request, O::Value, Error<O::Error>>,
{
    pub(super) fn new(run: Run<P, C, O>, fallback: B) -> Self {
        Self {
            run,
            fallback,
            failure: None,
            rescue: None,
            timer: Timer::default(),
        }
    }
}

impl<P, C, O, B, F> Future for Rescue<P, C, O, B, F>
where
    P: Deref<Target = Core>,
    C: Classify<O::Value, O::Error>,
    O: Operation,
    B: Deref<Target = F>,
    F: Fallback<O::Request, O::Value, Error<O::Error>>,
{
    type Output = Result<Completed<O::Value>, Error<O::Error>>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        if this.failure.is_none() {
            let ended = ready!(this.run.as_mut().poll(context));
            if ended.is_definitive {
                return Poll::Ready(ended.result);
            }
            let failure = ended.result.as_ref().map(|completed| &completed.value);
            let rescue = this.fallback.fall_back(this.run.operation.request(), failure);
            this.rescue.set(Some(rescue));
            *this.failure = Some(ended);
        }
        let rescue = this.rescue.as_mut().as_pin_mut();
        let value = match rescue
            .expect("a future is not polled again once it is ready")
            .poll(context)
        {
            Poll::Ready(value) => value,
            Poll::Pending => {
                let deadline = this.run.as_ref().deadline();
                // By the clock, since a timer is not asked as long as the fallback uses up tokio's budget for the task.
                if !deadline.has_passed() {
                    ready!(this.timer.poll_until(deadline.instant(), context));
                }
                None
            }
        };
        this.rescue.set(None);
        let ended = this
            .failure
            .take()
            .expect("a future is not polled again once it is ready");
        let Some(value) = value else {
            return Poll::Ready(ended.result);
        };
        let attempts = match &ended.result {
            Ok(completed) => completed.attempts,
            Err(error) => error.attempts(),
        };
        this.run.core.events.emit(|| Event::FellBack { attempts });
        Poll::Ready(Ok(Completed::fallback(value, attempts)))
    }
}
