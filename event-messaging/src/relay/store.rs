//! What a relay asks of its store. Every call ends by a deadline.

use super::Office;
use super::step::Term;
use crate::clock::{self, Instant};
use crate::{Claimed, Lease, OutboxStore, Outcome, Release};
use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::time::Duration;

/// What became of rows, until the store knows.
///
/// It is told of all of them at once: were a row marked while one before it in its key is not, that one would come
/// again when its lease is over, behind its successor.
#[derive(Default)]
pub(super) struct Settled {
    sent: Vec<Lease>,
    /// How many of them it was told of before, and gave no answer. It may have marked them.
    told_before: usize,
    released: Vec<Release>,
    /// When the last of their leases ends, and with it the use of telling.
    until: Option<Instant>,
}

impl Settled {
    pub(super) fn sent(&mut self, lease: Lease, term: Term) {
        self.sent.push(lease);
        self.until = self.until.max(Some(term.end));
    }

    pub(super) fn failed(&mut self, lease: Lease, delay: Duration, outcome: Outcome, term: Term) {
        self.released.push(Release::new(lease, delay, Some(outcome)));
        self.until = self.until.max(Some(term.end));
    }

    /// A row given back as if it had not been claimed: it is free as soon as those before it in its key are.
    pub(super) fn untried(&mut self, row: &Claimed, term: Term) {
        self.released.push(Release::new(row.lease, Duration::ZERO, None));
        self.until = self.until.max(Some(term.end));
    }

    pub(super) fn len(&self) -> usize {
        self.sent.len() + self.released.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.sent.is_empty() && self.released.is_empty()
    }

    /// Takes everything. Nothing when the leases are over: those rows are sent once more, with the same message ids.
    pub(super) fn take(&mut self, now: Instant) -> Self {
        let all = std::mem::take(self);
        if all.until.is_some_and(|until| until <= now) {
            tracing::warn!(
                sent = all.sent.len(),
                "the store could not be told in time of what was sent: it will be sent again"
            );
            return Self::default();
        }
        all
    }

    /// Adds what the store could not be told.
    pub(super) fn put_back(&mut self, mut other: Self) {
        self.told_before += other.sent.len();
        self.sent.append(&mut other.sent);
        self.released.append(&mut other.released);
        if !self.is_empty() {
            self.until = self.until.max(other.until);
        }
    }
}

/// What the store has answered.
pub(super) struct Told {
    /// What it could not be told.
    pub(super) left: Settled,
    /// When the rows that rest are due, counted from after the store wrote them down.
    pub(super) dues: Vec<Instant>,
    /// What was claimed; `None` when it was not asked, or did not answer.
    pub(super) claim: Option<Claim>,
    pub(super) has_failed: bool,
}

pub(super) struct Claim {
    pub(super) rows: Vec<Claimed>,
    /// Counted from before the claim, so that the lease ends here no later than in the store.
    pub(super) asked: Instant,
    /// Whether there may be more.
    pub(super) is_full: bool,
}

/// A call that was cut off at its deadline.
#[derive(Debug)]
struct Elapsed;

impl<S: OutboxStore, P> Office<S, P> {
    /// Tells the store what became of rows, and then claims up to `wanted` others, so that a key whose last row was
    /// settled is free again.
    pub(super) async fn tell(&self, mut settled: Settled, wanted: usize) -> Told {
        if !settled.sent.is_empty()
            && let Some(marked) = self.asked("mark_sent", self.store.mark_sent(&settled.sent)).await
        {
            let missed = settled.sent.len().saturating_sub(marked);
            self.count_fenced_off(missed.saturating_sub(settled.told_before));
            settled.sent.clear();
        }
        let mut dues = Vec::new();
        if !settled.released.is_empty()
            && self
                .asked("release", self.store.release(&settled.released))
                .await
                .is_some()
        {
            let now = clock::now();
            let released = settled.released.drain(..);
            let resting = released.filter(|row| !row.delay.is_zero());
            dues.extend(resting.map(|row| now + row.delay));
        }
        let mut has_failed = !settled.is_empty();
        let mut claim = None;
        if wanted > 0 && !has_failed {
            let asked = clock::now();
            let rows = self
                .asked("claim", self.store.claim(wanted, self.config.lease))
                .await;
            has_failed = rows.is_none();
            claim = rows.map(|rows| Claim {
                is_full: rows.len() >= wanted,
                rows,
                asked,
            });
        }
        Told {
            left: settled,
            dues,
            claim,
            has_failed,
        }
    }

    /// The store's answer, if it comes in time and is no error.
    pub(super) async fn asked<T>(
        &self,
        operation: &'static str,
        call: impl Future<Output = Result<T, S::Error>>,
    ) -> Option<T> {
        let deadline = clock::now() + self.config.store_timeout;
        match clock::until(deadline, call).await {
            Some(Ok(answer)) => return Some(answer),
            Some(Err(error)) => self.store_failed(operation, &error),
            None => self.store_failed(operation, &Elapsed),
        }
        None
    }

    fn store_failed(&self, operation: &'static str, error: &(dyn StdError + 'static)) {
        self.counters.store_failed();
        tracing::warn!(operation, error, "the outbox store failed");
    }

    fn count_fenced_off(&self, rows: usize) {
        if rows > 0 {
            self.counters.fenced_off(rows);
            tracing::warn!(
                rows,
                "another relay had claimed rows of this one: its lease ran out"
            );
        }
    }
}

impl fmt::Display for Elapsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no answer by the deadline")
    }
}

impl StdError for Elapsed {}
