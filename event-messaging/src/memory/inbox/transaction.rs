use super::rows::Write;
use super::{InboxUnavailable, Shared};
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

/// A transaction of an [`Inbox`](super::Inbox). Dropped, it rolls back.
pub struct InboxTransaction {
    pub(super) shared: Arc<Shared>,
    pub(super) locks: BTreeSet<(String, String)>,
    pub(super) writes: Vec<Write>,
    pub(super) effects: Vec<Box<dyn FnOnce() + Send>>,
}

impl InboxTransaction {
    /// Runs `effect` when the transaction is committed, together with its writes: what an `INSERT` is in a
    /// transaction of a database. It must not block.
    pub fn on_commit(&mut self, effect: impl FnOnce() + Send + 'static) {
        self.effects.push(Box::new(effect));
    }

    /// Waits until no other transaction works on the key.
    pub(in crate::memory) async fn lock(
        &mut self,
        consumer: &str,
        key: &str,
    ) -> Result<(), InboxUnavailable> {
        let lock = (consumer.to_owned(), key.to_owned());
        if self.locks.contains(&lock) {
            return self.shared.up().map(drop);
        }
        loop {
            // Created before looking, so that what happens in between wakes it.
            let unlocked = self.shared.unlocked.notified();
            if self.shared.up()?.locked.insert(lock.clone()) {
                self.locks.insert(lock);
                return Ok(());
            }
            unlocked.await;
        }
    }
}

impl Drop for InboxTransaction {
    fn drop(&mut self) {
        // What an effect undoes when it does not run is undone under the locks.
        self.effects.clear();
        let mut rows = self.shared.rows();
        for lock in &self.locks {
            rows.locked.remove(lock);
        }
        drop(rows);
        self.shared.unlocked.notify_waiters();
    }
}

impl fmt::Debug for InboxTransaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InboxTransaction")
            .field("writes", &self.writes.len())
            .field("effects", &self.effects.len())
            .finish_non_exhaustive()
    }
}
