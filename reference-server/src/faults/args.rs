//! The fault switches of the command line.

use clap::Args;

use super::{FaultPlan, Faults, InvalidPlan};

/// The fault switches of the command line.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Faults on purpose")]
#[non_exhaustive]
pub struct FaultArgs {
    /// The share of requests to strike with errors, resets, cut answers, hangs and 429s, from 0 to 1
    #[arg(long, value_name = "RATE", default_value_t = 0.0, value_parser = rate)]
    pub fault_rate: f64,

    /// What the faults are drawn from; the same seed draws the same faults
    #[arg(long, value_name = "SEED", default_value_t = 0)]
    pub fault_seed: u64,
}

impl FaultArgs {
    /// The switches as the command line sets them.
    ///
    /// # Errors
    ///
    /// The rate is outside 0 to 1, which the command line itself never lets through.
    pub fn faults(&self) -> Result<Faults, InvalidPlan> {
        let faults = Faults::seeded(self.fault_seed);
        faults.set(FaultPlan::mixed(self.fault_rate))?;
        Ok(faults)
    }
}

fn rate(text: &str) -> Result<f64, String> {
    text.parse()
        .ok()
        .filter(|rate| (0.0..=1.0).contains(rate))
        .ok_or_else(|| "a rate is a number from 0 to 1, such as 0.3".to_owned())
}
