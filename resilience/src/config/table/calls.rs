//! Timeouts, retries and their budget, hedges.

use super::{GUIDELINES, OURS, Parameter, Switch};
use crate::budget::BudgetPolicy;
use crate::config::access::Field;
use crate::hedge::HedgePolicy;
use crate::settings::Settings;

fn budget(settings: &mut Settings) -> &mut BudgetPolicy {
    settings.budget.get_or_insert_default()
}

fn hedge(settings: &mut Settings) -> &mut HedgePolicy {
    settings.hedge.get_or_insert_default()
}

pub(super) static ROWS: &[Parameter] = &[
    Parameter::new("connect_timeout", &Field(|s| &mut s.timeouts.connect), GUIDELINES).above("0s"),
    Parameter::new("attempt_timeout", &Field(|s| &mut s.timeouts.attempt), GUIDELINES)
        .above("0s")
        .beside("shorter than `overall_timeout`"),
    Parameter::new("overall_timeout", &Field(|s| &mut s.timeouts.overall), GUIDELINES)
        .beside("longer than `attempt_timeout`"),
    Parameter::new(
        "retry.max_retries",
        &Field(|s| &mut s.retry.max_retries),
        GUIDELINES,
    )
    .from("0"),
    Parameter::new(
        "retry.base_delay",
        &Field(|s| &mut s.retry.base_delay),
        GUIDELINES,
    )
    .from("0s"),
    Parameter::new("retry.factor", &Field(|s| &mut s.retry.factor), GUIDELINES).from("1"),
    Parameter::new("retry.max_delay", &Field(|s| &mut s.retry.max_delay), OURS)
        .from("0s")
        .beside("at least `base_delay`"),
    Parameter::new("retry.jitter", &Field(|s| &mut s.retry.jitter), OURS)
        .named("full, equal, decorrelated, none")
        .from("0"),
    Parameter::new("budget.enabled", &Switch(|s| &mut s.budget), OURS),
    Parameter::new("budget.ratio", &Field(|s| &mut budget(s).ratio), "Envoy, Finagle")
        .from("0")
        .to("1"),
    Parameter::new(
        "budget.floor_per_second",
        &Field(|s| &mut budget(s).floor_per_second),
        "Finagle",
    )
    .from("0")
    .to("1000000"),
    Parameter::new(
        "budget.max_saved",
        &Field(|s| &mut budget(s).max_saved),
        "AWS SDKs",
    )
    .from("1")
    .to("1000000"),
    Parameter::new(
        "budget.max_concurrent",
        &Field(|s| &mut budget(s).max_concurrent),
        OURS,
    )
    .from("1")
    .to("65535"),
    Parameter::new("hedge.enabled", &Switch(|s| &mut s.hedge), OURS),
    Parameter::new(
        "hedge.delay",
        &Field(|s| &mut hedge(s).delay),
        "The Tail at Scale",
    )
    .from("0.5")
    .to("0.999")
    .beside("or a duration above 0s"),
    Parameter::new(
        "hedge.initial_delay",
        &Field(|s| &mut hedge(s).initial_delay),
        OURS,
    )
    .above("0s"),
    Parameter::new("hedge.min_delay", &Field(|s| &mut hedge(s).min_delay), OURS).above("0s"),
    Parameter::new("hedge.max_hedges", &Field(|s| &mut hedge(s).max_hedges), OURS)
        .from("1")
        .to("10"),
];
