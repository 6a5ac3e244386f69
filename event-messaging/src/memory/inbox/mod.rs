mod rows;
mod transaction;

pub use transaction::InboxTransaction;

use crate::clock::{self, Instant};
use crate::{Admission, InboxEntry, InboxStore, NewlyParked, Parked, ParkedBacklog, ParkedLease};
use rows::{Row, Rows, Write};
use std::collections::{BTreeSet, HashSet};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;

/// An inbox in this process: the reference of what the SQL of [`InboxStore`] means, and a store for tests. Cheap to
/// clone; clones are the same inbox.
///
/// A transaction holds its writes back until it is committed, and the effects that it is given with them. Two
/// transactions of one key wait for each other, as they do where a database locks the key.
///
/// Faults can be injected: the inbox can be [down](Self::set_down), and [lose the answers](Self::lose_answers) to
/// commits.
#[derive(Clone, Default)]
pub struct Inbox(Arc<Shared>);

#[derive(Default)]
struct Shared {
    rows: Mutex<Rows>,
    /// Told whenever a transaction ends.
    unlocked: Notify,
}

/// The inbox is down, or did not say whether it has committed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InboxUnavailable;

impl Inbox {
    /// An empty inbox.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether the message was handled for the consumer, or given up.
    #[must_use]
    pub fn is_handled(&self, consumer: &str, message_id: &str) -> bool {
        let entry = (consumer.to_owned(), message_id.to_owned());
        self.0.rows().handled.contains_key(&entry)
    }

    /// The ids of the messages that are parked for the consumer, in the order of their arrival.
    #[must_use]
    pub fn parked_ids(&self, consumer: &str) -> Vec<String> {
        let rows = self.0.rows();
        let parked = rows.parked.values().filter(|row| row.consumer == consumer);
        parked.map(|row| row.content.message_id.to_string()).collect()
    }

    /// Makes every call fail, or work again. Transactions that are open cannot commit while it is down.
    pub fn set_down(&self, is_down: bool) {
        self.0.rows().is_down = is_down;
    }

    /// Makes the next `commits` take effect and answer with an error, as when a connection breaks at the wrong moment.
    pub fn lose_answers(&self, commits: u32) {
        self.0.rows().answers_to_lose = commits;
    }

    /// How often the inbox was called, also while it was down.
    #[must_use]
    pub fn calls(&self) -> u64 {
        self.0.rows().calls
    }

    fn up(&self) -> Result<MutexGuard<'_, Rows>, InboxUnavailable> {
        self.0.up()
    }
}

impl Shared {
    /// Whole after every step, so a panic elsewhere does not spoil it.
    fn rows(&self) -> MutexGuard<'_, Rows> {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn up(&self) -> Result<MutexGuard<'_, Rows>, InboxUnavailable> {
        let mut rows = self.rows();
        rows.calls += 1;
        if rows.is_down {
            return Err(InboxUnavailable);
        }
        Ok(rows)
    }
}

impl InboxStore for Inbox {
    type Error = InboxUnavailable;

    type Transaction = InboxTransaction;

    const PARKS: bool = true;

    async fn begin(&self) -> Result<InboxTransaction, InboxUnavailable> {
        self.up().map(drop)?;
        Ok(InboxTransaction {
            shared: Arc::clone(&self.0),
            locks: BTreeSet::new(),
            writes: Vec::new(),
            effects: Vec::new(),
        })
    }

    async fn admit(
        &self,
        transaction: &mut InboxTransaction,
        entry: InboxEntry<'_>,
    ) -> Result<Admission, InboxUnavailable> {
        transaction.lock(entry.consumer, entry.key).await?;
        let (consumer, message_id) = (entry.consumer.to_owned(), entry.message_id.to_string());
        let rows = self.up()?;
        if rows.handled.contains_key(&(consumer.clone(), message_id.clone())) {
            return Ok(Admission::Duplicate);
        }
        if !entry.is_unparked && rows.is_parked(entry.consumer, entry.key) {
            return Ok(Admission::KeyParked);
        }
        transaction.writes.push(Write::Handled { consumer, message_id });
        Ok(Admission::New)
    }

    async fn commit(&self, mut transaction: InboxTransaction) -> Result<(), InboxUnavailable> {
        let mut rows = self.up()?;
        let now = clock::now();
        for write in std::mem::take(&mut transaction.writes) {
            rows.apply(write, now);
        }
        let left = rows.answers_to_lose.checked_sub(1);
        rows.answers_to_lose = left.unwrap_or(0);
        drop(rows);
        // The keys stay locked until the transaction is dropped.
        for effect in std::mem::take(&mut transaction.effects) {
            effect();
        }
        match left {
            Some(_) => Err(InboxUnavailable),
            None => Ok(()),
        }
    }

    async fn park(
        &self,
        transaction: &mut InboxTransaction,
        message: NewlyParked<'_>,
    ) -> Result<(), InboxUnavailable> {
        transaction.lock(message.consumer, message.key).await?;
        let now = clock::now();
        let row = Row {
            consumer: message.consumer.to_owned(),
            key: message.key.to_owned(),
            content: message.content.clone(),
            attempts: message.attempts,
            first_tried: now.checked_sub(message.tried_for).unwrap_or(now),
            not_before: now + message.delay,
            lease_until: None,
            fence: 0,
            reason: message.reason.to_owned(),
        };
        transaction.writes.push(Write::Parked(Box::new(row)));
        Ok(())
    }

    async fn claim_parked(
        &self,
        consumer: &str,
        limit: usize,
        lease: Duration,
    ) -> Result<Vec<Parked>, InboxUnavailable> {
        let mut rows = self.up()?;
        let now = clock::now();
        let mut claimed = Vec::new();
        for id in rows.due(consumer, now).into_iter().take(limit) {
            if let Some(row) = rows.parked.get_mut(&id) {
                row.lease_until = Some(now + lease);
                row.fence += 1;
                let lease = ParkedLease {
                    row: id,
                    fence: row.fence,
                };
                let tried_for = now.saturating_duration_since(row.first_tried);
                claimed.push(Parked::new(
                    lease,
                    row.key.clone(),
                    row.content.clone(),
                    row.attempts,
                    tried_for,
                    row.reason.clone(),
                ));
            }
        }
        Ok(claimed)
    }

    async fn unpark(
        &self,
        transaction: &mut InboxTransaction,
        lease: ParkedLease,
    ) -> Result<bool, InboxUnavailable> {
        let owner = {
            let rows = self.up()?;
            let row = rows.parked.get(&lease.row);
            row.map(|row| (row.consumer.clone(), row.key.clone()))
        };
        let Some((consumer, key)) = owner else {
            return Ok(false);
        };
        transaction.lock(&consumer, &key).await?;
        let rows = self.up()?;
        let is_ours = rows
            .parked
            .get(&lease.row)
            .is_some_and(|row| row.fence == lease.fence);
        if is_ours {
            transaction.writes.push(Write::Unparked(lease.row));
        }
        Ok(is_ours)
    }

    async fn postpone(
        &self,
        lease: ParkedLease,
        attempts: u32,
        delay: Duration,
        reason: &str,
    ) -> Result<bool, InboxUnavailable> {
        let mut rows = self.up()?;
        let row = rows.parked.get_mut(&lease.row);
        let Some(row) = row.filter(|row| row.fence == lease.fence) else {
            return Ok(false);
        };
        row.attempts = attempts;
        row.not_before = clock::now() + delay;
        row.lease_until = None;
        reason.clone_into(&mut row.reason);
        Ok(true)
    }

    async fn prune(&self, consumer: &str, age: Duration, limit: usize) -> Result<usize, InboxUnavailable> {
        let mut rows = self.up()?;
        let now = clock::now();
        let is_old = |handled: &Instant| now.saturating_duration_since(*handled) > age;
        let old: Vec<_> = rows
            .handled
            .iter()
            .filter(|((of, _), handled)| of == consumer && is_old(handled))
            .map(|(entry, _)| entry.clone())
            .take(limit)
            .collect();
        for entry in &old {
            rows.handled.remove(entry);
        }
        Ok(old.len())
    }

    async fn parked(&self, consumer: &str) -> Result<ParkedBacklog, InboxUnavailable> {
        let rows = self.up()?;
        let now = clock::now();
        let mut keys = HashSet::new();
        let (mut messages, mut oldest) = (0, None);
        for row in rows.parked.values().filter(|row| row.consumer == consumer) {
            messages += 1;
            keys.insert(&row.key);
            oldest = oldest.max(Some(now.saturating_duration_since(row.first_tried)));
        }
        Ok(ParkedBacklog::new(messages, keys.len() as u64, oldest))
    }
}

impl fmt::Debug for Inbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = self.0.rows();
        f.debug_struct("Inbox")
            .field("handled", &rows.handled.len())
            .field("parked", &rows.parked.len())
            .field("is_down", &rows.is_down)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for InboxUnavailable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the inbox is not available")
    }
}

impl std::error::Error for InboxUnavailable {}
