//! The circuit breaker.

use super::{GUIDELINES, OURS, Parameter, Switch};
use crate::breaker::BreakerPolicy;
use crate::config::access::Field;
use crate::settings::Settings;

fn breaker(settings: &mut Settings) -> &mut BreakerPolicy {
    settings.breaker.get_or_insert_default()
}

pub(super) static ROWS: &[Parameter] = &[
    Parameter::new("breaker.enabled", &Switch(|s| &mut s.breaker), GUIDELINES),
    Parameter::new(
        "breaker.consecutive_failures",
        &Field(|s| &mut breaker(s).consecutive_failures),
        GUIDELINES,
    )
    .from("1"),
    Parameter::new(
        "breaker.failure_rate",
        &Field(|s| &mut breaker(s).failure_rate),
        GUIDELINES,
    )
    .above("0")
    .to("1"),
    Parameter::new(
        "breaker.minimum_calls",
        &Field(|s| &mut breaker(s).minimum_calls),
        GUIDELINES,
    )
    .from("1"),
    Parameter::new("breaker.window", &Field(|s| &mut breaker(s).window), GUIDELINES).from("10us"),
    Parameter::new(
        "breaker.open_for",
        &Field(|s| &mut breaker(s).open_for),
        GUIDELINES,
    )
    .above("0s"),
    Parameter::new("breaker.trials", &Field(|s| &mut breaker(s).trials), GUIDELINES).from("1"),
    Parameter::new(
        "breaker.half_open_max_wait",
        &Field(|s| &mut breaker(s).half_open_max_wait),
        OURS,
    )
    .above("0s"),
];
