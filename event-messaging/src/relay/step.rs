//! One step of a relay: the store is told of what was published and asked for more, and waves go on meanwhile.

use super::lanes::Lanes;
use super::rests::Rests;
use super::store::{Settled, Told};
use super::{Office, Relay, Step};
use crate::clock::{self, Instant};
use crate::{Lease, OutboundMessage, OutboxStore, Outcome, Publisher, RelayConfig};
use futures_util::FutureExt;
use futures_util::future::{Either, select};
use std::future::Future;
use std::pin::{Pin, pin};
use std::time::Duration;

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
pub(super) struct Held {
    pub(super) random: fastrand::Rng,
    pub(super) lanes: Lanes,
    /// What the store is to be told.
    pub(super) settled: Settled,
    /// Whether to claim as soon as there is room.
    must_claim: bool,
    /// When to claim in any case; at once after the start.
    next_claim: Option<Instant>,
    /// Whether the last call of the store failed: nothing is published until one succeeds.
    is_store_down: bool,
    rests: Rests,
    /// When to begin nothing more, once it is known.
    pub(super) ends: Option<Instant>,
}

/// What the relay keeps of a wave: of each message its lane, its claim, and how often it was tried.
type Wave = Vec<(usize, Lease, u32)>;

impl<S: OutboxStore, P: Publisher> Relay<S, P> {
    /// Settles what was published, claims what is free, and meanwhile publishes wave after wave of what is held.
    ///
    /// So no key waits for another: others are claimed, sent and settled while a busy one goes on, whose messages go
    /// one by one, each after the one before it was confirmed.
    pub(super) async fn step(&mut self) -> Step {
        let Self {
            office, held, wake, ..
        } = self;
        held.begin(wake.notified().now_or_never().is_some());
        let mut in_flight = None;
        // What is answered at once needs no company: the store is told of a whole batch.
        while in_flight.is_none() && held.settled.len() < office.config.batch {
            let Some((wave, mut publishing)) = office.launch(held) else {
                break;
            };
            match publishing.as_mut().now_or_never() {
                Some(outcomes) => office.record(held, wave, outcomes),
                None => in_flight = Some((wave, publishing)),
            }
        }
        let settled = held.settled.take(clock::now());
        let mut telling = pin!(office.tell(settled, held.take_wanted(office.config.batch)));
        let told = loop {
            let Some((wave, publishing)) = in_flight.take().or_else(|| office.launch(held)) else {
                break telling.await;
            };
            match select(publishing, telling.as_mut()).await {
                Either::Left((outcomes, _)) => office.record(held, wave, outcomes),
                Either::Right((told, publishing)) => {
                    office.record(held, wave, publishing.await);
                    break told;
                }
            }
        };
        held.take(told, &office.config)
    }
}

impl<S: OutboxStore, P: Publisher> Office<S, P> {
    /// Begins to publish the next message of every key that is held.
    fn launch<'a>(
        &'a self,
        held: &mut Held,
    ) -> Option<(Wave, Pin<Box<impl Future<Output = Vec<Outcome>> + use<'a, S, P>>>)> {
        let now = clock::now();
        if held.is_store_down || held.ends.is_some_and(|end| end <= now) {
            return None;
        }
        let wave = held.lanes.next_wave(now);
        let (wave, messages): (Wave, Vec<OutboundMessage>) = wave
            .into_iter()
            .map(|(lane, row)| ((lane, row.lease, row.attempts), row.message))
            .unzip();
        (!wave.is_empty()).then(|| (wave, Box::pin(self.publish(messages))))
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

    /// Notes what became of a wave. A message that was not sent rests, with what is behind it in its key.
    fn record(&self, held: &mut Held, wave: Wave, outcomes: Vec<Outcome>) {
        let Held {
            lanes,
            settled,
            random,
            ..
        } = held;
        for ((lane, lease, attempts), outcome) in wave.into_iter().zip(outcomes) {
            self.counters.outcome(outcome);
            let term = lanes.term_of(lane);
            if outcome.is_sent() {
                settled.sent(lease, term);
                continue;
            }
            let delay = self.config.backoff.delay(attempts, random);
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
        held.must_claim |= held.lanes.close();
    }
}

impl Held {
    pub(super) fn new(random: fastrand::Rng) -> Self {
        Self {
            random,
            lanes: Lanes::default(),
            settled: Settled::default(),
            must_claim: false,
            next_claim: None,
            is_store_down: false,
            rests: Rests::new(clock::now()),
            ends: None,
        }
    }

    /// Gives up what cannot be sent before its lease ends.
    fn begin(&mut self, is_woken: bool) {
        for (term, row) in self.lanes.expired(clock::now()) {
            self.settled.untried(&row, term);
        }
        self.must_claim |= is_woken | self.lanes.close();
    }

    /// How many rows to claim. Asking costs the store a look at all that waits behind the keys that are held, so it is
    /// asked only when an answer is likely.
    fn take_wanted(&mut self, batch: usize) -> usize {
        let is_time = self.next_claim.is_none_or(|at| at <= clock::now());
        if !(self.lanes.is_empty() || self.must_claim || is_time) {
            return 0;
        }
        let wanted = batch.saturating_sub(self.lanes.waiting());
        self.must_claim = wanted == 0;
        wanted
    }

    /// Takes up what the store has answered.
    fn take(&mut self, told: Told, config: &RelayConfig) -> Step {
        self.is_store_down = told.has_failed;
        self.settled.put_back(told.left);
        for due in told.dues {
            self.rests.add(due);
        }
        if told.has_failed {
            self.must_claim = true;
            return Step::StoreFailed;
        }
        let Some(claim) = told.claim else {
            return Step::Worked;
        };
        self.must_claim |= claim.is_full;
        let pause = self.idle_time(claim.asked, config.poll_interval);
        self.next_claim = Some(clock::now() + pause);
        if claim.rows.is_empty() && self.lanes.is_empty() && self.settled.is_empty() {
            return Step::Idle { pause };
        }
        let term = Term {
            last_start: claim.asked + (config.lease - config.publish_timeout),
            end: claim.asked + config.lease,
        };
        self.lanes.add(claim.rows, term, claim.is_full);
        for (term, row) in self.lanes.surplus(BATCHES_HELD * config.batch) {
            self.settled.untried(&row, term);
        }
        Step::Worked
    }

    /// How long there is nothing to do: until the next poll, or until something that rests is due.
    fn idle_time(&mut self, asked: Instant, poll_interval: Duration) -> Duration {
        // What fell due after the store was asked has not been seen yet.
        let due = self.rests.next_after(asked);
        due.map_or(poll_interval, |due| {
            poll_interval.min(due.saturating_duration_since(clock::now()))
        })
    }
}
