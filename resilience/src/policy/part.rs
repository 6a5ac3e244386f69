use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::invalid::InvalidPolicy;

/// A part of a policy that can be switched on and off while calls are under way.
///
/// The handle stays once it is there, so that calls can borrow it and its state outlasts being off. This is why no
/// pointer has to be swapped on reload.
#[derive(Debug)]
pub(super) struct Part<H> {
    is_on: AtomicBool,
    handle: OnceLock<H>,
}

impl<H> Part<H> {
    pub(super) fn new(handle: Option<H>) -> Self {
        Self {
            is_on: AtomicBool::new(handle.is_some()),
            handle: handle.map_or_else(OnceLock::new, OnceLock::from),
        }
    }

    /// The handle, if the part is on.
    #[inline]
    pub(super) fn get(&self) -> Option<&H> {
        // Relaxed: the lock orders what is in the handle, and a call may just miss a switch.
        if self.is_on.load(Ordering::Relaxed) {
            self.handle.get()
        } else {
            None
        }
    }

    /// Switches the part off if there is no `policy`, and on under `policy` otherwise; `make` makes the handle the
    /// first time, `change` changes it from then on.
    pub(super) fn reload<V>(
        &self,
        policy: Option<V>,
        make: impl FnOnce(V) -> Result<H, InvalidPolicy>,
        change: impl FnOnce(&H, V) -> Result<(), InvalidPolicy>,
    ) -> Result<(), InvalidPolicy> {
        let Some(policy) = policy else {
            self.is_on.store(false, Ordering::Relaxed);
            return Ok(());
        };
        match self.handle.get() {
            Some(handle) => change(handle, policy)?,
            None => {
                let made = make(policy)?;
                // Whoever reloads at the same moment may have been first; then its policy holds, as it may.
                let _ = self.handle.set(made);
            }
        }
        self.is_on.store(true, Ordering::Relaxed);
        Ok(())
    }
}
