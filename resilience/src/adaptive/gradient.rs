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
/// How much slower the long run learns from windows in which calls queued up.
///
/// Learnt at full speed, a queue that lasts becomes the norm: the limit of a peer that is kept busy doubles every
/// seven minutes. Not learnt at all, a peer that has become slower for good is held at a few calls for ever.
const DOUBT: f64 = 0.1;

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
            policy.tolerance * self.average / sample.round_trip
        } else {
            1.0
        };
        self.learn(policy, sample.round_trip, slope < 1.0);
        if f64::from(sample.max_in_flight) * 2.0 < limit {
            return limit;
        }
        let target = limit * slope.clamp(STEEPEST, 1.0) + f64::from(policy.queue);
        limit + (target - limit) * policy.smoothing
    }

    fn learn(&mut self, policy: Gradient, round_trip: f64, queueing: bool) {
        self.windows = self.windows.saturating_add(1);
        let weight = if self.windows <= WARM_UP {
            1.0 / f64::from(self.windows)
        } else {
            2.0 / f64::from(policy.long_run + 1)
        };
        let doubt = if queueing { DOUBT } else { 1.0 };
        self.average += (round_trip - self.average) * weight * doubt;
        if self.average > RECOVERED * round_trip {
            self.average *= FORGET;
        }
    }
}
