use std::time::Duration;

/// How long to wait after the n-th failure in a row: doubling from `base` up to `cap`, and then a random half of
/// it taken away, so that many who failed together do not come back together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Backoff {
    /// The wait after the first failure, before the random part.
    pub base: Duration,
    /// The longest wait.
    pub cap: Duration,
}

impl Backoff {
    /// Doubling from `base` up to `cap`.
    #[must_use]
    pub const fn new(base: Duration, cap: Duration) -> Self {
        Self { base, cap }
    }

    /// The wait after failure number `failures` (the first one is 1): between half of the doubled base and all of
    /// it.
    #[must_use]
    pub fn delay(&self, failures: u32, random: &mut fastrand::Rng) -> Duration {
        let doubled = 2_u32
            .checked_pow(failures.saturating_sub(1))
            .and_then(|by| self.base.checked_mul(by));
        let full = doubled.map_or(self.cap, |delay| delay.min(self.cap));
        full.mul_f64(0.5 + random.f64() / 2.0)
    }
}
