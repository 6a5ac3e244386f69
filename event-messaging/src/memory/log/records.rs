use crate::OutboundMessage;
use std::collections::VecDeque;
use std::sync::Arc;

/// The records that a partition still has.
#[derive(Default)]
pub(super) struct Records {
    start: u64,
    kept: VecDeque<Arc<OutboundMessage>>,
}

impl Records {
    #[cfg(all(feature = "process", unix))]
    pub(super) fn restored(start: u64, kept: VecDeque<OutboundMessage>) -> Self {
        Self {
            start,
            kept: kept.into_iter().map(Arc::new).collect(),
        }
    }

    /// The offset of the oldest record.
    pub(super) fn start(&self) -> u64 {
        self.start
    }

    /// The offset of the next record.
    pub(super) fn end(&self) -> u64 {
        self.start + self.kept.len() as u64
    }

    pub(super) fn len(&self) -> usize {
        self.kept.len()
    }

    pub(super) fn at(&self, offset: u64) -> Option<Arc<OutboundMessage>> {
        let index = usize::try_from(offset.checked_sub(self.start)?).ok()?;
        self.kept.get(index).cloned()
    }

    /// Whether one more record fits; when it does not, drops old ones that are below `done`.
    pub(super) fn make_room(&mut self, capacity: usize, done: impl FnOnce() -> u64) -> bool {
        if self.kept.len() < capacity {
            return true;
        }
        let done = done();
        while self.kept.len() >= capacity && self.start < done {
            self.kept.pop_front();
            self.start += 1;
        }
        self.kept.len() < capacity
    }

    pub(super) fn push(&mut self, message: OutboundMessage) {
        self.kept.push_back(Arc::new(message));
    }

    pub(super) fn clear(&mut self) {
        self.start = self.end();
        self.kept.clear();
    }
}
