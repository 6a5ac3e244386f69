use super::ConsumerCounts;
use super::counters::Counters;
use crate::clock::{self, Instant};
use tokio::sync::watch;

/// The handle of a consumer: what it has done, and whether it goes on. Cheap to clone, and outlives
/// [`run`](super::Consumer::run).
#[derive(Clone, Debug)]
pub struct Control {
    phase: watch::Sender<Phase>,
    pub(super) counters: Counters,
}

/// Whether a consumer works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    Running,
    Paused,
    Draining { since: Instant },
}

impl Phase {
    pub(super) fn is_draining(&self) -> bool {
        matches!(self, Self::Draining { .. })
    }
}

impl Control {
    pub(super) fn new() -> Self {
        Self {
            phase: watch::Sender::new(Phase::Running),
            counters: Counters::default(),
        }
    }

    /// Stops the intake, and no handler is called until [`resume`](Self::resume). Handlers that run finish, and
    /// messages that are held stay held. For when what the handler needs is known to be down.
    pub fn pause(&self) {
        self.go(Phase::Running, Phase::Paused);
    }

    /// Goes on after [`pause`](Self::pause).
    pub fn resume(&self) {
        self.go(Phase::Paused, Phase::Running);
    }

    /// Ends the consumer as its shutdown does: handlers that run may finish within the drain timeout, and all other
    /// messages are given back.
    pub fn drain(&self) {
        let since = clock::now();
        self.phase.send_if_modified(|phase| {
            let goes = !phase.is_draining();
            if goes {
                *phase = Phase::Draining { since };
            }
            goes
        });
    }

    /// Whether it was told to pause.
    #[must_use]
    pub fn is_paused(&self) -> bool {
        *self.phase.borrow() == Phase::Paused
    }

    /// Whether it was told to end.
    #[must_use]
    pub fn is_draining(&self) -> bool {
        self.phase.borrow().is_draining()
    }

    /// What the consumer has done so far.
    #[must_use]
    pub fn counts(&self) -> ConsumerCounts {
        self.counters.snapshot()
    }

    pub(super) fn watch(&self) -> watch::Receiver<Phase> {
        self.phase.subscribe()
    }

    /// Waits until the consumer is told to end, and says when that was.
    pub(super) async fn draining(&self) -> Instant {
        let mut phase = self.watch();
        // It does not fail: the sender lives as long as this handle.
        match phase.wait_for(Phase::is_draining).await.as_deref() {
            Ok(Phase::Draining { since }) => *since,
            _ => clock::now(),
        }
    }

    fn go(&self, from: Phase, to: Phase) {
        self.phase.send_if_modified(|phase| {
            let goes = *phase == from;
            if goes {
                *phase = to;
            }
            goes
        });
    }
}
