//! Deleting what was sent long ago.

use super::Relay;
use crate::clock;
use crate::{OutboxStore, Publisher};
use std::time::Duration;

/// Small, so that writers wait only for a moment.
const BATCH: usize = 1_000;
const INTERVAL: Duration = Duration::from_secs(60);

impl<S: OutboxStore, P: Publisher> Relay<S, P> {
    /// Deletes a batch when it is time, and the next one after the next round while there may be more.
    pub(super) async fn prune_if_due(&mut self) {
        if self.next_prune.is_some_and(|due| due > clock::now()) {
            return;
        }
        let age = self.office.config.keep_sent;
        let pruned = self
            .office
            .asked("prune_sent", self.office.store.prune_sent(age, BATCH))
            .await;
        self.office.counters.pruned(pruned.unwrap_or_default());
        let there_may_be_more = pruned.is_some_and(|pruned| pruned >= BATCH);
        if !there_may_be_more {
            self.next_prune = Some(clock::now() + INTERVAL);
        }
    }
}
