//! One step of a relay: a wave is published while the store is told of the one before, and asked for more.

use super::lanes::Lanes;
use super::store::{Settled, Told};
use super::{Relay, Step};
use crate::clock::{self, Instant};
use crate::{Claimed, Lease, OutboundMessage, OutboxStore, Outcome, Publisher};
use futures_util::FutureExt;
use futures_util::future::join;

/// How many batches of rows are held at most. One busy key fills one, and many would fill the memory.
const BATCHES_HELD: usize = 4;

/// How long what was claimed is this relay's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Term {
    /// When the last publish may begin that is certain to end in time.
    pub(super) last_start: Instant,
    pub(super) end: Instant,
}

/// What the relay holds between two steps.
#[derive(Default)]
pub(super) struct Held {
    pub(super) lanes: Lanes,
    /// What the store is to be told.
    pub(super) settled: Settled,
    /// Whether to claim as soon as there is room.
    pub(super) must_claim: bool,
    /// When to claim in any case; at once after the start.
    pub(super) next_claim: Option<Instant>,
    /// Whether the last call of the store failed: nothing is published until one succeeds.
    pub(super) is_store_down: bool,
}

impl Held {
    /// How many rows to claim. Asking costs the store a look at all that waits behind the keys that are held, so it is
    /// asked only when an answer is likely.
    fn wanted(&self, batch: usize, is_idle: bool) -> usize {
        let is_time = self.next_claim.is_none_or(|at| at <= clock::now());
        if is_idle || self.must_claim || is_time {
            batch.saturating_sub(self.lanes.waiting())
        } else {
            0
        }
    }
}

impl<S: OutboxStore, P: Publisher> Relay<S, P> {
    /// Publishes the next message of every key that is held; meanwhile settles what was published before, and claims.
    ///
    /// So no key waits for another: what is free is claimed, sent and settled while a busy key goes on, whose messages
    /// go one by one, each after the one before it was confirmed.
    pub(super) async fn step(&mut self) -> Step {
        let now = clock::now();
        self.held.must_claim |= self.wake.notified().now_or_never().is_some();
        for (term, row) in self.held.lanes.expired(now) {
            self.held.settled.untried(&row, term);
        }
        self.held.must_claim |= self.held.lanes.close();
        let is_idle = self.held.lanes.is_empty();
        let (rows, messages) = if self.held.is_store_down {
            (Vec::new(), Vec::new())
        } else {
            split(self.held.lanes.next_wave())
        };
        let wanted = self.held.wanted(self.config.batch, is_idle);
        self.held.must_claim &= wanted == 0;
        let settled = self.held.settled.take(now);
        let (outcomes, told) = join(self.publish(messages), self.tell(settled, wanted)).await;
        for ((lane, lease, attempts), outcome) in rows.into_iter().zip(outcomes) {
            self.record(lane, lease, attempts, outcome);
        }
        self.held.must_claim |= self.held.lanes.close();
        self.take(told, is_idle)
    }

    /// One outcome for each message, whatever the publisher answers, within the publish timeout.
    async fn publish(&self, messages: Vec<OutboundMessage>) -> Vec<Outcome> {
        if messages.is_empty() {
            return Vec::new();
        }
        let expected = messages.len();
        let deadline = clock::now() + self.config.publish_timeout;
        let answer = clock::until(deadline, self.publisher.publish(messages)).await;
        let mut outcomes = answer.unwrap_or_default();
        outcomes.resize(expected, Outcome::Unknown);
        outcomes
    }

    /// Notes what became of a message. One that was not sent rests, with what is behind it in its key.
    fn record(&mut self, lane: usize, lease: Lease, attempts: u32, outcome: Outcome) {
        self.counters.outcome(outcome);
        let Held { lanes, settled, .. } = &mut self.held;
        let term = lanes.term_of(lane);
        if outcome.is_sent() {
            settled.sent(lease, term);
            return;
        }
        let delay = self.config.backoff.delay(attempts, &mut self.random);
        tracing::warn!(
            row = lease.row,
            attempts,
            outcome = outcome.as_str(),
            "message not sent"
        );
        settled.failed(lease, delay, outcome, term);
        for row in lanes.rest_of(lane) {
            settled.untried(&row, term);
        }
    }

    /// Takes up what the store has answered.
    fn take(&mut self, told: Told, was_idle: bool) -> Step {
        self.held.is_store_down = told.has_failed;
        self.held.settled.put_back(told.left);
        if let Some(due) = told.due {
            let known = self.next_due.filter(|known| *known > clock::now());
            self.next_due = Some(known.map_or(due, |known| known.min(due)));
        }
        let Some(claim) = told.claim else {
            self.held.must_claim |= told.has_failed;
            return if told.has_failed {
                Step::StoreFailed
            } else {
                Step::Worked
            };
        };
        self.held.must_claim |= claim.is_full;
        self.held.next_claim = Some(clock::now() + self.idle_time(claim.asked));
        if claim.rows.is_empty() {
            return if was_idle {
                Step::Idle { asked: claim.asked }
            } else {
                Step::Worked
            };
        }
        let term = Term {
            last_start: claim.asked + (self.config.lease - self.config.publish_timeout),
            end: claim.asked + self.config.lease,
        };
        self.held.lanes.add(claim.rows, term, claim.is_full);
        for (term, row) in self.held.lanes.surplus(BATCHES_HELD * self.config.batch) {
            self.held.settled.untried(&row, term);
        }
        Step::Worked
    }
}

/// What the relay keeps of a wave, and what the publisher gets.
fn split(wave: Vec<(usize, Claimed)>) -> (Vec<(usize, Lease, u32)>, Vec<OutboundMessage>) {
    wave.into_iter()
        .map(|(lane, row)| ((lane, row.lease, row.attempts), row.message))
        .unzip()
}
