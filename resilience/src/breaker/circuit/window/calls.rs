use super::{Counts, Mark};

/// The last so many calls, exactly.
#[derive(Debug)]
pub(crate) struct CallWindow {
    /// As long as the window; what lies beyond `filled` is no call yet.
    ring: Box<[Mark]>,
    /// Where the next call goes: where the oldest is, once the ring is full.
    next: usize,
    filled: usize,
    failures: u64,
    slow: u64,
}

impl CallWindow {
    pub(crate) fn new(size: u32) -> Self {
        Self {
            ring: vec![Mark::default(); size as usize].into_boxed_slice(),
            next: 0,
            filled: 0,
            failures: 0,
            slow: 0,
        }
    }

    pub(crate) fn clear(&mut self) {
        (self.next, self.filled) = (0, 0);
        (self.failures, self.slow) = (0, 0);
    }

    pub(crate) fn add(&mut self, mark: Mark) {
        let oldest = std::mem::replace(&mut self.ring[self.next], mark);
        if self.filled == self.ring.len() {
            self.failures -= u64::from(oldest.failed);
            self.slow -= u64::from(oldest.slow);
        } else {
            self.filled += 1;
        }
        self.failures += u64::from(mark.failed);
        self.slow += u64::from(mark.slow);
        self.next += 1;
        if self.next == self.ring.len() {
            self.next = 0;
        }
    }

    pub(crate) fn counts(&self) -> Counts {
        Counts {
            calls: self.filled as u64,
            failures: self.failures,
            slow: self.slow,
        }
    }

    /// A window of another size with the latest of these calls.
    pub(crate) fn resized(&self, size: u32) -> Self {
        let mut resized = Self::new(size);
        let oldest = (self.next + self.ring.len() - self.filled) % self.ring.len();
        for call in 0..self.filled {
            resized.add(self.ring[(oldest + call) % self.ring.len()]);
        }
        resized
    }
}
