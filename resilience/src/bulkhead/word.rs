use std::fmt;

const LIMIT_BITS: u32 = 22;
const WAITING_BITS: u32 = 20;
const IN_FLIGHT_SHIFT: u32 = WAITING_BITS;
const LIMIT_SHIFT: u32 = WAITING_BITS + LIMIT_BITS;

/// The most calls at once that the word has room for.
pub(crate) const MAX_LIMIT: u32 = (1 << LIMIT_BITS) - 1;
/// The most waiting calls that the word has room for.
pub(crate) const MAX_WAITING: u32 = (1 << WAITING_BITS) - 1;

/// Limit, calls under way and calls waiting in one number, so that one compare-and-swap decides on all three.
///
/// Whoever waits does so because there is no room: `waiting > 0` implies `in_flight >= limit`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Word(u64);

impl Word {
    pub(super) fn new(limit: u32) -> Self {
        Self::of(limit, 0, 0)
    }

    pub(super) fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    pub(super) fn bits(self) -> u64 {
        self.0
    }

    pub(super) fn limit(self) -> u32 {
        (self.0 >> LIMIT_SHIFT) as u32
    }

    pub(super) fn in_flight(self) -> u32 {
        (self.0 >> IN_FLIGHT_SHIFT) as u32 & MAX_LIMIT
    }

    pub(super) fn waiting(self) -> u32 {
        self.0 as u32 & MAX_WAITING
    }

    /// One more under way, if there is room. Nobody is overtaken: who waits leaves no room.
    pub(super) fn admit(self) -> Option<Self> {
        (self.in_flight() < self.limit()).then(|| Self(self.0 + (1 << IN_FLIGHT_SHIFT)))
    }

    /// One more waiting, if `max_waiting` allows.
    pub(super) fn enqueue(self, max_waiting: u32) -> Option<Self> {
        (self.waiting() < max_waiting).then(|| Self(self.0 + 1))
    }

    /// One fewer waiting: it gave up.
    pub(super) fn dequeue(self) -> Self {
        Self(self.0 - 1)
    }

    /// One call has ended. Its slot goes to the first who waits, unless the limit has shrunk below what is under
    /// way; the flag says whether it does.
    pub(super) fn release(self) -> (Self, bool) {
        let hand_over = self.waiting() > 0 && self.in_flight() <= self.limit();
        let word = if hand_over {
            self.dequeue()
        } else {
            Self(self.0 - (1 << IN_FLIGHT_SHIFT))
        };
        (word, hand_over)
    }

    /// Another limit, and how many of those who wait it lets pass.
    pub(super) fn resize(self, limit: u32) -> (Self, u32) {
        let admitted = limit.saturating_sub(self.in_flight()).min(self.waiting());
        let word = Self::of(limit, self.in_flight() + admitted, self.waiting() - admitted);
        (word, admitted)
    }

    fn of(limit: u32, in_flight: u32, waiting: u32) -> Self {
        Self(u64::from(limit) << LIMIT_SHIFT | u64::from(in_flight) << IN_FLIGHT_SHIFT | u64::from(waiting))
    }
}

impl fmt::Debug for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Word")
            .field("limit", &self.limit())
            .field("in_flight", &self.in_flight())
            .field("waiting", &self.waiting())
            .finish()
    }
}
