//! The one place where this crate asks for the time and waits for it.
//!
//! It is tokio's clock, so a test that pauses it (`tokio::time::pause`, `#[tokio::test(start_paused = true)]`)
//! runs every lease, back-off and deadline in no time at all.

use std::future::Future;
use std::time::Duration;

pub use tokio::time::Instant;

/// The instant now.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the clock's home in this crate")]
pub fn now() -> Instant {
    Instant::now()
}

/// What stands for ever: thirty years. No clock counts as far as a `Duration` may go.
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

/// Runs `future` until `instant`; `None` when the instant came first, and then the future is dropped.
pub async fn until<F: Future>(instant: Instant, future: F) -> Option<F::Output> {
    tokio::time::timeout_at(instant, future).await.ok()
}
