use crate::clock::{self, Instant};
use crate::{Backlog, Claimed, Lease, OutboundMessage, OutboxStore, Outcome, Release};
use std::collections::{BTreeMap, HashSet};
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
}

#[derive(Debug)]
struct Row {
    message: OutboundMessage,
    created: Instant,
    attempts: u32,
    fence: i64,
    lease_until: Option<Instant>,
    not_before: Option<Instant>,
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
            lease_until: None,
            not_before: None,
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
        self.lease_until.is_none_or(|until| until <= now) && self.not_before.is_none_or(|from| from <= now)
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
        let mut held_back: HashSet<String> = HashSet::new();
        let mut claimed = Vec::new();
        for (id, row) in &mut rows.pending {
            if claimed.len() == limit {
                break;
            }
            if held_back.contains(&row.message.key) {
                continue;
            }
            if !row.is_free(now) {
                held_back.insert(row.message.key.clone());
                continue;
            }
            row.lease_until = Some(now + lease);
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
            // A release whose answer got lost comes again, and counts once.
            let row = rows.leased(release.lease).filter(|row| row.lease_until.is_some());
            if let Some(row) = row {
                row.lease_until = None;
                row.not_before = Some(now + release.delay);
                if release.outcome.is_none() {
                    row.attempts -= 1;
                }
                row.last_outcome = release.outcome;
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
