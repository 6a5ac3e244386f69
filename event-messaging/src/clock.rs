//! The one place where this crate asks for the time and waits for it.
//!
//! It is tokio's clock, so a test that pauses it (`tokio::time::pause`, `#[tokio::test(start_paused = true)]`)
//! runs every lease, back-off and deadline in no time at all.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

pub use tokio::time::Instant;

/// The instant now.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the clock's home in this crate")]
pub fn now() -> Instant {
    Instant::now()
}

/// As good as for ever: thirty years. No clock counts as far as a `Duration` goes.
const FOR_EVER: Duration = Duration::from_secs(30 * 365 * 86_400);

/// The instant `delay` from now, however long that is.
pub(crate) fn after(delay: Duration) -> Instant {
    later(now(), delay)
}

/// The instant `delay` after `instant`, however long that is.
pub(crate) fn later(instant: Instant, delay: Duration) -> Instant {
    instant + delay.min(FOR_EVER)
}

/// Waits for `duration`. Dropping the future ends the wait.
#[expect(clippy::disallowed_methods, reason = "the clock's home in this crate")]
pub async fn sleep(duration: Duration) {
    tokio::time::sleep(duration).await;
}

/// Waits until `instant`, which may have passed. Dropping the future ends the wait.
#[expect(clippy::disallowed_methods, reason = "the clock's home in this crate")]
pub async fn sleep_until(instant: Instant) {
    tokio::time::sleep_until(instant).await;
}

/// Runs `future` for `limit` at most; `None` when it has not ended by then, and then the future is dropped. No clock is
/// read for one that ends at once.
pub(crate) async fn within<F: Future>(limit: Duration, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    match at_once(future.as_mut()).await {
        Poll::Ready(output) => Some(output),
        // In a box, because it is large, and most have no need of it.
        Poll::Pending => Box::pin(until(after(limit), future)).await,
    }
}

/// What `future` has to say without a wait.
pub(crate) async fn at_once<F: Future>(mut future: Pin<&mut F>) -> Poll<F::Output> {
    poll_fn(|cx| Poll::Ready(future.as_mut().poll(cx))).await
}

/// Runs `future` until `instant`; `None` when the instant came first, and then the future is dropped.
pub async fn until<F: Future>(instant: Instant, future: F) -> Option<F::Output> {
    tokio::time::timeout_at(instant, future).await.ok()
}
