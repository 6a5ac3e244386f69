//! Further attempts beside the first one.

use std::ops::Deref;

use super::core::Core;
use super::progress::Progress;
use super::run::RunParts;
use crate::Deadline;
use crate::call::Operation;
use crate::classify::Classify;
use crate::error::Cause;
use crate::event::Event;
use crate::hedge::Hedge;
use crate::retry::Stop;
use crate::time::Instant;

/// The hedges of one call.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hedging {
    pub(super) left: u32,
    pub(super) next_at: Instant,
}

impl Hedging {
    fn new(hedge: &Hedge, began: Instant) -> Self {
        Self {
            left: hedge.policy().max_hedges,
            next_at: Deadline::after_at(began, hedge.delay()).instant(),
        }
    }
}

impl<E> Progress<E> {
    /// The hedges of this call, if it has any: they are in place of retries, and for what may be repeated only.
    pub(super) fn hedging(&mut self, core: &Core, began: Instant) -> Option<&mut Hedging> {
        let hedge = core.hedge.get().filter(|_| self.call.may_hedge())?;
        Some(self.hedging.get_or_insert_with(|| Hedging::new(hedge, began)))
    }

    /// The peer asks for less load, or hedges have been switched off.
    pub(super) fn hedge_no_more(&mut self) {
        if let Some(hedging) = &mut self.hedging {
            hedging.left = 0;
        }
    }

    /// An attempt that follows a wait at `began` is given its time before it gets company.
    pub(super) fn postpone_hedges(&mut self, core: &Core, began: Instant) {
        if let (Some(hedging), Some(hedge)) = (&mut self.hedging, core.hedge.get()) {
            hedging.next_at = Deadline::after_at(began, hedge.delay()).instant();
        }
    }
}

impl<P, C, O> RunParts<'_, P, C, O>
where
    P: Deref<Target = Core>,
    C: Classify<O::Value, O::Error>,
    O: Operation,
{
    /// Sends one more attempt beside those under way, or tells what stands against it, and then there are no more.
    pub(super) fn hedge(&mut self, now: Instant) -> Result<(), Stop> {
        let sent = self.try_hedge(now);
        if let Some(hedging) = &mut self.progress.hedging {
            match &sent {
                Ok(next_at) => {
                    hedging.left -= 1;
                    hedging.next_at = *next_at;
                }
                Err(_) => hedging.left = 0,
            }
        }
        sent.map(drop)
    }

    /// When the next one is due, if this one could be sent.
    fn try_hedge(&mut self, now: Instant) -> Result<Instant, Stop> {
        let is_left = self.progress.hedging.is_some_and(|hedging| hedging.left > 0);
        let Some(hedge) = self.core.hedge.get().filter(|_| is_left) else {
            return Err(Stop::RetriesSpent);
        };
        let next_at = Deadline::after_at(now, hedge.delay()).instant();
        let paid = self.pay(now)?;
        let flight = self.depart(now, paid).map_err(|cause| match cause {
            Cause::CircuitOpen(_) => Stop::CircuitOpen,
            _ => Stop::DeadlineTooClose,
        })?;
        let attempt = flight.attempt;
        self.hedges.prepare(flight);
        self.core.events.emit(|| Event::Hedged {
            attempt: attempt.number,
        });
        let future = self.operation.attempt(attempt);
        self.hedges.send(future);
        Ok(next_at)
    }

    pub(super) fn is_hedge_due(&mut self, now: Instant) -> bool {
        let began = self.flight.as_ref().map_or(now, |flight| flight.began);
        self.progress
            .hedging(self.core, began)
            .is_some_and(|hedging| hedging.left > 0 && hedging.next_at <= now)
    }
}
