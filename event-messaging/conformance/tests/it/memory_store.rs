//! Outbox and inbox in memory, as one store.

use event_messaging::memory::{Inbox, InboxTransaction, InboxUnavailable, Outbox};
use event_messaging::{
    Admission, Backlog, Claimed, InboxEntry, InboxStore, Lease, NewlyParked, OutboundMessage, OutboxStore,
    OutboxWriter, Parked, ParkedBacklog, ParkedLease, Release, clock,
};
use event_messaging_conformance::store::Stores;
use event_messaging_conformance::store_tests;
use std::convert::Infallible;
use std::time::Duration;

#[derive(Clone, Default)]
struct Memory {
    outbox: Outbox,
    inbox: Inbox,
}

async fn fresh() -> Memory {
    Memory::default()
}

store_tests! { #[tokio::test(start_paused = true)] fresh }

impl Stores for Memory {
    type Store = Self;

    /// What was sent is forgotten at once.
    const KEEPS_SENT: bool = false;

    async fn open(&self) -> Self {
        self.clone()
    }

    async fn pass(&self, time: Duration) {
        clock::sleep(time).await;
    }
}

impl OutboxStore for Memory {
    type Error = Infallible;

    async fn claim(&self, limit: usize, lease: Duration) -> Result<Vec<Claimed>, Infallible> {
        self.outbox.claim(limit, lease).await
    }

    async fn mark_sent(&self, rows: &[Lease]) -> Result<usize, Infallible> {
        self.outbox.mark_sent(rows).await
    }

    async fn release(&self, rows: &[Release]) -> Result<usize, Infallible> {
        self.outbox.release(rows).await
    }

    async fn backlog(&self) -> Result<Backlog, Infallible> {
        self.outbox.backlog().await
    }
}

impl OutboxWriter for Memory {
    type Error = InboxUnavailable;
    type Transaction = InboxTransaction;

    async fn next_sequence(
        &self,
        transaction: &mut InboxTransaction,
        key: &str,
    ) -> Result<u64, InboxUnavailable> {
        self.outbox.next_sequence(transaction, key).await
    }

    async fn enqueue(
        &self,
        transaction: &mut InboxTransaction,
        message: OutboundMessage,
    ) -> Result<(), InboxUnavailable> {
        OutboxWriter::enqueue(&self.outbox, transaction, message).await
    }
}

impl InboxStore for Memory {
    type Error = InboxUnavailable;
    type Transaction = InboxTransaction;

    const PARKS: bool = true;

    async fn begin(&self) -> Result<InboxTransaction, InboxUnavailable> {
        self.inbox.begin().await
    }

    async fn admit(
        &self,
        transaction: &mut InboxTransaction,
        entry: InboxEntry<'_>,
    ) -> Result<Admission, InboxUnavailable> {
        self.inbox.admit(transaction, entry).await
    }

    async fn commit(&self, transaction: InboxTransaction) -> Result<(), InboxUnavailable> {
        self.inbox.commit(transaction).await
    }

    async fn park(
        &self,
        transaction: &mut InboxTransaction,
        message: NewlyParked<'_>,
    ) -> Result<(), InboxUnavailable> {
        self.inbox.park(transaction, message).await
    }

    async fn claim_parked(
        &self,
        consumer: &str,
        limit: usize,
        lease: Duration,
    ) -> Result<Vec<Parked>, InboxUnavailable> {
        self.inbox.claim_parked(consumer, limit, lease).await
    }

    async fn unpark(
        &self,
        transaction: &mut InboxTransaction,
        lease: ParkedLease,
    ) -> Result<bool, InboxUnavailable> {
        self.inbox.unpark(transaction, lease).await
    }

    async fn postpone(
        &self,
        lease: ParkedLease,
        attempts: u32,
        delay: Duration,
        reason: &str,
    ) -> Result<bool, InboxUnavailable> {
        self.inbox.postpone(lease, attempts, delay, reason).await
    }

    async fn prune(&self, consumer: &str, age: Duration, limit: usize) -> Result<usize, InboxUnavailable> {
        self.inbox.prune(consumer, age, limit).await
    }

    async fn parked(&self, consumer: &str) -> Result<ParkedBacklog, InboxUnavailable> {
        self.inbox.parked(consumer).await
    }
}
