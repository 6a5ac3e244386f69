//! Runs attempts: lanes, slots, the gate before the store, and the futures themselves.

use super::gate::Gate;
use super::job::{Job, Step, Unsettled};
use super::lanes::{Key, Lanes};
use super::running::{Running, Slot};
use super::worker::StoreHealth;
use crate::clock::{self, Instant};
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll};

/// All messages that are held, and what runs of them. `A` makes the future of an attempt.
pub(super) struct Engine<'a, U: Unsettled, M, A, F> {
    attempt: A,
    store: &'a StoreHealth,
    concurrency: usize,
    lanes: Lanes<Job<U, M>>,
    running: FuturesUnordered<Running<U, F>>,
    /// The place of the next future, so that one which ends at once needs no memory of its own.
    spare: Option<Pin<Box<Option<F>>>>,
    gate: Gate,
    held: usize,
    is_stopped: bool,
    /// Where those stood that are done since this was asked for.
    done: Vec<U::Place>,
}

impl<'a, U, M, A, F> Engine<'a, U, M, A, F>
where
    U: Unsettled,
    A: Fn(Job<U, M>) -> F,
    F: Future<Output = Step<U, M>>,
{
    pub(super) fn new(concurrency: usize, store: &'a StoreHealth, attempt: A) -> Self {
        Self {
            attempt,
            store,
            concurrency,
            lanes: Lanes::new(),
            running: FuturesUnordered::new(),
            spare: None,
            gate: Gate::default(),
            held: 0,
            is_stopped: false,
            done: Vec::new(),
        }
    }

    /// How many messages are held.
    pub(super) fn held(&self) -> usize {
        self.held
    }

    /// Whether any attempt runs.
    pub(super) fn is_running(&self) -> bool {
        !self.running.is_empty()
    }

    /// Begins no attempt from now on, or goes on with it.
    pub(super) fn stop(&mut self, is_stopped: bool) {
        self.is_stopped = is_stopped;
    }

    /// Takes the places of those who are done.
    pub(super) fn take_done(&mut self) -> std::vec::Drain<'_, U::Place> {
        self.done.drain(..)
    }

    /// A message came, of a key or of none. It starts here and now if it may: most end before this returns, and
    /// then nothing was allocated and no lane was taken.
    pub(super) fn accept(&mut self, cx: &mut Context<'_>, key: Option<&str>, job: Job<U, M>) {
        self.held += 1;
        if let Some(key) = key
            && !self.lanes.is_free(key)
        {
            self.lanes.wait(key, job);
        } else if self.may_start() {
            self.start(cx, key.map_or(Lane::None, Lane::Free), job);
        } else {
            let key = key.map(|key| self.lanes.take(key));
            self.lanes.ready(key, job);
        }
    }

    /// Waits until attempts have ended, and starts those who may after them. Never completes while none runs. Cancel
    /// safe.
    pub(super) async fn progress(&mut self) {
        poll_fn(|cx| {
            let mut ended = false;
            // Bounded, so that others have their turn.
            for _ in 0..self.concurrency {
                match self.running.poll_next_unpin(cx) {
                    Poll::Ready(Some((slot, step))) => {
                        self.ended(slot, step);
                        ended = true;
                    }
                    Poll::Ready(None) | Poll::Pending => break,
                }
            }
            // Somebody who runs has been to the store, and all others need not wait for his end.
            if !self.gate.is_open() && self.store.has_answered() {
                self.gate.answered();
                ended = true;
            }
            if !ended {
                return Poll::Pending;
            }
            self.pump(cx);
            Poll::Ready(())
        })
        .await;
    }

    /// When [`wake`](Self::wake) has something to do.
    pub(super) fn wake_at(&self) -> Option<Instant> {
        if self.is_stopped {
            return None;
        }
        let waits_for_gate = self.has_slot() && self.lanes.is_anyone_ready();
        let gate = self.gate.opens_at().filter(|_| waits_for_gate);
        gate.into_iter().chain(self.lanes.next_due()).min()
    }

    /// Starts all who may.
    pub(super) async fn wake(&mut self) {
        poll_fn(|cx| {
            self.pump(cx);
            Poll::Ready(())
        })
        .await;
    }

    /// Lets those who run end, until `deadline` at most, and begins nothing.
    pub(super) async fn drain(&mut self, deadline: Instant) {
        self.stop(true);
        let ended = async {
            while self.is_running() {
                self.progress().await;
            }
        };
        let _ = clock::until(deadline, ended).await;
    }

    /// Whether one of those that `of` names runs.
    pub(super) fn is_any_running(&self, of: impl Fn(&U::Place) -> bool) -> bool {
        self.running.iter().any(|running| of(&running.place))
    }

    /// Drops all that `of` names and that do not run, and says how many.
    pub(super) fn drop_waiting(&mut self, of: impl Fn(&U::Place) -> bool) -> usize {
        let gone = self.lanes.remove(|job| of(&job.unsettled.place())).len();
        self.held -= gone;
        gone
    }

    /// Drops all that `of` names and that run, and says how many. Their slots are free then: [`wake`](Self::wake) those
    /// who wait for one, because nobody may be left whose end would.
    pub(super) fn drop_running(&mut self, of: impl Fn(&U::Place) -> bool) -> usize {
        let mut gone = 0;
        for running in std::mem::take(&mut self.running) {
            if of(&running.place) {
                gone += 1;
                if running.slot.is_trial {
                    self.gate.untried();
                }
                self.lanes.left(running.slot.key);
            } else {
                self.running.push(running);
            }
        }
        self.held -= gone;
        gone
    }

    fn has_slot(&self) -> bool {
        self.running.len() < self.concurrency
    }

    fn may_start(&self) -> bool {
        !self.is_stopped && self.has_slot() && (self.gate.is_open() || self.gate.may_pass(clock::now()))
    }

    fn pump(&mut self, cx: &mut Context<'_>) {
        if self.lanes.next_due().is_some() {
            self.lanes.wake(clock::now());
        }
        while self.lanes.is_anyone_ready()
            && self.may_start()
            && let Some((key, job)) = self.lanes.next_ready()
        {
            self.start(cx, key.map_or(Lane::None, Lane::Taken), job);
        }
    }

    /// Begins an attempt. A free lane is taken only if the message needs it for longer than this call.
    fn start(&mut self, cx: &mut Context<'_>, lane: Lane<'_>, job: Job<U, M>) {
        let place = job.unsettled.place();
        let is_trial = job.next.begins_at_store() && self.gate.pass();
        let mut future = self.spare.take().unwrap_or_else(|| Box::pin(None));
        future.as_mut().set(Some((self.attempt)(job)));
        let slot = Slot { key: None, is_trial };
        let mut running = Running { slot, place, future };
        match running.poll_step(cx) {
            Poll::Pending => {
                running.slot.key = lane.taken(&mut self.lanes);
                self.running.push(running);
            }
            Poll::Ready(step) => {
                self.spare = Some(running.future);
                let key = match (lane, &step) {
                    (Lane::Free(_), Step::Done { .. }) => None,
                    (lane, _) => lane.taken(&mut self.lanes),
                };
                self.ended(Slot { key, is_trial }, step);
            }
        }
    }

    fn ended(&mut self, Slot { key, is_trial }: Slot, step: Step<U, M>) {
        match step {
            Step::Done { place, is_committed } => {
                if is_committed {
                    self.gate.succeeded();
                } else if is_trial {
                    self.gate.untried();
                }
                self.held -= 1;
                self.done.push(place);
                self.lanes.left(key);
            }
            Step::Rest(job, delay) => {
                if is_trial {
                    self.gate.untried();
                }
                self.lanes.rest(key, *job, clock::after(delay));
            }
            Step::StoreDown(job) => {
                let store = self.store;
                store.forget_answers();
                self.gate.failed(clock::now(), |failures| store.backoff(failures));
                // Behind all others: it may be this message alone that the store does not take.
                self.lanes.ready(key, *job);
            }
        }
    }
}

/// The lane of a message that starts.
enum Lane<'a> {
    None,
    Free(&'a str),
    Taken(Key),
}

impl Lane<'_> {
    fn taken<T>(self, lanes: &mut Lanes<T>) -> Option<Key> {
        match self {
            Self::None => None,
            Self::Free(key) => Some(lanes.take(key)),
            Self::Taken(key) => Some(key),
        }
    }
}
