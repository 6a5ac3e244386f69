use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use super::BreakerPolicy;
use super::circuit::Circuit;
use super::thread;
use crate::event::Events;

/// Seats whose breakers are gone, for the breakers to come.
static IDLE: Mutex<Vec<&'static Seat>> = Mutex::new(Vec::new());

/// What the handles of one breaker share, and its calls under way too.
///
/// A call under way outlives the service that made it, so something must keep the circuit for it. A reference count
/// would be counted up and down by each call, which is half of what a call may cost. Instead seats live as long as the
/// program and are used again; a result for the breaker before is of another generation then, and dropped like any late
/// result. There are as many of them as there ever were breakers at one time.
#[derive(Debug)]
pub(super) struct Seat {
    pub(super) circuit: Circuit,
    label: Mutex<Label>,
}

/// What events need to know of a breaker.
#[derive(Debug, Clone)]
pub(super) struct Label {
    pub(super) name: Arc<str>,
    /// Who listens to the breaker, whoever calls.
    pub(super) events: Events,
}

/// The seat of a breaker until its last handle is dropped.
#[derive(Debug)]
pub(super) struct Lease {
    seat: &'static Seat,
    name: Arc<str>,
    /// As in the label, to be read without a lock.
    events: OnceLock<Events>,
}

impl Seat {
    pub(super) fn label(&self) -> Label {
        lock(&self.label).clone()
    }
}

impl Lease {
    pub(super) fn new(name: Arc<str>, policy: BreakerPolicy, now: u64) -> Self {
        let label = Label {
            name: Arc::clone(&name),
            events: Events::none(),
        };
        let idle = lock(&IDLE).pop();
        let seat = if let Some(seat) = idle {
            seat.circuit.reset(policy, now);
            *lock(&seat.label) = label;
            seat
        } else {
            Box::leak(Box::new(Seat {
                circuit: Circuit::new(policy, thread::lanes(), now),
                label: Mutex::new(label),
            }))
        };
        Self {
            seat,
            name,
            events: OnceLock::new(),
        }
    }

    pub(super) fn seat(&self) -> &'static Seat {
        self.seat
    }

    pub(super) fn name(&self) -> &Arc<str> {
        &self.name
    }

    pub(super) fn events(&self) -> Option<&Events> {
        self.events.get()
    }

    /// Whoever comes first, stays.
    pub(super) fn listen(&self, events: Events) {
        let events = self.events.get_or_init(|| events).clone();
        lock(&self.seat.label).events = events;
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        // Whoever listened is let go of with the breaker, not with the next one that takes the seat. Dropped without a
        // lock, since what a listener holds is foreign.
        let listened = std::mem::replace(&mut lock(&self.seat.label).events, Events::none());
        drop(listened);
        lock(&IDLE).push(self.seat);
    }
}

/// Nothing under these locks panics half-way.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
