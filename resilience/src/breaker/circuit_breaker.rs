use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::circuit::{Circuit, Phase, Rejection};
use super::moment::{instant, moment};
use super::pool::Lease;
use super::ticket::{self, Ticket};
use super::{BreakerPolicy, Open, Permit, Snapshot, State};
use crate::event::{Event, Events};
use crate::invalid::InvalidPolicy;
use crate::time::{self, Instant};

/// A circuit breaker for one peer, or one group of operations of a peer.
///
/// Cloning is cheap, and the clones are one breaker.
#[derive(Clone)]
pub struct CircuitBreaker {
    // What each call needs is here and not behind the count of handles, which other threads may be writing to.
    circuit: &'static Circuit,
    lease: Arc<Lease>,
}

impl CircuitBreaker {
    /// A closed breaker. `name` is what events, logs and errors call it.
    ///
    /// # Errors
    ///
    /// When [`BreakerPolicy::validate`] finds fault with the policy.
    pub fn new(name: impl Into<Arc<str>>, policy: BreakerPolicy) -> Result<Self, InvalidPolicy> {
        policy.validate()?;
        let lease = Lease::new(name.into(), policy, moment(time::now()));
        Ok(Self {
            circuit: lease.circuit(),
            lease: Arc::new(lease),
        })
    }

    /// The name it was given.
    #[must_use]
    pub fn name(&self) -> &str {
        self.lease.name()
    }

    /// The policy it goes by.
    #[must_use]
    pub fn policy(&self) -> BreakerPolicy {
        self.circuit.policy()
    }

    /// Goes by another policy from now on, and keeps its state.
    ///
    /// Open, it stays open as long as it was to be; half-open, it goes on with the trials it has. Counts are kept, but
    /// for those of a window of another kind, or of a window by time of another length: such a window begins empty. A
    /// window by calls keeps the latest calls that fit.
    ///
    /// # Errors
    ///
    /// When [`BreakerPolicy::validate`] finds fault with the policy; the former one stays then.
    pub fn set_policy(&self, policy: BreakerPolicy) -> Result<(), InvalidPolicy> {
        policy.validate()?;
        self.circuit.set_policy(policy, moment(time::now()));
        Ok(())
    }

    /// The state as of the last call.
    ///
    /// No timer runs: an open breaker whose wait is over is half-open from the next call on.
    #[must_use]
    pub fn state(&self) -> State {
        self.circuit.phase().into()
    }

    /// How often it has opened by itself since it was made, reopenings included.
    #[must_use]
    pub fn openings(&self) -> u64 {
        self.circuit.openings()
    }

    /// What it looks like now, for metrics.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        self.snapshot_at(time::now())
    }

    /// What it looks like at `now`, for those who have read the clock already.
    #[must_use]
    pub fn snapshot_at(&self, now: Instant) -> Snapshot {
        let now = moment(now);
        Snapshot::new(self.circuit.view(now), now)
    }

    /// Asks to make a call at `now`, which is [`time::now`] for everyone but tests.
    ///
    /// The permit must be told how the call went; dropped untold, it counts as cancelled.
    ///
    /// # Errors
    ///
    /// [`Open`] when the call must not be made.
    pub fn admit(&self, now: Instant) -> Result<Permit<'static>, Open> {
        self.admit_for(Cow::Owned(Events::none()), now)
    }

    /// Like [`admit`](Self::admit); what changes is told to `events`, now and when the permit is settled.
    #[inline]
    pub(crate) fn admit_for<'a>(&self, events: Cow<'a, Events>, now: Instant) -> Result<Permit<'a>, Open> {
        let ticket = match self.circuit.pass(|| moment(now)) {
            Some(inner) => Ticket::new(self.circuit, inner),
            None => self.ticket(&events, now)?,
        };
        Ok(Permit::new(ticket, events))
    }

    /// A ticket for a call that begins now, if the breaker is closed. The clock is asked only if slow calls are looked
    /// for.
    #[inline]
    pub(super) fn pass_now(&self) -> Option<Ticket> {
        let inner = self.circuit.pass(|| moment(time::now()))?;
        Some(Ticket::new(self.circuit, inner))
    }

    /// Also when the breaker is not closed.
    pub(crate) fn ticket(&self, events: &Events, now: Instant) -> Result<Ticket, Open> {
        match self.circuit.admit(moment(now)) {
            Ok((inner, change)) => {
                if let Some(change) = change {
                    ticket::tell(self.circuit, events, change);
                }
                Ok(Ticket::new(self.circuit, inner))
            }
            Err(rejection) => Err(self.rejected(rejection, events)),
        }
    }

    /// Rejects every call until [`close`](Self::close) or another of these four is called.
    ///
    /// For operators who know that the peer must not be called now. Calls under way count for nothing any more.
    pub fn isolate(&self) {
        self.circuit.set_phase(Phase::Isolated);
    }

    /// Closes it, whatever state it was in, and forgets all counts.
    pub fn close(&self) {
        self.circuit.set_phase(Phase::Closed);
    }

    /// Lets every call pass and records nothing, until [`close`](Self::close) or another of these four is called.
    pub fn disable(&self) {
        self.circuit.set_phase(Phase::Disabled);
    }

    /// Lets every call pass and records it, so that the numbers can be watched before the breaker is trusted with
    /// them; until [`close`](Self::close) or another of these four is called.
    pub fn metrics_only(&self) {
        self.circuit.set_phase(Phase::MetricsOnly);
    }

    /// Until when every call is rejected, as things stand; `None` when not open.
    pub(crate) fn open_until(&self) -> Option<Instant> {
        Some(instant(self.circuit.open_until()?))
    }

    #[cold]
    fn rejected(&self, rejection: Rejection, events: &Events) -> Open {
        let open = Open::new(
            Arc::clone(self.lease.name()),
            rejection.phase.into(),
            rejection.reason,
            rejection.retry_after.map(Duration::from_nanos),
        );
        events.emit(|| Event::Rejected { open: open.clone() });
        open
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
