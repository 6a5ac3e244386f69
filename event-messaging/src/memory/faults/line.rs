//! What publishers and sources on one connection share.

use super::plan::{Fault, Passing, Plan};
use crate::clock::{self, Instant};
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;
use tokio::sync::watch;

pub(super) struct Line {
    /// How often it was cut.
    cuts: watch::Sender<u64>,
    blocked: watch::Sender<bool>,
    down_until: Mutex<Option<Instant>>,
    /// What is unsettled on it, by source.
    unsettled: Mutex<Vec<Weak<dyn Unsettled>>>,
    injected: AtomicU64,
}

/// Deliveries that go back when the connection is lost.
pub(super) trait Unsettled: Send + Sync {
    fn give_back(&self);
}

impl Line {
    pub(super) fn cut(&self, down: Duration) {
        *lock(&self.down_until) = Some(clock::after(down));
        self.cuts.send_modify(|cuts| *cuts += 1);
        let all: Vec<Arc<dyn Unsettled>> = lock(&self.unsettled).iter().filter_map(Weak::upgrade).collect();
        for unsettled in all {
            unsettled.give_back();
        }
    }

    /// Told whenever it is cut from now on.
    pub(super) fn cuts(&self) -> watch::Receiver<u64> {
        self.cuts.subscribe()
    }

    pub(super) fn add(&self, unsettled: Weak<dyn Unsettled>) {
        let mut all = lock(&self.unsettled);
        all.retain(|other| other.strong_count() > 0);
        all.push(unsettled);
    }

    pub(super) fn set_blocked(&self, blocked: bool) {
        self.blocked.send_replace(blocked);
    }

    /// Waits until it is up.
    pub(super) async fn up(&self) {
        let until = *lock(&self.down_until);
        if let Some(until) = until.filter(|until| *until > clock::now()) {
            clock::sleep_until(until).await;
        }
    }

    /// Waits until it is up and not blocked.
    pub(super) async fn open(&self) {
        self.up().await;
        // An error would mean that the sender is gone, and it is a part of this.
        let _ = self.blocked.subscribe().wait_for(|blocked| !*blocked).await;
    }

    pub(super) fn decide(&self, plan: &Plan, passing: &Passing<'_>) -> Option<Fault> {
        let fault = plan.decide(passing);
        if fault.is_some() {
            self.injected.fetch_add(1, Ordering::Relaxed);
        }
        fault
    }

    pub(super) fn injected(&self) -> u64 {
        self.injected.load(Ordering::Relaxed)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Default for Line {
    fn default() -> Self {
        Self {
            cuts: watch::Sender::new(0),
            blocked: watch::Sender::new(false),
            down_until: Mutex::default(),
            unsettled: Mutex::default(),
            injected: AtomicU64::new(0),
        }
    }
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Line")
            .field("cuts", &*self.cuts.borrow())
            .field("blocked", &*self.blocked.borrow())
            .field("injected", &self.injected())
            .finish_non_exhaustive()
    }
}
