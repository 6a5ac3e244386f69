use crate::clock::{self, Instant};
use crate::memory::{InboxTransaction, InboxUnavailable};
use crate::{Backlog, Claimed, Lease, OutboundMessage, OutboxStore, OutboxWriter, Outcome, Release};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// An outbox in this process: the reference of what the SQL of [`OutboxStore`] means, and a store for
/// tests. Cheap to clone; clones are the same outbox. What was sent is forgotten.
#[derive(Clone, Debug, Default)]
pub struct Outbox(Arc<Mutex<Rows>>);

#[derive(Debug, Default)]
struct Rows {
    pending: BTreeMap<i64, Row>,
    written: i64,
    /// The pending rows that are leased or rest, or did.
    held: BTreeSet<i64>,
    /// The last number of each key.
    sequences: HashMap<String, u64>,
}

#[derive(Debug)]
struct Row {
    message: OutboundMessage,
    created: Instant,
    attempts: u32,
    fence: i64,
    held_until: Option<Instant>,
    last_outcome: Option<Outcome>,
}

impl Outbox {
    /// An empty outbox.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Writes a message, as a transaction that commits would. Wake the relay afterwards.
    pub fn enqueue(&self, message: OutboundMessage) {
        let mut rows = self.rows();
        rows.written += 1;
        let id = rows.written;
        let row = Row {
            message,
            created: clock::now(),
            attempts: 0,
            fence: 0,
            held_until: None,
            last_outcome: None,
        };
        rows.pending.insert(id, row);
    }

    /// What became of the last try of a message that is still pending; `None` when it was not tried, or is sent.
    #[must_use]
    pub fn last_outcome(&self, message_id: &str) -> Option<Outcome> {
        let rows = self.rows();
        let row = rows
            .pending
            .values()
            .find(|row| row.message.message_id.as_str() == message_id)?;
        row.last_outcome
    }

    fn rows(&self) -> MutexGuard<'_, Rows> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Row {
    fn is_free(&self, now: Instant) -> bool {
        self.held_until.is_none_or(|until| until <= now)
    }
}

impl Rows {
    /// The row, if the claim is the last one of it.
    fn leased(&mut self, lease: Lease) -> Option<&mut Row> {
        self.pending
            .get_mut(&lease.row)
            .filter(|row| row.fence == lease.fence)
    }
}

impl OutboxStore for Outbox {
    type Error = Infallible;

    async fn claim(&self, limit: usize, lease: Duration) -> Result<Vec<Claimed>, Infallible> {
        let now = clock::now();
        let mut rows = self.rows();
        let Rows { pending, held, .. } = &mut *rows;
        let held_rows = held.iter().filter_map(|id| pending.get(id));
        let held_keys: HashSet<String> = held_rows
            .filter(|row| !row.is_free(now))
            .map(|row| row.message.key.clone())
            .collect();
        let mut claimed = Vec::new();
        for (id, row) in pending {
            if claimed.len() == limit {
                break;
            }
            if held_keys.contains(&row.message.key) {
                continue;
            }
            row.held_until = Some(clock::later(now, lease));
            held.insert(*id);
            row.fence += 1;
            row.attempts += 1;
            let lease = Lease {
                row: *id,
                fence: row.fence,
            };
            claimed.push(Claimed::new(lease, row.attempts, row.message.clone()));
        }
        Ok(claimed)
    }

    async fn mark_sent(&self, leases: &[Lease]) -> Result<usize, Infallible> {
        let mut rows = self.rows();
        let mut marked = 0;
        for lease in leases {
            if rows.leased(*lease).is_some() {
                rows.pending.remove(&lease.row);
                rows.held.remove(&lease.row);
                marked += 1;
            }
        }
        Ok(marked)
    }

    async fn release(&self, releases: &[Release]) -> Result<usize, Infallible> {
        let now = clock::now();
        let mut rows = self.rows();
        let mut released = 0;
        for release in releases {
            if let Some(row) = rows.leased(release.lease) {
                // A release whose answer got lost comes again: its lease is not the last one then.
                row.fence += 1;
                row.held_until = Some(clock::later(now, release.delay));
                if release.outcome.is_none() {
                    row.attempts -= 1;
                }
                row.last_outcome = release.outcome.or(row.last_outcome);
                released += 1;
            }
        }
        Ok(released)
    }

    async fn backlog(&self) -> Result<Backlog, Infallible> {
        let now = clock::now();
        let rows = self.rows();
        // Rows are written in order, so the first is the oldest.
        let oldest = rows
            .pending
            .values()
            .next()
            .map(|row| now.duration_since(row.created));
        Ok(Backlog::new(rows.pending.len() as u64, oldest))
    }
}

/// In the transaction of an [`Inbox`](crate::memory::Inbox): what a handler writes goes with its inbox row.
impl OutboxWriter for Outbox {
    type Error = InboxUnavailable;

    type Transaction = InboxTransaction;

    async fn next_sequence(
        &self,
        transaction: &mut InboxTransaction,
        key: &str,
    ) -> Result<u64, InboxUnavailable> {
        transaction.lock(SEQUENCES, key).await?;
        let next = {
            let mut rows = self.rows();
            let last = rows.sequences.entry(key.to_owned()).or_default();
            *last += 1;
            *last
        };
        let undo = Undo {
            outbox: self.clone(),
            key: Some(key.to_owned()),
        };
        transaction.on_commit(move || undo.keep());
        Ok(next)
    }

    async fn enqueue(
        &self,
        transaction: &mut InboxTransaction,
        message: OutboundMessage,
    ) -> Result<(), InboxUnavailable> {
        let outbox = self.clone();
        transaction.on_commit(move || outbox.enqueue(message));
        Ok(())
    }
}

/// In place of a consumer's name, for the lock of a key's number.
const SEQUENCES: &str = "";

/// Takes a number back when its transaction ends without a commit; the key is locked until then.
struct Undo {
    outbox: Outbox,
    key: Option<String>,
}

impl Undo {
    fn keep(mut self) {
        self.key = None;
    }
}

impl Drop for Undo {
    fn drop(&mut self) {
        let Some(key) = self.key.take() else { return };
        if let Some(last) = self.outbox.rows().sequences.get_mut(&key) {
            *last -= 1;
        }
    }
}
