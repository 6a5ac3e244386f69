//! Calls of the inbox store, whose failures are counted and said.

use super::call;
use super::worker::Worker;
use crate::{Admission, DeadLetters, InboxEntry, InboxStore};
use std::future::Future;
use std::pin::pin;

/// The store failed, and that was counted and said.
pub(super) struct StoreDown;

impl<H, D: DeadLetters, I: InboxStore> Worker<H, D, I> {
    pub(super) async fn begin(&self) -> Result<I::Transaction, StoreDown> {
        let transaction = self.checked("begin", pin!(self.inbox.begin())).await?;
        if I::REMEMBERS {
            self.store.answered();
        }
        Ok(transaction)
    }

    pub(super) async fn admit(
        &self,
        transaction: &mut I::Transaction,
        entry: InboxEntry<'_>,
    ) -> Result<Admission, StoreDown> {
        self.checked("admit", pin!(self.inbox.admit(transaction, entry)))
            .await
    }

    pub(super) async fn commit(&self, transaction: I::Transaction) -> Result<(), StoreDown> {
        self.checked("commit", pin!(self.inbox.commit(transaction))).await
    }

    /// Waits for a call of the store, up to its limit, and counts and says it when the store failed.
    pub(super) async fn checked<T>(
        &self,
        operation: &'static str,
        call: impl Future<Output = Result<T, I::Error>>,
    ) -> Result<T, StoreDown> {
        call::within(self.config.call_timeout, call)
            .await
            .map_err(|error| {
                self.counters().store_failures(1);
                tracing::warn!(
                    consumer = self.config.name,
                    operation,
                    error = error.reason(),
                    "the inbox store failed"
                );
                StoreDown
            })
    }
}
