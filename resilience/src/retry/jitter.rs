use std::time::Duration;

use super::Random;

/// How chance spreads the waits, so that callers who failed together do not come back together.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[non_exhaustive]
pub enum Jitter {
    /// Anywhere between zero and the step. Spreads best; the default of this crate.
    #[default]
    Full,
    /// Half the step, and anywhere up to the other half on top.
    Equal,
    /// Anywhere between the base and three times the wait before, at most `max_delay`. Takes no notice of
    /// `factor`.
    Decorrelated,
    /// The step, and up to this part of it on top: `Additive(0.5)` is 0–50 %. At least 0.
    ///
    /// What the platform's integration guidelines ask for, with 0.5.
    Additive(f64),
    /// The step exactly. All callers come back together: for tests.
    None,
}

impl Jitter {
    /// The wait for a step of `step` after a wait of `previous`.
    pub(super) fn spread(
        self,
        step: Duration,
        previous: Duration,
        base: Duration,
        max: Duration,
        random: &Random,
    ) -> Duration {
        let fraction = random.fraction();
        match self {
            Self::Full => part_of(step, fraction),
            Self::Equal => step / 2 + part_of(step / 2, fraction),
            Self::Decorrelated => {
                // A policy that has changed since may have a base above what the last wait allows.
                let longest = previous.saturating_mul(3).min(max).max(base);
                base + part_of(longest - base, fraction)
            }
            Self::Additive(part) => step.saturating_add(scale(step, part * fraction)),
            Self::None => step,
        }
    }
}

/// `fraction` of `duration`, never more than all of it however the numbers are rounded.
fn part_of(duration: Duration, fraction: f64) -> Duration {
    scale(duration, fraction).min(duration)
}

/// `duration` times `factor`, at most [`Duration::MAX`]; a factor that is not a number counts as zero.
pub(super) fn scale(duration: Duration, factor: f64) -> Duration {
    let seconds = duration.as_secs_f64() * factor.max(0.0);
    Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)
}
