//! Gives each thread that uses breakers a number of its own, for as long as it lives.

use std::cell::Cell;
use std::sync::{Mutex, PoisonError};

use super::circuit::Lane;

/// How many threads count apart; further ones share a counter. Each costs a breaker 128 bytes.
pub(super) const LANES: usize = 16;

/// A bit for each number that no living thread has.
static FREE: Mutex<u32> = Mutex::new((1 << LANES) - 1);

thread_local! {
    /// Has no destructor, so that a look at it is a plain read, even while the thread ends.
    static LANE: Cell<Option<Lane>> = const { Cell::new(None) };
    static NUMBER: Number = Number::take();
}

/// The lane of the calling thread.
#[inline]
pub(super) fn lane() -> Lane {
    LANE.get().unwrap_or_else(choose)
}

#[cold]
fn choose() -> Lane {
    let lane = NUMBER.try_with(|number| number.0).unwrap_or(Lane::Shared);
    LANE.set(Some(lane));
    lane
}

/// Hands the number back when the thread ends.
struct Number(Lane);

impl Number {
    fn take() -> Self {
        let mut free = FREE.lock().unwrap_or_else(PoisonError::into_inner);
        let lowest = free.trailing_zeros() as usize;
        if lowest >= LANES {
            return Self(Lane::Shared);
        }
        *free &= !(1 << lowest);
        Self(Lane::Own(lowest))
    }
}

impl Drop for Number {
    fn drop(&mut self) {
        // What this thread still calls from other destructors is counted with the others.
        LANE.set(Some(Lane::Shared));
        if let Lane::Own(number) = self.0 {
            *FREE.lock().unwrap_or_else(PoisonError::into_inner) |= 1 << number;
        }
    }
}
