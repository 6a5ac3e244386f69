use crate::clock::Instant;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, VecDeque};
use std::sync::Arc;

/// The key of a lane. One allocation for as long as the lane is taken.
pub(super) type Key = Arc<str>;

/// Who may start, who must wait for those before it in its key, and who rests: one message of a key at a time.
///
/// A lane is taken by the message at its head, from the moment it starts (or could not start at once) until it is
/// done; those behind it wait in the lane. The head itself is running, ready (it waits for a slot) or resting (it
/// waits for its next attempt). A message without a key has no lane, and waits for nobody.
///
/// Pure: it is told the time.
#[derive(Debug)]
pub(super) struct Lanes<T> {
    /// The taken lanes, and who waits in each behind its head.
    taken: HashMap<Key, VecDeque<T>>,
    ready: VecDeque<(Option<Key>, T)>,
    resting: BinaryHeap<Reverse<Resting<T>>>,
    rests: u64,
}

impl<T> Lanes<T> {
    pub(super) fn new() -> Self {
        Self {
            taken: HashMap::new(),
            ready: VecDeque::new(),
            resting: BinaryHeap::new(),
            rests: 0,
        }
    }

    /// Whether nobody of the key is before a message that comes now.
    pub(super) fn is_free(&self, key: &str) -> bool {
        self.taken.is_empty() || !self.taken.contains_key(key)
    }

    /// Takes a free lane.
    pub(super) fn take(&mut self, key: &str) -> Key {
        let key: Key = key.into();
        self.taken.insert(Arc::clone(&key), VecDeque::new());
        key
    }

    /// Waits in a taken lane.
    pub(super) fn wait(&mut self, key: &str, message: T) {
        if let Some(lane) = self.taken.get_mut(key) {
            lane.push_back(message);
        } else {
            let key = self.take(key);
            self.ready(Some(key), message);
        }
    }

    /// The head of a lane waits for a slot.
    pub(super) fn ready(&mut self, key: Option<Key>, message: T) {
        self.ready.push_back((key, message));
    }

    /// The head of a lane waits until `due`.
    pub(super) fn rest(&mut self, key: Option<Key>, message: T, due: Instant) {
        self.rests += 1;
        self.resting.push(Reverse(Resting {
            due,
            number: self.rests,
            key,
            message,
        }));
    }

    /// The head is done: the next one of the lane is ready, or the lane is free.
    pub(super) fn advance(&mut self, key: Key) {
        match self.taken.get_mut(&key).and_then(VecDeque::pop_front) {
            Some(next) => self.ready(Some(key), next),
            None => {
                self.taken.remove(&key);
            }
        }
    }

    /// Those whose rest is over are ready.
    pub(super) fn wake(&mut self, now: Instant) {
        while self.next_due().is_some_and(|due| due <= now)
            && let Some(Reverse(rested)) = self.resting.pop()
        {
            self.ready(rested.key, rested.message);
        }
    }

    /// When the first rest is over.
    pub(super) fn next_due(&self) -> Option<Instant> {
        self.resting.peek().map(|Reverse(first)| first.due)
    }

    pub(super) fn is_anyone_ready(&self) -> bool {
        !self.ready.is_empty()
    }

    /// Takes the one that has been ready the longest. It keeps its lane.
    pub(super) fn next_ready(&mut self) -> Option<(Option<Key>, T)> {
        self.ready.pop_front()
    }

    /// Takes out all who wait, are ready or rest and that `leaves` names; a lane whose head leaves goes on with the
    /// next who stays.
    pub(super) fn remove(&mut self, leaves: impl Fn(&T) -> bool) -> Vec<T> {
        let mut gone = Vec::new();
        for lane in self.taken.values_mut() {
            let (leaving, staying) = lane.drain(..).partition(|message| leaves(message));
            *lane = staying;
            gone.extend::<VecDeque<T>>(leaving);
        }
        for (key, message) in std::mem::take(&mut self.ready) {
            if leaves(&message) {
                self.left(key);
                gone.push(message);
            } else {
                self.ready.push_back((key, message));
            }
        }
        for Reverse(resting) in std::mem::take(&mut self.resting) {
            if leaves(&resting.message) {
                self.left(resting.key);
                gone.push(resting.message);
            } else {
                self.resting.push(Reverse(resting));
            }
        }
        gone
    }

    /// The head left without being done.
    pub(super) fn left(&mut self, key: Option<Key>) {
        if let Some(key) = key {
            self.advance(key);
        }
    }
}

#[derive(Debug)]
struct Resting<T> {
    due: Instant,
    /// Of two that are due at one instant, the one that began to rest first.
    number: u64,
    key: Option<Key>,
    message: T,
}

impl<T> PartialEq for Resting<T> {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

impl<T> Eq for Resting<T> {}

impl<T> PartialOrd for Resting<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Resting<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.due, self.number).cmp(&(other.due, other.number))
    }
}
