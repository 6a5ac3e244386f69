//! Gives each thread that uses breakers a number of its own, for as long as it lives.

use std::cell::Cell;
use std::num::NonZero;
use std::sync::{Mutex, OnceLock, PoisonError};

use super::circuit::Lane;

/// A bit for each number that no living thread has.
static FREE: Mutex<u128> = Mutex::new(u128::MAX);

thread_local! {
    /// Has no destructor, so that a look at it is a plain read, even while the thread ends.
    static LANE: Cell<Option<Lane>> = const { Cell::new(None) };
    static NUMBER: Number = Number::take();
}

/// For how many threads a breaker keeps lanes; further ones share one. Each costs it 128 bytes.
pub(super) fn lanes() -> usize {
    static LANES: OnceLock<usize> = OnceLock::new();
    *LANES.get_or_init(|| {
        let processors = std::thread::available_parallelism().map_or(1, NonZero::get);
        // Few processors do not mean few threads.
        processors.clamp(16, u128::BITS as usize)
    })
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
        if *free == 0 {
            return Self(Lane::Shared);
        }
        let lowest = free.trailing_zeros() as usize;
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
