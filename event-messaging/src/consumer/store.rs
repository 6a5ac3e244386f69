//! Calls of the inbox store, whose failures are counted and said.

use super::worker::Worker;
use crate::{Admission, DeadLetters, InboxEntry, InboxStore};

/// The store failed, and that was counted and said.
pub(super) struct StoreDown;

impl<H, D: DeadLetters, I: InboxStore> Worker<H, D, I> {
    pub(super) async fn begin(&self) -> Result<I::Transaction, StoreDown> {
        let begun = self.inbox.begin().await;
        let transaction = self.checked("begin", begun)?;
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
        let admission = self.inbox.admit(transaction, entry).await;
        self.checked("admit", admission)
    }

    pub(super) async fn commit(&self, transaction: I::Transaction) -> Result<(), StoreDown> {
        let committed = self.inbox.commit(transaction).await;
        self.checked("commit", committed)
    }

    pub(super) fn checked<T>(
        &self,
        operation: &'static str,
        answer: Result<T, I::Error>,
    ) -> Result<T, StoreDown> {
        answer.map_err(|error| {
            self.store_failed(operation, &error);
            StoreDown
        })
    }
}
