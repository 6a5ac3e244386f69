use super::park::Row;
use super::rows::{Handled, Write};
use super::{Inbox, InboxTransaction, InboxUnavailable};
use crate::clock;
use crate::{Admission, InboxEntry, InboxStore, NewlyParked, Parked, ParkedBacklog, ParkedLease};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

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
        let handled = rows.handled.get(&(consumer.clone(), message_id.clone()));
        if handled.is_some_and(|handled| !(handled.is_given_up && entry.is_redriven)) {
            return Ok(Admission::Duplicate);
        }
        if !entry.is_unparked && rows.park.is_parked(entry.consumer, entry.key) {
            return Ok(Admission::KeyParked);
        }
        transaction.writes.push(Write::Handled {
            consumer,
            message_id,
            is_given_up: entry.is_given_up,
        });
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
            not_before: clock::later(now, message.delay),
            lease_until: None,
            fence: 0,
            reason: message.reason.to_owned(),
        };
        transaction.writes.push(Write::Parked {
            row: Box::new(row),
            is_redriven: message.is_redriven,
        });
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
            if let Some(row) = rows.park.row_mut(id) {
                row.lease_until = Some(clock::later(now, lease));
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
        let owner = self.up()?.park.row(lease.row).map(Row::owner);
        let Some((consumer, key)) = owner else {
            return Ok(false);
        };
        transaction.lock(&consumer, &key).await?;
        let rows = self.up()?;
        let row = rows.park.row(lease.row);
        let is_ours = row.is_some_and(|row| row.fence == lease.fence);
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
        let row = rows.park.row_mut(lease.row);
        let Some(row) = row.filter(|row| row.fence == lease.fence) else {
            return Ok(false);
        };
        row.attempts = attempts;
        row.not_before = clock::later(clock::now(), delay);
        row.lease_until = None;
        reason.clone_into(&mut row.reason);
        Ok(true)
    }

    async fn prune(&self, consumer: &str, age: Duration, limit: usize) -> Result<usize, InboxUnavailable> {
        let mut rows = self.up()?;
        let now = clock::now();
        let is_old = |handled: &Handled| now.saturating_duration_since(handled.at) > age;
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
        let tried_for = |row: &Row| now.saturating_duration_since(row.first_tried);
        let (messages, keys) = (rows.park.of(consumer).count(), rows.park.heads(consumer).count());
        let oldest = rows.park.heads(consumer).map(|(_, row)| tried_for(row)).max();
        Ok(ParkedBacklog::new(messages as u64, keys as u64, oldest))
    }
}
