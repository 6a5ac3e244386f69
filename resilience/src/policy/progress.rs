use super::gate::Load;
use super::hedging::Hedging;
use crate::Deadline;
use crate::call::Call;
use crate::classify::Outcome;
use crate::retry::Steps;

/// Where one call stands.
pub(super) struct Progress<E> {
    pub(super) call: Call,
    /// Of the whole call, the strictest of all that there are; `None` before the first poll.
    pub(super) deadline: Option<Deadline>,
    pub(super) attempts: u32,
    pub(super) steps: Steps,
    pub(super) hedging: Option<Hedging>,
    pub(super) load: Load,
    /// The error of the last attempt that brought one; a value is dropped before each wait instead.
    pub(super) last: Option<E>,
}

impl<E> Progress<E> {
    pub(super) fn new(call: Call) -> Self {
        Self {
            call,
            deadline: None,
            attempts: 0,
            steps: Steps::default(),
            hedging: None,
            load: Load::Unknown,
            last: None,
        }
    }

    /// Takes down what an attempt says about the load of the peer.
    #[inline]
    pub(super) fn note(&mut self, outcome: Outcome, timed_out: bool) {
        if timed_out || outcome == Outcome::Throttled {
            self.load = Load::TooMuch;
        } else if outcome == Outcome::Success && self.attempts == 1 {
            // With more attempts, how long the call took says nothing about how long the peer takes.
            self.load = Load::Fine;
        }
    }
}

/// Which of the attempts under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lane {
    Primary,
    Hedge(usize),
}
