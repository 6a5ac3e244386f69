use std::fmt;
use std::sync::{Arc, Mutex, PoisonError, RwLock, TryLockError};
use std::time::Duration;

use super::sketch::Sketch;
use super::{HedgeDelay, HedgePolicy};
use crate::invalid::InvalidPolicy;
use crate::sync::{AtomicU64, Ordering};

/// No quantile is known.
const UNKNOWN: u64 = u64::MAX;
/// The quantile is looked up again after so many latencies.
const REFRESH: u32 = 32;

/// When the attempts to one peer get company; it learns how long they take.
///
/// Cloning is cheap, and the clones are one.
#[derive(Clone)]
pub struct Hedge {
    shared: Arc<Shared>,
}

struct Shared {
    policy: RwLock<HedgePolicy>,
    sketch: Mutex<Sketch>,
    /// The quantile in nanoseconds.
    learnt: AtomicU64,
}

impl Hedge {
    /// One that knows no latencies yet.
    ///
    /// # Errors
    ///
    /// When [`HedgePolicy::validate`] finds fault with the policy.
    pub fn new(policy: HedgePolicy) -> Result<Self, InvalidPolicy> {
        policy.validate()?;
        Ok(Self {
            shared: Arc::new(Shared {
                policy: RwLock::new(policy),
                sketch: Mutex::new(Sketch::new()),
                learnt: AtomicU64::new(UNKNOWN),
            }),
        })
    }

    /// How long to wait for an attempt before the next one is sent, as things stand.
    #[must_use]
    pub fn delay(&self) -> Duration {
        let policy = self.policy();
        match (policy.delay, self.shared.learnt.load(Ordering::Relaxed)) {
            (HedgeDelay::Fixed(delay), _) => delay,
            (HedgeDelay::Quantile(_), UNKNOWN) => policy.initial_delay,
            (HedgeDelay::Quantile(_), nanos) => Duration::from_nanos(nanos).max(policy.min_delay),
        }
    }

    /// Learns how long an attempt took that succeeded.
    ///
    /// Latencies told on several threads at the same moment may be left out of the sample: nobody waits for another.
    pub fn record(&self, latency: Duration) {
        let HedgeDelay::Quantile(quantile) = self.policy().delay else {
            return;
        };
        let mut sketch = match self.shared.sketch.try_lock() {
            Ok(sketch) => sketch,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => return,
        };
        if sketch.record(latency).is_multiple_of(REFRESH)
            && let Some(latency) = sketch.quantile(quantile)
        {
            let nanos = u64::try_from(latency.as_nanos()).unwrap_or(UNKNOWN - 1);
            self.shared.learnt.store(nanos, Ordering::Relaxed);
        }
    }

    /// Goes by another policy from now on, and keeps what it has learnt.
    ///
    /// # Errors
    ///
    /// When [`HedgePolicy::validate`] finds fault with the policy; the old one holds then.
    pub fn set_policy(&self, policy: HedgePolicy) -> Result<(), InvalidPolicy> {
        policy.validate()?;
        *self.shared.policy.write().unwrap_or_else(PoisonError::into_inner) = policy;
        Ok(())
    }

    /// The policy in force.
    #[must_use]
    pub fn policy(&self) -> HedgePolicy {
        *self.shared.policy.read().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Hedge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hedge")
            .field("policy", &self.policy())
            .field("delay", &self.delay())
            .finish_non_exhaustive()
    }
}
