//! The platform's integration guidelines, in one place.

pub(super) fn retries() -> u32 {
    3
}

pub(super) fn retry_base_ms() -> u64 {
    100
}

pub(super) fn retry_max_ms() -> u64 {
    2_000
}

pub(super) fn retry_jitter() -> f64 {
    0.5
}

pub(super) fn retry_budget() -> f64 {
    0.2
}

pub(super) fn breaker_consecutive_failures() -> u32 {
    5
}

pub(super) fn breaker_failure_rate() -> f64 {
    0.5
}

pub(super) fn breaker_minimum_calls() -> u32 {
    20
}

pub(super) fn breaker_window_ms() -> u64 {
    10_000
}

pub(super) fn breaker_open_ms() -> u64 {
    30_000
}

pub(super) fn breaker_trials() -> u32 {
    3
}
