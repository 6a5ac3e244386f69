use super::word::GENERATION_BITS;
use crate::sync::{AtomicU64, Ordering};

/// Successes of the present generation, counted by each thread in a cache line of its own.
///
/// Counters only go up: what is in a window is the difference to an earlier sum. So a success writes one line that no
/// other thread wants, without an instruction that locks it, and nothing has to be cleared as time goes by.
///
/// ```text
/// 63          40 39                                0
/// | generation | successes, modulo COUNTS + 1      |
/// ```
#[derive(Debug)]
pub(crate) struct Stripes(Box<[Stripe]>);

/// Two lines wide, since processors fetch lines in pairs.
#[derive(Debug)]
#[repr(align(128))]
struct Stripe(AtomicU64);

/// Which stripe a thread counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lane {
    /// The one of this number, which no other thread counts in.
    Own(usize),
    /// The one for all who have none of their own.
    Shared,
}

const COUNT_BITS: u32 = u64::BITS - GENERATION_BITS;
const COUNTS: u64 = (1 << COUNT_BITS) - 1;

impl Stripes {
    /// Room for `lanes` threads with a stripe of their own.
    pub(crate) fn new(lanes: usize) -> Self {
        Self((0..=lanes).map(|_| Stripe(AtomicU64::new(0))).collect())
    }

    /// Counts a success of `generation`, unless `is_current` says that this has ended.
    #[inline]
    pub(crate) fn add(&self, lane: Lane, generation: u32, is_current: impl Fn() -> bool) {
        let (Stripe(stripe), is_shared) = match (lane, &*self.0) {
            (Lane::Own(number), [_, own @ ..]) if number < own.len() => (&own[number], false),
            (_, [shared, ..]) => (shared, true),
            (_, []) => return,
        };
        let mut seen = stripe.load(Ordering::Acquire);
        while let Some(counted) = count(seen, generation, &is_current) {
            if !is_shared {
                stripe.store(counted, Ordering::Release);
                return;
            }
            match stripe.compare_exchange_weak(seen, counted, Ordering::AcqRel, Ordering::Acquire) {
                Ok(_) => return,
                Err(changed) => seen = changed,
            }
        }
    }

    /// All successes of `generation` so far; only differences mean anything.
    pub(crate) fn sum(&self, generation: u32) -> u64 {
        let counts = |Stripe(stripe): &Stripe| {
            let seen = stripe.load(Ordering::Acquire);
            (seen & !COUNTS == tag(generation)).then_some(seen & COUNTS)
        };
        self.0.iter().filter_map(counts).fold(0, u64::wrapping_add)
    }
}

/// How many successes there were between two sums.
pub(crate) fn between(earlier: u64, later: u64) -> u64 {
    later.wrapping_sub(earlier) & COUNTS
}

/// One more than `seen`. A stripe that another generation left behind is taken over, if the own one is not over itself.
///
/// That is asked after reading the stripe, so the stripe of a later generation is never taken back: it cannot be seen
/// before the change to that generation.
#[inline]
fn count(seen: u64, generation: u32, is_current: impl Fn() -> bool) -> Option<u64> {
    if seen & !COUNTS == tag(generation) {
        return Some(tag(generation) | (seen + 1) & COUNTS);
    }
    is_current().then(|| tag(generation) | 1)
}

#[inline]
fn tag(generation: u32) -> u64 {
    u64::from(generation) << COUNT_BITS
}
