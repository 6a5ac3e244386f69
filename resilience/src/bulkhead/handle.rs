use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::semaphore::{Admission, Semaphore};
use super::{BulkheadPolicy, Full, FullReason};
use crate::Deadline;
use crate::invalid::InvalidPolicy;
use crate::time;

/// A bulkhead for one peer: at most so many calls at once.
///
/// Cloning is cheap, and the clones are one bulkhead.
#[derive(Clone)]
pub struct Bulkhead {
    shared: Arc<Shared>,
}

struct Shared {
    name: Arc<str>,
    semaphore: Semaphore,
    policy: Mutex<BulkheadPolicy>,
}

impl Bulkhead {
    /// A bulkhead with all its slots free. `name` is what events, logs and errors call it.
    ///
    /// # Errors
    ///
    /// When [`BulkheadPolicy::validate`] finds fault with the policy.
    pub fn new(name: impl Into<Arc<str>>, policy: BulkheadPolicy) -> Result<Self, InvalidPolicy> {
        policy.validate()?;
        Ok(Self {
            shared: Arc::new(Shared {
                name: name.into(),
                semaphore: Semaphore::new(policy.max_concurrent, policy.max_waiting),
                policy: Mutex::new(policy),
            }),
        })
    }

    /// Takes a slot, waiting for one until `by` or the policy's `max_wait` at the latest.
    ///
    /// A free slot is given at once, without a look at the clock. Cancel safe: a call dropped while it waits leaves
    /// the queue, and a slot that was on its way to it goes to the next.
    ///
    /// # Errors
    ///
    /// [`Full`] when there is no slot and no room to wait for one, or when none came back in time.
    ///
    /// # Panics
    ///
    /// If it has to wait outside a tokio runtime with its timer enabled.
    pub async fn acquire(&self, by: Deadline) -> Result<Slot, Full> {
        let waiter = match self.shared.semaphore.acquire() {
            Admission::Taken(_) => return Ok(self.slot()),
            Admission::Full => return Err(self.full(FullReason::NoRoom)),
            Admission::Queued(waiter) => waiter,
        };
        let longest = Deadline::after(self.max_wait());
        let reason = if by < longest {
            FullReason::Deadline
        } else {
            FullReason::MaxWait
        };
        match time::timeout_at(by.min(longest).instant(), waiter).await {
            Ok(_) => Ok(self.slot()),
            Err(_) => Err(self.full(reason)),
        }
    }

    /// Takes a slot if one is free, without waiting.
    ///
    /// # Errors
    ///
    /// [`Full`] when there is none.
    pub fn try_acquire(&self) -> Result<Slot, Full> {
        match self.shared.semaphore.try_acquire() {
            Some(_) => Ok(self.slot()),
            None => Err(self.full(FullReason::NoRoom)),
        }
    }

    /// Changes the policy at once, for calls under way and waiting too.
    ///
    /// A higher limit lets those pass who wait. A lower one cancels nothing: calls under way end as they would,
    /// and new ones are admitted once enough of them have. Who waits already stays, even if fewer may now.
    ///
    /// # Errors
    ///
    /// When [`BulkheadPolicy::validate`] finds fault with the policy; the old one holds then.
    pub fn set_policy(&self, policy: BulkheadPolicy) -> Result<(), InvalidPolicy> {
        policy.validate()?;
        let mut present = self.shared.policy.lock().unwrap_or_else(PoisonError::into_inner);
        *present = policy;
        self.shared.semaphore.set_max_waiting(policy.max_waiting);
        let admitted = self.shared.semaphore.set_limit(policy.max_concurrent);
        drop(present);
        for waker in admitted {
            waker.wake();
        }
        Ok(())
    }

    /// The policy in force.
    #[must_use]
    pub fn policy(&self) -> BulkheadPolicy {
        *self.shared.policy.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The name it was given.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.shared.name
    }

    /// How many calls are under way. Above `max_concurrent` for a while after that has been lowered.
    #[must_use]
    pub fn in_flight(&self) -> u32 {
        self.shared.semaphore.in_flight()
    }

    /// How many calls wait for a slot.
    #[must_use]
    pub fn waiting(&self) -> u32 {
        self.shared.semaphore.waiting()
    }

    /// Whether a call that finds no slot could wait for one, as things stand.
    pub(crate) fn has_room_to_wait(&self) -> bool {
        self.shared.semaphore.has_room_to_wait()
    }

    fn max_wait(&self) -> Duration {
        self.policy().max_wait
    }

    fn slot(&self) -> Slot {
        Slot {
            bulkhead: self.clone(),
        }
    }

    fn full(&self, reason: FullReason) -> Full {
        Full::new(&self.shared.name, self.shared.semaphore.limit(), reason)
    }
}

impl fmt::Debug for Bulkhead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bulkhead")
            .field("name", &self.name())
            .field("in_flight", &self.in_flight())
            .field("waiting", &self.waiting())
            .field("limit", &self.shared.semaphore.limit())
            .finish_non_exhaustive()
    }
}

/// Leave to make one call; given back when dropped.
#[derive(Debug)]
#[must_use = "the slot is free again once this is dropped"]
pub struct Slot {
    bulkhead: Bulkhead,
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.bulkhead.shared.semaphore.release();
    }
}
