use std::collections::{HashMap, VecDeque};

/// Who may start and who must wait: one message a key at a time.
#[derive(Debug)]
pub(super) struct Lanes<T> {
    /// A key is here while one of its messages is being handled; behind it wait the later ones.
    waiting: HashMap<String, VecDeque<T>>,
}

impl<T> Lanes<T> {
    pub(super) fn new() -> Self {
        Self {
            waiting: HashMap::new(),
        }
    }

    /// Gives the message back when it may start at once; else it waits for its turn.
    pub(super) fn offer(&mut self, key: &str, message: T) -> Option<T> {
        if let Some(lane) = self.waiting.get_mut(key) {
            lane.push_back(message);
            return None;
        }
        self.waiting.insert(key.to_owned(), VecDeque::new());
        Some(message)
    }

    /// Says that the key's message is done, and gives the next one.
    pub(super) fn finish(&mut self, key: &str) -> Option<T> {
        let next = self.waiting.get_mut(key)?.pop_front();
        if next.is_none() {
            self.waiting.remove(key);
        }
        next
    }

    /// Drops all who wait and says how many they were.
    pub(super) fn clear(&mut self) -> usize {
        self.waiting.drain().map(|(_, lane)| lane.len()).sum()
    }
}
