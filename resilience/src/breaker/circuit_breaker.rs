use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::circuit::{Phase, Rejection};
use super::moment::{instant, moment};
use super::pool::{Lease, Seat};
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
    seat: &'static Seat,
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
            seat: lease.seat(),
            lease: Arc::new(lease),
        })
    }

    /// Tells `listener` of every rejection and every change of state, whoever brings it about, as it happens and
    /// outside any lock. A breaker has one listener for itself: the first one stays.
    ///
    /// It must be quick, must not block and must not panic. Policies and layers have listeners of their own, who are told
    /// what their calls bring about.
    #[must_use]
    pub fn on_event(self, listener: impl Fn(&Event) + Send + Sync + 'static) -> Self {
        self.telling(Events::none().with_own(listener))
    }

    /// Like [`on_event`](Self::on_event), with whoever listens to `events`.
    pub(crate) fn telling(self, events: Events) -> Self {
        self.lease.listen(events);
        self
    }

    /// The name it was given.
    #[must_use]
    pub fn name(&self) -> &str {
        self.lease.name()
    }

    /// The policy it goes by.
    #[must_use]
    pub fn policy(&self) -> BreakerPolicy {
        self.seat.circuit.policy()
    }

    /// Goes by another policy from now on, and keeps its state.
    ///
    /// Open, it stays open as long as it was to be; half-open, it goes on with the trials it has, and closes if as many
    /// as it needs now have succeeded. Counts are kept, but
    /// for those of a window of another kind, or of a window by time of another length: such a window begins empty. A
    /// window by calls keeps the latest calls that fit.
    ///
    /// # Errors
    ///
    /// When [`BreakerPolicy::validate`] finds fault with the policy; the former one stays then.
    pub fn set_policy(&self, policy: BreakerPolicy) -> Result<(), InvalidPolicy> {
        policy.validate()?;
        if let Some(change) = self.seat.circuit.set_policy(policy, moment(time::now())) {
            ticket::tell(self.seat, &Events::none(), change);
        }
        Ok(())
    }

    /// The state as of the last call.
    ///
    /// No timer runs: an open breaker whose wait is over is half-open from the next call on.
    #[must_use]
    pub fn state(&self) -> State {
        self.seat.circuit.phase().into()
    }

    /// How often it has opened by itself since it was made, reopenings included.
    #[must_use]
    pub fn openings(&self) -> u64 {
        self.seat.circuit.openings()
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
        Snapshot::new(self.seat.circuit.view(now), now)
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
        let ticket = self.ticket(&events, now)?;
        Ok(Permit::new(ticket, events))
    }

    /// A ticket for a call that begins now, if the breaker is closed. The clock is asked only if slow calls are looked
    /// for.
    #[inline]
    pub(super) fn pass_now(&self) -> Option<Ticket> {
        let inner = self.seat.circuit.pass(|| moment(time::now()))?;
        Some(Ticket::new(self.seat, inner))
    }

    /// A ticket for a call that begins at `now`, whose holder settles it and tells `events`.
    #[inline]
    pub(crate) fn ticket(&self, events: &Events, now: Instant) -> Result<Ticket, Open> {
        match self.seat.circuit.pass(|| moment(now)) {
            Some(inner) => Ok(Ticket::new(self.seat, inner)),
            None => self.ticket_unless_closed(events, now),
        }
    }

    /// Apart, so that the usual path stays short.
    #[cold]
    fn ticket_unless_closed(&self, events: &Events, now: Instant) -> Result<Ticket, Open> {
        match self.seat.circuit.admit(moment(now)) {
            Ok((inner, change)) => {
                if let Some(change) = change {
                    ticket::tell(self.seat, events, change);
                }
                Ok(Ticket::new(self.seat, inner))
            }
            Err(rejection) => Err(self.rejected(rejection, events)),
        }
    }

    /// Rejects every call until [`close`](Self::close) or another of these four is called.
    ///
    /// For operators who know that the peer must not be called now. Calls under way count for nothing any more.
    pub fn isolate(&self) {
        self.set(Phase::Isolated);
    }

    /// Closes it, whatever state it was in, and forgets all counts.
    pub fn close(&self) {
        self.set(Phase::Closed);
    }

    /// Lets every call pass and records nothing, until [`close`](Self::close) or another of these four is called.
    pub fn disable(&self) {
        self.set(Phase::Disabled);
    }

    /// Lets every call pass and records it, so that the numbers can be watched before the breaker is trusted with
    /// them; until [`close`](Self::close) or another of these four is called.
    pub fn metrics_only(&self) {
        self.set(Phase::MetricsOnly);
    }

    /// Until when every call is rejected, as things stand; `None` when not open.
    pub(crate) fn open_until(&self) -> Option<Instant> {
        Some(instant(self.seat.circuit.open_until()?))
    }

    fn set(&self, phase: Phase) {
        self.seat.circuit.set_phase(phase);
        let (name, state) = (Arc::clone(self.lease.name()), phase.into());
        self.emit(|| Event::BreakerSet { name, state });
    }

    /// Tells the listener of the breaker.
    fn emit(&self, event: impl FnOnce() -> Event) {
        if let Some(events) = self.lease.events() {
            events.emit(event);
        }
    }

    #[cold]
    fn rejected(&self, rejection: Rejection, events: &Events) -> Open {
        let open = Open::new(
            Arc::clone(self.lease.name()),
            rejection.phase.into(),
            rejection.reason,
            rejection.retry_after.map(Duration::from_nanos),
        );
        let event = || Event::Rejected { open: open.clone() };
        self.emit(event);
        events.emit(event);
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
