use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use super::word::Word;
use crate::sync::{AtomicU32, AtomicU64, Mutex, MutexGuard, Ordering, PoisonError};

/// A first come, first served semaphore with a bounded queue and a limit that may change at any time.
///
/// Tokio's takes a lock on each release and cannot shrink below what is taken. Here a slot is taken and given
/// back by one compare-and-swap as long as nobody waits. Whatever changes the number of those who wait holds the
/// lock of the queue, so that word and queue agree under it.
#[derive(Debug)]
pub(crate) struct Semaphore {
    word: AtomicU64,
    max_waiting: AtomicU32,
    queue: Mutex<Queue>,
}

/// Who waits, in the order of their tickets. A ticket that is no longer in here has been given a slot.
#[derive(Debug, Default)]
struct Queue {
    next: u64,
    waiting: BTreeMap<u64, Option<Waker>>,
}

/// What a call gets that wants a slot.
#[derive(Debug)]
pub(crate) enum Admission<'a> {
    /// The slot; with it, so many are taken.
    Taken(u32),
    /// A place in the queue.
    Queued(Waiter<'a>),
    /// Nothing: queue and slots are full.
    Full,
}

impl Semaphore {
    pub(crate) fn new(limit: u32, max_waiting: u32) -> Self {
        Self {
            word: AtomicU64::new(Word::new(limit).bits()),
            max_waiting: AtomicU32::new(max_waiting),
            queue: Mutex::new(Queue::default()),
        }
    }

    pub(crate) fn limit(&self) -> u32 {
        self.word().limit()
    }

    pub(crate) fn in_flight(&self) -> u32 {
        self.word().in_flight()
    }

    pub(crate) fn waiting(&self) -> u32 {
        self.word().waiting()
    }

    /// Whether a call that finds no slot could wait for one, as things stand.
    pub(crate) fn has_room_to_wait(&self) -> bool {
        self.waiting() < self.max_waiting.load(Ordering::Relaxed)
    }

    /// Takes a slot if one is free; with it, so many are taken.
    pub(crate) fn try_acquire(&self) -> Option<u32> {
        let mut word = self.word();
        loop {
            let taken = word.admit()?;
            match self.swap(word, taken) {
                Ok(()) => return Some(taken.in_flight()),
                Err(present) => word = present,
            }
        }
    }

    /// Takes a slot, or else a place in the queue.
    pub(crate) fn acquire(&self) -> Admission<'_> {
        if let Some(in_flight) = self.try_acquire() {
            return Admission::Taken(in_flight);
        }
        if !self.has_room_to_wait() {
            return Admission::Full;
        }
        let mut queue = self.queue();
        let max_waiting = self.max_waiting.load(Ordering::Relaxed);
        let mut word = self.word();
        loop {
            // A slot may have come back before the lock was ours.
            let admitted = word.admit();
            let Some(next) = admitted.or_else(|| word.enqueue(max_waiting)) else {
                return Admission::Full;
            };
            match self.swap(word, next) {
                Ok(()) if admitted.is_some() => return Admission::Taken(next.in_flight()),
                Ok(()) => break,
                Err(present) => word = present,
            }
        }
        Admission::Queued(Waiter {
            semaphore: self,
            ticket: Some(queue.join()),
        })
    }

    /// Gives a slot back, or on to the first who waits.
    pub(crate) fn release(&self) {
        let mut word = self.word();
        while word.waiting() == 0 {
            match self.swap(word, word.release().0) {
                Ok(()) => return,
                Err(present) => word = present,
            }
        }
        let mut queue = self.queue();
        let handed_over = self.update(Word::release);
        let first = handed_over.then(|| queue.pop()).flatten();
        drop(queue);
        if let Some(waker) = first {
            waker.wake();
        }
    }

    /// Changes the limit. Nobody loses a slot: if more are taken now, as many must come back before the next is
    /// given out. Wake what is returned once no lock is held.
    #[must_use = "those who got a slot must be woken"]
    pub(crate) fn set_limit(&self, limit: u32) -> Vec<Waker> {
        let mut queue = self.queue();
        let admitted = self.update(|word| word.resize(limit));
        (0..admitted).filter_map(|_| queue.pop()).collect()
    }

    /// Changes how many may wait; those who do already stay.
    pub(crate) fn set_max_waiting(&self, calls: u32) {
        self.max_waiting.store(calls, Ordering::Relaxed);
    }

    fn word(&self) -> Word {
        Word::from_bits(self.word.load(Ordering::Relaxed))
    }

    /// Acquire and release, so that who gets a slot sees what its last holder did.
    fn swap(&self, present: Word, next: Word) -> Result<(), Word> {
        self.word
            .compare_exchange_weak(present.bits(), next.bits(), Ordering::AcqRel, Ordering::Relaxed)
            .map(drop)
            .map_err(Word::from_bits)
    }

    fn update<T>(&self, change: impl Fn(Word) -> (Word, T)) -> T {
        let mut word = self.word();
        loop {
            let (next, told) = change(word);
            match self.swap(word, next) {
                Ok(()) => return told,
                Err(present) => word = present,
            }
        }
    }

    /// The queue is never left half-changed, so a poisoned lock still guards a sound one.
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Queue {
    fn join(&mut self) -> u64 {
        let ticket = self.next;
        self.next += 1;
        self.waiting.insert(ticket, None);
        ticket
    }

    /// Takes the first out, which is how it gets its slot. Without a waker, it has not been polled yet.
    fn pop(&mut self) -> Option<Waker> {
        self.waiting.pop_first().and_then(|(_, waker)| waker)
    }
}

/// A place in the queue; ready once it has become a slot, with the number of slots taken then.
///
/// Dropped, it leaves the queue; a slot that it was given and did not see goes to the next.
#[derive(Debug)]
#[must_use = "a place in the queue is given up when dropped"]
pub(crate) struct Waiter<'a> {
    semaphore: &'a Semaphore,
    ticket: Option<u64>,
}

impl Future for Waiter<'_> {
    type Output = u32;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<u32> {
        let Some(ticket) = self.ticket else {
            return Poll::Ready(self.semaphore.in_flight());
        };
        // Wakers are foreign code: cloned before the lock is taken, dropped after it is released.
        let mut waker = Some(context.waker().clone());
        let mut queue = self.semaphore.queue();
        let queued = queue.waiting.get_mut(&ticket);
        let given = queued.is_none();
        if let Some(place) = queued {
            std::mem::swap(place, &mut waker);
        }
        drop(queue);
        if !given {
            return Poll::Pending;
        }
        self.ticket = None;
        Poll::Ready(self.semaphore.in_flight())
    }
}

impl Drop for Waiter<'_> {
    fn drop(&mut self) {
        let Some(ticket) = self.ticket else { return };
        let mut queue = self.semaphore.queue();
        let left = queue.waiting.remove(&ticket);
        if left.is_some() {
            self.semaphore.update(|word| (word.dequeue(), ()));
        }
        drop(queue);
        if left.is_none() {
            self.semaphore.release();
        }
    }
}
