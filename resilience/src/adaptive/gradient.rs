use super::Gradient;
use super::window::Sample;

/// The limit is left alone by what outliers would make of it: it falls by half at most, before smoothing.
const STEEPEST: f64 = 0.5;
/// The long run starts as the plain average of so many windows, as Netflix has it.
const WARM_UP: u32 = 10;
/// Once times are this much better than the long run, what made them bad is over.
const RECOVERED: f64 = 2.0;
/// How fast the long run is forgotten then, a window.
const FORGET: f64 = 0.95;

/// The average time of the long run, in seconds.
#[derive(Debug, Default)]
pub(super) struct LongRun {
    average: f64,
    windows: u32,
}

impl LongRun {
    /// The limit after a window that showed `sample`, not yet brought into its range.
    pub(super) fn judge(&mut self, policy: Gradient, limit: f64, sample: Sample) -> f64 {
        // A clock that stood still for a window says nothing of a queue.
        let slope = if sample.round_trip > 0.0 && self.windows > 0 {
            (policy.tolerance * self.average / sample.round_trip).min(1.0)
        } else {
            1.0
        };
        self.learn(policy, sample.round_trip, slope);
        if f64::from(sample.max_in_flight) * 2.0 < limit {
            return limit;
        }
        let target = limit * slope.max(STEEPEST) + f64::from(policy.queue);
        limit + (target - limit) * policy.smoothing
    }

    /// Takes a window into the average.
    ///
    /// Calls that queue up a little have been let through by this very limit, and learning from them would make a
    /// queue that lasts the norm: the limit of a peer that is kept busy would double every few minutes. The steeper
    /// the slope, the less a lower limit has helped, and the more likely it is that the peer has become slower for
    /// good, which must be learnt.
    fn learn(&mut self, policy: Gradient, round_trip: f64, slope: f64) {
        self.windows = self.windows.saturating_add(1);
        let weight = if self.windows <= WARM_UP {
            1.0 / f64::from(self.windows)
        } else {
            2.0 / f64::from(policy.long_run + 1)
        };
        let belief = if slope < 1.0 { (1.0 - slope).powi(2) } else { 1.0 };
        self.average += (round_trip - self.average) * weight * belief;
        if self.average > RECOVERED * round_trip {
            self.average *= FORGET;
        }
    }
}
