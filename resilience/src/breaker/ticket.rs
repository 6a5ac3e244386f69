use std::sync::Arc;

use super::circuit::{self, Change, Verdict};
use super::moment::moment;
use super::pool::Seat;
use super::thread;
use crate::Deadline;
use crate::event::{Event, Events};
use crate::time::{self, Instant};

/// Leave to make one call. Whoever holds it must see to it that it is settled once.
#[derive(Debug)]
pub(crate) struct Ticket {
    seat: &'static Seat,
    inner: circuit::Ticket,
}

impl Ticket {
    #[inline]
    pub(super) fn new(seat: &'static Seat, inner: circuit::Ticket) -> Self {
        Self { seat, inner }
    }

    #[inline]
    pub(crate) fn settle(&self, verdict: Verdict, now: Instant, events: &Events) {
        if let Some(change) = self
            .seat
            .circuit
            .settle(&self.inner, verdict, moment(now), thread::lane())
        {
            tell(self.seat, events, change);
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

/// Tells a change, with no lock held, to `events` and to the listener of the breaker.
#[cold]
pub(super) fn tell(seat: &Seat, events: &Events, change: Change) {
    let label = seat.label();
    let event = || {
        let name = Arc::clone(&label.name);
        match change {
            Change::Opened(reason) => Event::BreakerOpened { name, reason },
            Change::HalfOpened => Event::BreakerHalfOpened { name },
            Change::Closed => Event::BreakerClosed { name },
        }
    };
    label.events.emit(event);
    events.emit(event);
}
