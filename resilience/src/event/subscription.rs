use std::fmt;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Weak};
use std::task::{Context, Poll};

use futures_core::Stream;
use tokio::sync::mpsc;

use super::Event;
use super::events::Hub;

/// How many events found a channel full.
pub(super) type Dropped = Arc<AtomicU64>;

/// An event as a subscription brings it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Notice {
    /// The name of the policy it happened in.
    pub policy: Arc<str>,
    /// What happened.
    pub event: Event,
}

impl Notice {
    pub(super) fn new(policy: Arc<str>, event: Event) -> Self {
        Self { policy, event }
    }
}

/// The reading end of a bounded channel of events, made by [`Events::subscribe`](super::Events::subscribe); also a
/// [`Stream`].
///
/// It ends when the last policy and handle that could tell it anything are gone.
pub struct Subscription {
    receiver: mpsc::Receiver<Notice>,
    dropped: Dropped,
    hub: Weak<Hub>,
}

impl Subscription {
    pub(super) fn new(receiver: mpsc::Receiver<Notice>, dropped: Dropped, hub: Weak<Hub>) -> Self {
        Self {
            receiver,
            dropped,
            hub,
        }
    }

    /// The next event; `None` when no more can come.
    ///
    /// Cancel safe: dropping the future loses no event.
    pub async fn recv(&mut self) -> Option<Notice> {
        self.receiver.recv().await
    }

    /// The next event, if one is there.
    pub fn try_recv(&mut self) -> Option<Notice> {
        self.receiver.try_recv().ok()
    }

    /// How many events were dropped so far because this channel was full. Read faster, or subscribe with more room.
    #[must_use]
    pub fn dropped(&self) -> u64 {
        self.dropped.load(Ordering::Relaxed)
    }
}

impl Stream for Subscription {
    type Item = Notice;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Notice>> {
        self.receiver.poll_recv(context)
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        if let Some(hub) = self.hub.upgrade() {
            hub.remove(&self.dropped);
        }
    }
}

impl fmt::Debug for Subscription {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subscription")
            .field("waiting", &self.receiver.len())
            .field("dropped", &self.dropped())
            .finish_non_exhaustive()
    }
}
