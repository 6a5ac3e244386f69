use std::sync::Arc;

use super::circuit::{self, Change, Circuit, Verdict};
use super::moment::moment;
use super::thread;
use crate::Deadline;
use crate::event::{Event, Events};
use crate::time::{self, Instant};

/// Leave to make one call. Whoever holds it must see to it that it is settled once.
#[derive(Debug)]
pub(crate) struct Ticket {
    circuit: &'static Circuit,
    inner: circuit::Ticket,
}

impl Ticket {
    #[inline]
    pub(super) fn new(circuit: &'static Circuit, inner: circuit::Ticket) -> Self {
        Self { circuit, inner }
    }

    #[inline]
    pub(crate) fn settle(&self, verdict: Verdict, now: Instant, events: &Events) {
        if let Some(change) = self
            .circuit
            .settle(&self.inner, verdict, moment(now), thread::lane())
        {
            tell(self.circuit, events, change);
        }
    }

    /// The call was dropped before its end: a failure if its deadline had passed by then.
    #[cold]
    pub(crate) fn cancel(&self, deadline: Option<Deadline>, events: &Events) {
        let now = time::now();
        let overdue = deadline.is_some_and(|deadline| deadline.has_passed_at(now));
        let verdict = if overdue {
            Verdict::Failure
        } else {
            Verdict::Cancelled
        };
        self.settle(verdict, now, events);
    }
}

/// Tells a change, with no lock held.
#[cold]
pub(super) fn tell(circuit: &Circuit, events: &Events, change: Change) {
    events.emit(|| {
        let name: Arc<str> = circuit.name();
        match change {
            Change::Opened(reason) => Event::BreakerOpened { name, reason },
            Change::HalfOpened => Event::BreakerHalfOpened { name },
            Change::Closed => Event::BreakerClosed { name },
        }
    });
}
