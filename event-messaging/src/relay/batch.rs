//! One round of a relay: claim, publish in waves, settle.

use super::lanes::Lanes;
use super::{Relay, Round};
use crate::clock::{self, Instant};
use crate::{Claimed, Lease, OutboundMessage, OutboxStore, Outcome, Publisher, Release};
use std::time::Duration;

/// What became of a batch's rows.
#[derive(Default)]
struct Settled {
    sent: Vec<Lease>,
    released: Vec<Release>,
}

impl<S: OutboxStore, P: Publisher> Relay<S, P> {
    /// Claims a batch, sends it and settles it. Begins nothing new after `deadline`.
    pub(super) async fn round(&mut self, deadline: Option<Instant>) -> Round {
        // Counted from before the claim, so that the lease ends here no later than in the store.
        let asked = clock::now();
        let lease_end = asked + self.config.lease;
        let claimed = match self.store.claim(self.config.batch, self.config.lease).await {
            Ok(claimed) => claimed,
            Err(error) => {
                self.store_failed("claim", &error);
                return Round::StoreFailed;
            }
        };
        if claimed.is_empty() {
            return Round::Idle { asked };
        }
        let last_start = lease_end - self.config.publish_timeout;
        let last_start = deadline.map_or(last_start, |deadline| deadline.min(last_start));
        let settled = self.send(Lanes::new(claimed), last_start).await;
        if self.settle(&settled, lease_end).await {
            Round::Worked
        } else {
            Round::StoreFailed
        }
    }

    /// Publishes wave after wave, each begun before `last_start`.
    async fn send(&mut self, mut lanes: Lanes, last_start: Instant) -> Settled {
        let mut settled = Settled::default();
        while !lanes.is_empty() {
            if clock::now() > last_start {
                settled.released.extend(lanes.rest().map(|row| untried(&row)));
                break;
            }
            let (rows, messages) = split(lanes.next_wave());
            for ((lane, lease, attempts), outcome) in rows.iter().zip(self.publish(messages).await) {
                self.counters.outcome(outcome);
                if outcome.is_sent() {
                    settled.sent.push(*lease);
                    continue;
                }
                let delay = self.config.backoff.delay(*attempts, &mut self.random);
                tracing::warn!(
                    row = lease.row,
                    attempts,
                    outcome = outcome.as_str(),
                    "message not sent"
                );
                settled.released.push(Release::new(*lease, delay, Some(outcome)));
                settled.released.extend(lanes.rest_of(*lane).iter().map(untried));
            }
        }
        settled
    }

    /// One outcome for each message, whatever the publisher answers, within the publish timeout.
    async fn publish(&self, messages: Vec<OutboundMessage>) -> Vec<Outcome> {
        let expected = messages.len();
        let deadline = clock::now() + self.config.publish_timeout;
        let answer = clock::until(deadline, self.publisher.publish(messages)).await;
        let mut outcomes = answer.unwrap_or_default();
        outcomes.resize(expected, Outcome::Unknown);
        outcomes
    }

    /// Writes down what became of the batch; tries again while the lease lasts. When it cannot, the rows are sent
    /// once more after the lease, with the same message ids. Whether it could.
    async fn settle(&mut self, settled: &Settled, lease_end: Instant) -> bool {
        let (mut marked, mut released) = (settled.sent.is_empty(), settled.released.is_empty());
        let mut failures = 0;
        loop {
            if !marked {
                match self.store.mark_sent(&settled.sent).await {
                    Ok(rows) => {
                        marked = true;
                        self.count_fenced_off(settled.sent.len().saturating_sub(rows));
                    }
                    Err(error) => self.store_failed("mark_sent", &error),
                }
            }
            if !released {
                match self.store.release(&settled.released).await {
                    Ok(_) => {
                        released = true;
                        self.expect_due(&settled.released);
                    }
                    Err(error) => self.store_failed("release", &error),
                }
            }
            if marked && released {
                return true;
            }
            failures += 1;
            let again = clock::now() + self.config.backoff.delay(failures, &mut self.random);
            if again >= lease_end {
                return false;
            }
            clock::sleep_until(again).await;
        }
    }

    /// Remembers when the first of these rows is due, counted from after the store wrote it down.
    fn expect_due(&mut self, released: &[Release]) {
        let resting = released
            .iter()
            .map(|row| row.delay)
            .filter(|delay| !delay.is_zero());
        if let Some(soonest) = resting.min() {
            let now = clock::now();
            let known = self.next_due.filter(|due| *due > now);
            self.next_due = Some(known.map_or(now + soonest, |due| due.min(now + soonest)));
        }
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

    pub(super) fn store_failed(&self, operation: &'static str, error: &S::Error) {
        self.counters.store_failed();
        tracing::warn!(
            operation,
            error = error as &dyn std::error::Error,
            "the outbox store failed"
        );
    }
}

/// A row given back as if it had not been claimed: it is free as soon as those before it in its key are.
fn untried(row: &Claimed) -> Release {
    Release::new(row.lease, Duration::ZERO, None)
}

/// What the relay keeps of a wave, and what the publisher gets.
fn split(wave: Vec<(usize, Claimed)>) -> (Vec<(usize, Lease, u32)>, Vec<OutboundMessage>) {
    wave.into_iter()
        .map(|(lane, row)| ((lane, row.lease, row.attempts), row.message))
        .unzip()
}
