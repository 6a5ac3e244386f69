//! Faults on purpose, so that a consumer can test its own resilience against the real contract.
//!
//! Off by default. A [`FaultPlan`] says which faults strike, how often and where; it may be set, changed and cleared
//! while the server runs, and an [`Outage`] switches all of it off at once. What strikes the n-th request follows from
//! the seed and n alone; which request comes n-th is up to the client.
//!
//! A fault may strike before the handler runs or after it: then the write has happened and only its answer is lost,
//! which is what tells an idempotent client from a lucky one.

mod args;
mod body;
mod counts;
mod draw;
mod middleware;
mod plan;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use self::args::FaultArgs;
pub use self::counts::FaultCounts;
pub(crate) use self::middleware::inject;
pub use self::plan::{FaultPlan, InvalidPlan, Target};

use self::counts::Counters;
use self::draw::Draw;
use http::Method;

/// The fault switches of one server. Clones share the switches and the counts.
#[derive(Clone, Debug)]
pub struct Faults(Arc<Shared>);

/// How a server fails while all of it is out, health included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outage {
    /// Every answer is 503.
    Unavailable,
    /// Every connection is closed without an answer.
    Reset,
    /// No request is ever answered, until the client gives up or the plan's limit for hangs is over.
    Hang,
}

#[derive(Debug)]
struct Shared {
    state: Mutex<State>,
    counters: Counters,
}

#[derive(Debug)]
struct State {
    plan: FaultPlan,
    outage: Option<Outage>,
    random: fastrand::Rng,
}

impl Faults {
    /// Switches that are all off, and that draw from this seed once they are on.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        let state = State {
            plan: FaultPlan::default(),
            outage: None,
            random: fastrand::Rng::with_seed(seed),
        };
        Self(Arc::new(Shared {
            state: Mutex::new(state),
            counters: Counters::default(),
        }))
    }

    /// Replaces the plan; the next request is the first that it strikes.
    ///
    /// # Errors
    ///
    /// The plan contradicts itself. The one before stays in force.
    pub fn set(&self, plan: FaultPlan) -> Result<(), InvalidPlan> {
        plan.validate()?;
        self.state().plan = plan;
        Ok(())
    }

    /// Switches everything off, an outage included. Requests that hang go on hanging.
    pub fn clear(&self) {
        let mut state = self.state();
        state.plan = FaultPlan::default();
        state.outage = None;
    }

    /// The plan in force.
    #[must_use]
    pub fn plan(&self) -> FaultPlan {
        self.state().plan.clone()
    }

    /// Begins an outage, which goes before the plan and draws no random numbers.
    pub fn begin_outage(&self, outage: Outage) {
        self.state().outage = Some(outage);
    }

    /// Ends the outage; the plan is in force again.
    pub fn end_outage(&self) {
        self.state().outage = None;
    }

    /// The outage that is on.
    #[must_use]
    pub fn outage(&self) -> Option<Outage> {
        self.state().outage
    }

    /// How often each fault struck.
    #[must_use]
    pub fn counts(&self) -> FaultCounts {
        self.0.counters.read()
    }

    /// Sets the counts to 0.
    pub fn reset_counts(&self) {
        self.0.counters.reset();
    }

    fn counters(&self) -> &Counters {
        &self.0.counters
    }

    fn strike(&self, method: &Method, path: &str) -> Strike {
        let mut state = self.state();
        let State { plan, outage, random } = &mut *state;
        match outage {
            Some(outage) => Strike::Outage(*outage, plan.hang_limit),
            None if plan.strikes(method, path) => Strike::Planned(Draw::from(plan, random)),
            None => Strike::Planned(Draw::NOTHING),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing that holds the lock can panic half way through a change.
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What strikes a request.
enum Strike {
    Outage(Outage, std::time::Duration),
    Planned(Draw),
}
