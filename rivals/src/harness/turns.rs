use std::time::Duration;

use super::Subject;
use super::sample::{Sampler, stopwatch};

/// How much time a comparison gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effort {
    /// Enough for figures that mean something.
    Full,
    /// A few calls, to see that everything runs.
    Quick,
}

const SAMPLES_A_ROUND: usize = 12;

impl Effort {
    fn sample(self) -> Duration {
        match self {
            Self::Full => Duration::from_micros(100),
            Self::Quick => Duration::from_micros(10),
        }
    }

    /// For each subject.
    fn all_rounds(self) -> Duration {
        match self {
            Self::Full => Duration::from_millis(1_800),
            Self::Quick => Duration::ZERO,
        }
    }

    /// `full`, or a thousandth of it when it is only to be seen that everything runs.
    pub(crate) fn calls(self, full: u64) -> u64 {
        match self {
            Self::Full => full,
            Self::Quick => full.div_ceil(1_000),
        }
    }
}

/// Nanoseconds a call of each subject, measured in turns.
pub(crate) fn take_turns<const N: usize>(effort: Effort, subjects: &[Subject; N]) -> [f64; N] {
    let mut samplers = subjects
        .each_ref()
        .map(|subject| Sampler::new(subject, effort.sample()));
    let mut rounds: [Vec<f64>; N] = std::array::from_fn(|_| Vec::new());
    let spent = stopwatch();
    loop {
        let mut quickest = [f64::INFINITY; N];
        for _ in 0..SAMPLES_A_ROUND {
            for (sampler, quickest) in samplers.iter_mut().zip(&mut quickest) {
                *quickest = quickest.min(sampler.sample());
            }
        }
        for (round, quickest) in rounds.iter_mut().zip(quickest) {
            round.push(quickest);
        }
        if spent() >= effort.all_rounds() * N as u32 {
            return rounds.map(lower_quartile);
        }
    }
}

fn lower_quartile(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 4]
}
