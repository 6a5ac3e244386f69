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
        "breaker.slow_call_duration",
        &Field(|s| &mut breaker(s).slow_call_duration),
        OURS,
    )
    .above("0s"),
    Parameter::new(
        "breaker.slow_call_rate",
        &Field(|s| &mut breaker(s).slow_call_rate),
        "resilience4j",
    )
    .above("0")
    .to("1"),
    Parameter::new(
        "breaker.minimum_calls",
        &Field(|s| &mut breaker(s).minimum_calls),
        GUIDELINES,
    )
    .from("1")
    .beside("at most the calls of `window`"),
    Parameter::new("breaker.window", &Field(|s| &mut breaker(s).window), GUIDELINES).from("1ms"),
    Parameter::new(
        "breaker.open_for",
        &Field(|s| &mut breaker(s).open_for),
        GUIDELINES,
    )
    .above("0s")
    .beside("at most `max_open_for` if it grows"),
    Parameter::new(
        "breaker.open_growth",
        &Field(|s| &mut breaker(s).open_growth),
        OURS,
    )
    .from("1")
    .to("10"),
    Parameter::new(
        "breaker.max_open_for",
        &Field(|s| &mut breaker(s).max_open_for),
        "Envoy",
    )
    .from("0s")
    .beside("at least `open_for` if that grows"),
    Parameter::new("breaker.trials", &Field(|s| &mut breaker(s).trials), GUIDELINES)
        .from("1")
        .to("65535"),
    Parameter::new(
        "breaker.half_open_max_wait",
        &Field(|s| &mut breaker(s).half_open_max_wait),
        OURS,
    )
    .above("0s"),
    Parameter::new("breaker.ramp_for", &Field(|s| &mut breaker(s).ramp_for), OURS).from("0s"),
];
