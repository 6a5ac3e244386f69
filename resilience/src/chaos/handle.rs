use std::fmt;
use std::future::{Future, pending};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use super::ChaosPolicy;
use super::fate::{End, Fate, Fault};
use crate::invalid::InvalidPolicy;
use crate::time;

/// Makes calls go wrong, on purpose. Off until it is switched on.
///
/// Cloning is cheap, and the clones are one: a test keeps a clone and switches it on and off under a service.
#[derive(Clone)]
pub struct Chaos {
    shared: Arc<Shared>,
}

struct Shared {
    enabled: AtomicBool,
    calls: AtomicU64,
    policy: RwLock<ChaosPolicy>,
}

impl Chaos {
    /// Chaos by `policy`, switched off.
    ///
    /// # Errors
    ///
    /// When [`ChaosPolicy::validate`] finds fault with the policy.
    pub fn new(policy: ChaosPolicy) -> Result<Self, InvalidPolicy> {
        policy.validate()?;
        Ok(Self {
            shared: Arc::new(Shared {
                enabled: AtomicBool::new(false),
                calls: AtomicU64::new(0),
                policy: RwLock::new(policy),
            }),
        })
    }

    /// Switches it on, for calls that begin from now on.
    pub fn enable(&self) {
        self.shared.enabled.store(true, Ordering::Relaxed);
    }

    /// Switches it off, for calls that begin from now on. Those that hang already stay so.
    pub fn disable(&self) {
        self.shared.enabled.store(false, Ordering::Relaxed);
    }

    /// Whether it is switched on.
    #[must_use]
    pub fn is_enabled(&self) -> bool {
        self.shared.enabled.load(Ordering::Relaxed)
    }

    /// Changes the policy and starts again with its first call, so that the fates are those of a new one.
    ///
    /// # Errors
    ///
    /// When [`ChaosPolicy::validate`] finds fault with the policy; the old one holds then.
    pub fn set_policy(&self, policy: ChaosPolicy) -> Result<(), InvalidPolicy> {
        policy.validate()?;
        let mut present = self.shared.policy.write().unwrap_or_else(PoisonError::into_inner);
        *present = policy;
        self.shared.calls.store(0, Ordering::Relaxed);
        Ok(())
    }

    /// The policy in force.
    #[must_use]
    pub fn policy(&self) -> ChaosPolicy {
        *self.shared.policy.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes a call, or lets it go wrong; `error` makes what it fails with then.
    ///
    /// `operation` is called where the call is made: not at all if it fails before or hangs. Cancel safe exactly if
    /// its future is.
    ///
    /// # Errors
    ///
    /// The operation's own, or the one that `error` makes.
    ///
    /// # Panics
    ///
    /// If there is latency to wait for outside a tokio runtime with its timer enabled.
    pub async fn run<T, E, Fut>(
        &self,
        error: impl FnOnce(Fault) -> E,
        operation: impl FnOnce() -> Fut,
    ) -> Result<T, E>
    where
        Fut: Future<Output = Result<T, E>>,
    {
        let fate = self.next();
        if let Some(latency) = fate.latency {
            time::sleep(latency).await;
        }
        match fate.end {
            End::Untouched => operation().await,
            End::Hangs => pending().await,
            End::Fails(Fault::Error) => Err(error(Fault::Error)),
            End::Fails(Fault::Reset) => {
                drop(operation().await);
                Err(error(Fault::Reset))
            }
        }
    }

    /// The fate of the next call; calls made while it is off are not counted.
    pub(super) fn next(&self) -> Fate {
        if !self.is_enabled() {
            return Fate::UNTOUCHED;
        }
        let policy = self.shared.policy.read().unwrap_or_else(PoisonError::into_inner);
        let call = self.shared.calls.fetch_add(1, Ordering::Relaxed);
        Fate::draw(&policy, call)
    }
}

impl fmt::Debug for Chaos {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Chaos")
            .field("enabled", &self.is_enabled())
            .field("policy", &self.policy())
            .finish_non_exhaustive()
    }
}
