use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::machine::{Admission, Change, Machine, Verdict};
use super::{BreakerPolicy, Open, Permit, State};
use crate::event::{Event, Events};
use crate::invalid::InvalidPolicy;
use crate::time::{self, Instant};

/// A circuit breaker for one peer, or one group of operations of a peer.
///
/// Cloning is cheap, and the clones are one breaker.
#[derive(Clone)]
pub struct CircuitBreaker {
    shared: Arc<Shared>,
}

struct Shared {
    name: Arc<str>,
    machine: Mutex<Machine>,
}

impl CircuitBreaker {
    /// A closed breaker. `name` is what events, logs and errors call it.
    ///
    /// # Errors
    ///
    /// When [`BreakerPolicy::validate`] finds fault with the policy.
    pub fn new(name: impl Into<Arc<str>>, policy: BreakerPolicy) -> Result<Self, InvalidPolicy> {
        policy.validate()?;
        let machine = Mutex::new(Machine::new(policy, time::now()));
        Ok(Self {
            shared: Arc::new(Shared {
                name: name.into(),
                machine,
            }),
        })
    }

    /// The name it was given.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.shared.name
    }

    /// The policy it was given.
    #[must_use]
    pub fn policy(&self) -> BreakerPolicy {
        *self.machine().policy()
    }

    /// The state as of the last call.
    ///
    /// No timer runs: an open breaker whose wait is over is half-open from the next call on.
    #[must_use]
    pub fn state(&self) -> State {
        self.machine().state()
    }

    /// How often it has opened since it was made, reopenings included.
    #[must_use]
    pub fn openings(&self) -> u64 {
        self.machine().openings()
    }

    /// Asks to make a call at `now`, which is [`time::now`] for everyone but tests.
    ///
    /// The permit must be told how the call went; dropped untold, it counts as cancelled.
    ///
    /// # Errors
    ///
    /// [`Open`] when the call must not be made.
    pub fn admit(&self, now: Instant) -> Result<Permit, Open> {
        self.admit_for(Events::none(), now)
    }

    /// Like [`admit`](Self::admit); what changes is told to `events`, now and when the permit is settled.
    pub(crate) fn admit_for(&self, events: Events, now: Instant) -> Result<Permit, Open> {
        let admission = self.machine().admit(now);
        match admission {
            Admission::Admitted { generation, change } => {
                self.tell(&events, change);
                Ok(Permit::new(self.clone(), generation, events))
            }
            Admission::Rejected {
                state,
                reason,
                retry_after,
            } => {
                let open = Open::new(Arc::clone(&self.shared.name), state, reason, retry_after);
                events.emit(|| Event::Rejected { open: open.clone() });
                Err(open)
            }
        }
    }

    pub(super) fn settle(&self, generation: u64, verdict: Verdict, events: &Events, now: Instant) {
        let change = self.machine().settle(generation, verdict, now);
        self.tell(events, change);
    }

    /// Until when every call is rejected, as things stand; `None` when not open.
    pub(crate) fn open_until(&self) -> Option<Instant> {
        self.machine().open_until()
    }

    fn tell(&self, events: &Events, change: Option<Change>) {
        let Some(change) = change else { return };
        events.emit(|| {
            let name = Arc::clone(&self.shared.name);
            match change {
                Change::Opened(reason) => Event::BreakerOpened { name, reason },
                Change::HalfOpened => Event::BreakerHalfOpened { name },
                Change::Closed => Event::BreakerClosed { name },
            }
        });
    }

    /// The machine never panics half-way, so a poisoned lock still guards a sound state.
    fn machine(&self) -> MutexGuard<'_, Machine> {
        self.shared.machine.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for CircuitBreaker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CircuitBreaker")
            .field("name", &self.name())
            .field("state", &self.state())
            .field("openings", &self.openings())
            .finish_non_exhaustive()
    }
}
