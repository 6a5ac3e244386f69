//! The one home of the monotonic clock and of sleeping.
//!
//! Everything here is tokio's, so `tokio::time::pause()` stops this crate's time together with the rest of a
//! test. State machines never call [`now`]: they take the instant as an argument.
#![expect(
    clippy::disallowed_methods,
    reason = "this module is the home that the lint points to"
)]

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use pin_project_lite::pin_project;
use tokio::time::Sleep;

use crate::timeout::Elapsed;

/// A moment of the monotonic clock; tokio's, so that it can be paused in tests.
pub type Instant = tokio::time::Instant;

/// The present moment.
///
/// Works inside and outside a runtime; inside a paused one it stands still.
#[must_use]
#[inline]
pub fn now() -> Instant {
    Instant::now()
}

/// Waits for `duration`.
///
/// The timer's grain is one millisecond, rounded up. Cancel safe: dropping the future ends the wait.
///
/// # Panics
///
/// Outside a tokio runtime with its timer enabled.
pub async fn sleep(duration: Duration) {
    tokio::time::sleep(duration).await;
}

/// Waits until `instant`; returns at once when it has passed.
///
/// Grain, cancel safety and panics as for [`sleep`].
pub async fn sleep_until(instant: Instant) {
    tokio::time::sleep_until(instant).await;
}

/// Runs `future` until `instant` at the latest.
///
/// The future is polled once even if the instant has passed, and an answer that is ready then is returned.
/// Cancel safe exactly if `future` is.
///
/// # Errors
///
/// [`Elapsed`] when the instant came first; `future` has been dropped by then.
///
/// # Panics
///
/// As for [`sleep`].
pub async fn timeout_at<F: Future>(instant: Instant, future: F) -> Result<F::Output, Elapsed> {
    tokio::time::timeout_at(instant, future)
        .await
        .map_err(|_| Elapsed::new())
}

pin_project! {
    /// A timer that is registered when it is first waited for, and moved when it is waited for another moment.
    #[derive(Debug, Default)]
    pub(crate) struct Timer {
        #[pin]
        sleep: Option<Sleep>,
    }
}

impl Timer {
    /// Ready once `until` has come. Grain and panics as for [`sleep`].
    pub(crate) fn poll_until(self: Pin<&mut Self>, until: Instant, context: &mut Context<'_>) -> Poll<()> {
        let mut sleep = self.project().sleep;
        match sleep.as_mut().as_pin_mut() {
            Some(registered) if registered.deadline() == until => {}
            Some(registered) => registered.reset(until),
            None => sleep.set(Some(tokio::time::sleep_until(until))),
        }
        match sleep.as_pin_mut() {
            Some(registered) => registered.poll(context),
            None => Poll::Pending,
        }
    }
}
