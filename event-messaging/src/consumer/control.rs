use super::ConsumerCounts;
use super::counters::Counters;
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
    Draining,
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
        self.phase.send_replace(Phase::Draining);
    }

    /// Whether it was told to pause.
    #[must_use]
    pub fn is_paused(&self) -> bool {
        *self.phase.borrow() == Phase::Paused
    }

    /// Whether it was told to end.
    #[must_use]
    pub fn is_draining(&self) -> bool {
        *self.phase.borrow() == Phase::Draining
    }

    /// What the consumer has done so far.
    #[must_use]
    pub fn counts(&self) -> ConsumerCounts {
        self.counters.snapshot()
    }

    pub(super) fn watch(&self) -> watch::Receiver<Phase> {
        self.phase.subscribe()
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
