use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;

use super::Deadline;

thread_local! {
    static CURRENT: Cell<Option<Deadline>> = const { Cell::new(None) };
}

impl Deadline {
    /// Lets every call that `future` makes through a policy end by this deadline, or by a stricter one around it,
    /// without handing it on from function to function.
    ///
    /// For servers: what a request's own caller waits for bounds all that is called on its behalf. A task that
    /// `future` spawns is on its own. Cancel safe exactly if `future` is.
    ///
    /// ```
    /// use resilience::{Deadline, time};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let told = Deadline::from_header_value("700", time::now()).expect("a number");
    /// let seen = told.scope(async { Deadline::current() }).await;
    /// assert_eq!(seen, Some(told));
    /// assert_eq!(Deadline::current(), None);
    /// # }
    /// ```
    pub fn scope<F: Future>(self, future: F) -> DeadlineScope<F> {
        DeadlineScope {
            future,
            deadline: self,
        }
    }

    /// The deadline of the [scope](Self::scope) that this runs in, the strictest if there are several.
    #[must_use]
    #[inline]
    pub fn current() -> Option<Self> {
        CURRENT.get()
    }
}

pin_project! {
    /// A future within the scope of a deadline; made by [`Deadline::scope`].
    #[derive(Debug)]
    #[must_use = "a future does nothing before it is polled"]
    pub struct DeadlineScope<F> {
        #[pin]
        future: F,
        deadline: Deadline,
    }
}

impl<F: Future> Future for DeadlineScope<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let around = CURRENT.get();
        let strictest = around.map_or(*this.deadline, |around| around.min(*this.deadline));
        CURRENT.set(Some(strictest));
        let _restore = Restore(around);
        this.future.poll(context)
    }
}

/// Sets it back, even if the future panics.
struct Restore(Option<Deadline>);

impl Drop for Restore {
    fn drop(&mut self) {
        CURRENT.set(self.0);
    }
}
