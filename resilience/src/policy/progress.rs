use super::core::Core;
use super::gate::Load;
use crate::Deadline;
use crate::call::Call;
use crate::classify::Outcome;
use crate::hedge::Hedge;
use crate::retry::Steps;
use crate::time::Instant;

/// Where one call stands.
pub(super) struct Progress<E> {
    pub(super) call: Call,
    /// Of the whole call; the caller's at first, and the stricter of that and the policy's once it has begun.
    pub(super) deadline: Option<Deadline>,
    pub(super) attempts: u32,
    pub(super) steps: Steps,
    pub(super) hedging: Option<Hedging>,
    pub(super) load: Load,
    /// The error of the last attempt that brought one; a value is dropped before each wait instead.
    pub(super) last: Option<E>,
}

/// The hedges of one call.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hedging {
    pub(super) left: u32,
    pub(super) next_at: Instant,
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

    /// The hedges of this call, if it has any: they are in place of retries, and for what may be repeated only.
    pub(super) fn hedging(&mut self, core: &Core, began: Instant) -> Option<&mut Hedging> {
        let hedge = core.hedge.get().filter(|_| self.call.may_hedge())?;
        Some(self.hedging.get_or_insert_with(|| Hedging::new(hedge, began)))
    }
}

impl Hedging {
    fn new(hedge: &Hedge, began: Instant) -> Self {
        Self {
            left: hedge.policy().max_hedges,
            next_at: Deadline::after_at(began, hedge.delay()).instant(),
        }
    }
}

/// Which of the attempts under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lane {
    Primary,
    Hedge(usize),
}
