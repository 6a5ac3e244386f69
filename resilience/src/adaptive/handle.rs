use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::task::Waker;
use std::time::Duration;

use super::limiter::Limiter;
use super::{AdaptivePolicy, LimitChange, Slot};
use crate::Deadline;
use crate::bulkhead::semaphore::{Admission, Semaphore};
use crate::bulkhead::{Full, FullReason};
use crate::invalid::InvalidPolicy;
use crate::time::{self, Instant};

/// A concurrency limit for one peer that finds its own height.
///
/// Cloning is cheap, and the clones are one limit.
#[derive(Clone)]
pub struct AdaptiveLimit {
    shared: Arc<Shared>,
}

struct Shared {
    name: Arc<str>,
    semaphore: Semaphore,
    limiter: Mutex<Limiter>,
}

impl AdaptiveLimit {
    /// A limit at its initial height. `name` is what events, logs and errors call it.
    ///
    /// # Errors
    ///
    /// When [`AdaptivePolicy::validate`] finds fault with the policy.
    pub fn new(name: impl Into<Arc<str>>, policy: AdaptivePolicy) -> Result<Self, InvalidPolicy> {
        policy.validate()?;
        Ok(Self {
            shared: Arc::new(Shared {
                name: name.into(),
                semaphore: Semaphore::new(policy.initial_limit, policy.max_waiting),
                limiter: Mutex::new(Limiter::new(policy, time::now())),
            }),
        })
    }

    /// Takes a slot at `now`, which is [`time::now`] for everyone but tests, waiting for one until `by` or the
    /// policy's `max_wait` at the latest.
    ///
    /// The time spent waiting is no part of the call's round trip. Cancel safe: a call dropped while it waits
    /// leaves the queue, and a slot that was on its way to it goes to the next.
    ///
    /// # Errors
    ///
    /// [`Full`] when there is no slot and no room to wait for one, or when none came back in time.
    ///
    /// # Panics
    ///
    /// If it has to wait outside a tokio runtime with its timer enabled.
    pub async fn acquire(&self, now: Instant, by: Deadline) -> Result<Slot, Full> {
        let waiter = match self.shared.semaphore.acquire() {
            Admission::Taken(in_flight) => return Ok(Slot::new(self.clone(), now, in_flight)),
            Admission::Full => return Err(self.full(FullReason::NoRoom)),
            Admission::Queued(waiter) => waiter,
        };
        let longest = Deadline::after_at(now, self.policy().max_wait);
        let reason = if by < longest {
            FullReason::Deadline
        } else {
            FullReason::MaxWait
        };
        match time::timeout_at(by.min(longest).instant(), waiter).await {
            Ok(in_flight) => Ok(Slot::new(self.clone(), time::now(), in_flight)),
            Err(_) => Err(self.full(reason)),
        }
    }

    /// Takes a slot at `now` if one is free, without waiting.
    ///
    /// # Errors
    ///
    /// [`Full`] when there is none.
    pub fn try_acquire(&self, now: Instant) -> Result<Slot, Full> {
        match self.shared.semaphore.try_acquire() {
            Some(in_flight) => Ok(Slot::new(self.clone(), now, in_flight)),
            None => Err(self.full(FullReason::NoRoom)),
        }
    }

    /// Changes the policy at once. The limit stays where it is, or moves to the nearer end of its new range, and
    /// what has been learnt of the peer is kept. Nothing is cancelled, as with
    /// [`Bulkhead::set_policy`](crate::bulkhead::Bulkhead::set_policy).
    ///
    /// # Errors
    ///
    /// When [`AdaptivePolicy::validate`] finds fault with the policy; the old one holds then.
    pub fn set_policy(&self, policy: AdaptivePolicy) -> Result<(), InvalidPolicy> {
        policy.validate()?;
        self.shared.semaphore.set_max_waiting(policy.max_waiting);
        self.adjust(self.limiter(), |limiter| limiter.set_policy(policy));
        Ok(())
    }

    /// The policy in force.
    #[must_use]
    pub fn policy(&self) -> AdaptivePolicy {
        self.limiter().policy()
    }

    /// The name it was given.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.shared.name
    }

    /// How many calls may be under way at once, as things stand.
    #[must_use]
    pub fn limit(&self) -> u32 {
        self.shared.semaphore.limit()
    }

    /// How many calls are under way. Above [`limit`](Self::limit) for a while after that has fallen.
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

    /// The name, to be told with an event.
    pub(super) fn shared_name(&self) -> Arc<str> {
        Arc::clone(&self.shared.name)
    }

    /// One success more or less makes no difference, so this does not wait for the lock.
    pub(super) fn success(&self, now: Instant, round_trip: Duration, in_flight: u32) -> Option<LimitChange> {
        let limiter = match self.shared.limiter.try_lock() {
            Ok(limiter) => limiter,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => return None,
        };
        self.adjust(limiter, |limiter| limiter.success(now, round_trip, in_flight))
    }

    pub(super) fn overload(&self, now: Instant, began: Instant) -> Option<LimitChange> {
        self.adjust(self.limiter(), |limiter| limiter.overload(now, began))
    }

    pub(super) fn release(&self) {
        self.shared.semaphore.release();
    }

    /// Changes limiter and semaphore as one, and wakes whom that lets pass once the lock is free again.
    fn adjust(
        &self,
        mut limiter: MutexGuard<'_, Limiter>,
        change: impl FnOnce(&mut Limiter),
    ) -> Option<LimitChange> {
        let from = limiter.limit();
        change(&mut limiter);
        let to = limiter.limit();
        if to == from {
            return None;
        }
        let admitted = self.shared.semaphore.set_limit(to);
        drop(limiter);
        admitted.into_iter().for_each(Waker::wake);
        Some(LimitChange { from, to })
    }

    fn full(&self, reason: FullReason) -> Full {
        Full::new(&self.shared.name, self.limit(), reason)
    }

    /// The limiter never panics half-way, so a poisoned lock still guards a sound state.
    fn limiter(&self) -> MutexGuard<'_, Limiter> {
        self.shared.limiter.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for AdaptiveLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AdaptiveLimit")
            .field("name", &self.name())
            .field("limit", &self.limit())
            .field("in_flight", &self.in_flight())
            .field("waiting", &self.waiting())
            .finish_non_exhaustive()
    }
}
