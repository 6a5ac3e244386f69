//! What time it is for the server: the wall clock, or one that a test turns by hand.

use product_types::Timestamp;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;

/// How long the server sleeps at most before it looks at the wall clock again, which may have been set.
const LONGEST_SLEEP: Duration = Duration::from_secs(60);

/// The moment as the catalogue keeps it: what is behind the microsecond is cut, so that what is answered is what is
/// stored.
pub(crate) fn to_microsecond(moment: Timestamp) -> Timestamp {
    let nanos = moment.subsec_nanos() / 1_000 * 1_000;
    Timestamp::from_unix(moment.unix_seconds(), nanos).unwrap_or(moment)
}

/// Tells the time, and wakes those who wait for a moment. Cloning shares it.
#[derive(Clone, Debug)]
pub(crate) enum Clock {
    Wall,
    Manual(ManualClock),
}

impl Clock {
    /// To the microsecond.
    pub(crate) fn now(&self) -> Timestamp {
        match self {
            Self::Wall => Timestamp::now(),
            Self::Manual(clock) => to_microsecond(clock.now()),
        }
    }

    /// Waits until `moment` has come, or a while less: look at the time again afterwards.
    pub(crate) async fn sleep_until(&self, moment: Timestamp) {
        match self {
            Self::Wall => {
                let rest = moment.duration_since(Timestamp::now());
                event_messaging::clock::sleep(rest.min(LONGEST_SLEEP)).await;
            }
            Self::Manual(clock) => clock.reached(moment).await,
        }
    }
}

/// A clock that stands still until it is turned: prices come into force when the test says so. Cloning shares it.
///
/// ```
/// use reference_server::ManualClock;
/// use std::time::Duration;
///
/// let start = "2026-11-23T08:00:00Z".parse()?;
/// let clock = ManualClock::at(start);
/// clock.advance(Duration::from_secs(90));
/// assert_eq!(clock.now().to_string(), "2026-11-23T08:01:30Z");
/// # Ok::<(), product_types::ParseError>(())
/// ```
#[derive(Clone, Debug)]
pub struct ManualClock {
    now: Arc<Mutex<Timestamp>>,
    turned: Arc<Notify>,
}

impl ManualClock {
    /// A clock that shows `start`.
    #[must_use]
    pub fn at(start: Timestamp) -> Self {
        Self {
            now: Arc::new(Mutex::new(start)),
            turned: Arc::new(Notify::new()),
        }
    }

    /// What it shows.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Turns it forward; it stays where it is when that would pass the year 9999.
    pub fn advance(&self, by: Duration) {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        *now = now.checked_add(by).unwrap_or(*now);
        drop(now);
        self.turned.notify_waiters();
    }

    async fn reached(&self, moment: Timestamp) {
        loop {
            let turned = self.turned.notified();
            tokio::pin!(turned);
            // Registered before looking, so that a turn in between is not missed.
            turned.as_mut().enable();
            if self.now() >= moment {
                return;
            }
            turned.await;
        }
    }
}
