use std::time::Duration;

use super::ChaosPolicy;

/// Spreads the numbers of calls over all seeds: 2^64 divided by the golden ratio.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// What becomes of one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fate {
    pub(super) latency: Option<Duration>,
    pub(super) end: End,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Untouched,
    Fails(Fault),
    Hangs,
}

/// What a call fails with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Fault {
    /// The call was not made, as if the connection were refused. Safe to repeat.
    Error,
    /// The call was made, and its answer lost, as if the connection were reset. The peer has acted on it.
    Reset,
}

impl Fate {
    pub(super) const UNTOUCHED: Self = Self {
        latency: None,
        end: End::Untouched,
    };

    /// The fate of the call of this number; the same however calls overlap.
    pub(super) fn draw(policy: &ChaosPolicy, call: u64) -> Self {
        let mut random = fastrand::Rng::with_seed(policy.seed.wrapping_add(call.wrapping_mul(GOLDEN)));
        let (late, end) = (random.f64(), random.f64());
        let resets = policy.error_rate + policy.reset_rate;
        let end = if end < policy.error_rate {
            End::Fails(Fault::Error)
        } else if end < resets {
            End::Fails(Fault::Reset)
        } else if end < resets + policy.hang_rate {
            End::Hangs
        } else {
            End::Untouched
        };
        Self {
            latency: (late < policy.latency_rate).then_some(policy.latency),
            end,
        }
    }
}
