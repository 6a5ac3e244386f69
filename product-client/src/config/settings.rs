//! The range of each setting.

use std::ops::RangeInclusive;

use super::{ConfigError, ProductClientConfig};

const CONNECT_MS: RangeInclusive<u64> = 1..=60_000;
const CALL_MS: RangeInclusive<u64> = 1..=600_000;
const PAUSE_MS: RangeInclusive<u64> = 1..=60_000;

/// Finds the first setting that is out of its range.
pub(super) fn check(config: &ProductClientConfig) -> Result<(), ConfigError> {
    timeouts(
        "",
        [
            config.connect_timeout_ms,
            config.attempt_timeout_ms,
            config.overall_timeout_ms,
        ],
    )?;
    for (id, own) in &config.operations {
        let prefix = format!("operations.{id}.");
        timeouts(
            &prefix,
            [
                own.connect_timeout_ms,
                own.attempt_timeout_ms,
                own.overall_timeout_ms,
            ],
        )?;
    }
    whole("retries", config.retries.into(), 0..=10)?;
    whole("retry_base_ms", config.retry_base_ms, PAUSE_MS)?;
    whole("retry_max_ms", config.retry_max_ms, PAUSE_MS)?;
    if config.retry_base_ms > config.retry_max_ms {
        return Err(ConfigError::value(
            "retry_base_ms",
            "must be at most retry_max_ms",
        ));
    }
    part("retry_jitter", config.retry_jitter, false)?;
    part("retry_budget", config.retry_budget, false)?;
    whole(
        "breaker_consecutive_failures",
        config.breaker_consecutive_failures.into(),
        1..=1_000_000,
    )?;
    part("breaker_failure_rate", config.breaker_failure_rate, true)?;
    whole(
        "breaker_minimum_calls",
        config.breaker_minimum_calls.into(),
        1..=1_000_000,
    )?;
    whole("breaker_window_ms", config.breaker_window_ms, 100..=3_600_000)?;
    whole("breaker_open_ms", config.breaker_open_ms, 1..=3_600_000)?;
    whole("breaker_trials", config.breaker_trials.into(), 1..=1_000)
}

fn timeouts(prefix: &str, [connect, attempt, overall]: [Option<u64>; 3]) -> Result<(), ConfigError> {
    for (name, value, range) in [
        ("connect_timeout_ms", connect, CONNECT_MS),
        ("attempt_timeout_ms", attempt, CALL_MS),
        ("overall_timeout_ms", overall, CALL_MS),
    ] {
        if let Some(value) = value {
            whole(&format!("{prefix}{name}"), value, range)?;
        }
    }
    Ok(())
}

fn whole(setting: &str, value: u64, range: RangeInclusive<u64>) -> Result<(), ConfigError> {
    if range.contains(&value) {
        return Ok(());
    }
    let (low, high) = range.into_inner();
    Err(ConfigError::value(
        setting,
        format!("must be a whole number from {low} to {high}"),
    ))
}

fn part(setting: &str, value: f64, above_zero: bool) -> Result<(), ConfigError> {
    if (0.0..=1.0).contains(&value) && !(above_zero && value == 0.0) {
        return Ok(());
    }
    let low = if above_zero { "above 0" } else { "from 0" };
    Err(ConfigError::value(
        setting,
        format!("must be a number {low} to 1"),
    ))
}
