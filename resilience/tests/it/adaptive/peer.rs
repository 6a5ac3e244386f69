//! A peer that can work on so many calls at once, simulated from event to event. Its callers ask for more than they
//! get, all the time.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, VecDeque};
use std::time::Duration;

use resilience::adaptive::{AdaptiveLimit, Slot};
use resilience::time::{self, Instant};

pub(super) struct Peer {
    /// How long it works on a call.
    pub(super) service_time: Duration,
    /// How many calls may queue up before it rejects the next, after a millisecond.
    pub(super) max_queue: usize,
    /// How long its callers wait for an answer.
    pub(super) time_limit: Duration,
    /// How many calls its callers want to have under way.
    pub(super) demand: u32,
    now: Instant,
    started: u64,
    /// When each worker is done with all that it was given.
    workers: BinaryHeap<Reverse<Instant>>,
    /// When a worker will turn to each call that queues up.
    queue: VecDeque<Instant>,
    /// The ends of calls, in their order, with whether each was answered.
    ends: BTreeMap<(Instant, u64), (Slot, bool)>,
}

impl Peer {
    /// A peer that works on so many calls at once; the others queue up.
    pub(super) fn new(workers: usize, service_time: Duration) -> Self {
        let now = time::now();
        Self {
            service_time,
            max_queue: usize::MAX,
            time_limit: Duration::MAX,
            demand: u32::MAX,
            now,
            started: 0,
            workers: vec![Reverse(now); workers].into(),
            queue: VecDeque::new(),
            ends: BTreeMap::new(),
        }
    }

    pub(super) fn now(&self) -> Instant {
        self.now
    }

    /// Lets so much time go by.
    pub(super) fn run(&mut self, limit: &AdaptiveLimit, time: Duration) {
        let until = self.now + time;
        loop {
            while limit.in_flight() < self.demand
                && let Ok(slot) = limit.try_acquire(self.now)
            {
                self.serve(slot);
            }
            let Some(((at, _), (slot, answered))) = self.ends.pop_first() else {
                break;
            };
            self.now = at;
            if answered {
                slot.success(at);
            } else {
                slot.overload(at);
            }
            if self.now >= until {
                break;
            }
        }
    }

    pub(super) fn set_workers(&mut self, workers: usize) {
        let mut present = std::mem::take(&mut self.workers).into_vec();
        present.sort_unstable();
        present.resize(workers, Reverse(self.now));
        self.workers = present.into();
    }

    fn serve(&mut self, slot: Slot) {
        self.started += 1;
        while self.queue.front().is_some_and(|turn| *turn <= self.now) {
            self.queue.pop_front();
        }
        if self.queue.len() >= self.max_queue {
            self.end(self.now + Duration::from_millis(1), slot, false);
            return;
        }
        let Reverse(free) = self.workers.pop().expect("a peer has workers");
        let turn = free.max(self.now);
        if turn > self.now {
            self.queue.push_back(turn);
        }
        let done = turn + self.service_time;
        self.workers.push(Reverse(done));
        let patience = self.now.checked_add(self.time_limit);
        match patience.filter(|patience| *patience < done) {
            Some(patience) => self.end(patience, slot, false),
            None => self.end(done, slot, true),
        }
    }

    fn end(&mut self, at: Instant, slot: Slot, answered: bool) {
        self.ends.insert((at, self.started), (slot, answered));
    }
}
