//! Bulkhead, adaptive limit and rate limit.

use super::{OURS, Parameter, Switch};
use crate::adaptive::{AdaptivePolicy, Aimd, Algorithm, Gradient};
use crate::bulkhead::BulkheadPolicy;
use crate::config::access::Field;
use crate::rate_limit::RateLimitPolicy;
use crate::settings::Settings;

const NETFLIX: &str = "concurrency-limits";
const PLATFORM: &str = "the platform's rate limits";
const ALGORITHM: &str = "adaptive.algorithm";

fn bulkhead(settings: &mut Settings) -> &mut BulkheadPolicy {
    settings.bulkhead.get_or_insert_default()
}

fn rate_limit(settings: &mut Settings) -> &mut RateLimitPolicy {
    settings.rate_limit.get_or_insert_default()
}

fn adaptive(settings: &mut Settings) -> &mut AdaptivePolicy {
    settings.adaptive.get_or_insert_default()
}

/// Its numbers exist with the algorithm only, so it is chosen if another is.
fn aimd(settings: &mut Settings) -> &mut Aimd {
    let algorithm = &mut adaptive(settings).algorithm;
    if let Algorithm::Gradient(_) = algorithm {
        *algorithm = Algorithm::Aimd(Aimd::default());
    }
    match algorithm {
        Algorithm::Aimd(aimd) => aimd,
        Algorithm::Gradient(_) => unreachable!("chosen above"),
    }
}

/// As [`aimd`].
fn gradient(settings: &mut Settings) -> &mut Gradient {
    let algorithm = &mut adaptive(settings).algorithm;
    if let Algorithm::Aimd(_) = algorithm {
        *algorithm = Algorithm::Gradient(Gradient::default());
    }
    match algorithm {
        Algorithm::Gradient(gradient) => gradient,
        Algorithm::Aimd(_) => unreachable!("chosen above"),
    }
}

pub(super) static ROWS: &[Parameter] = &[
    Parameter::new("bulkhead.enabled", &Switch(|s| &mut s.bulkhead), OURS),
    Parameter::new(
        "bulkhead.max_concurrent",
        &Field(|s| &mut bulkhead(s).max_concurrent),
        "Envoy",
    )
    .from("1")
    .to("4194303"),
    Parameter::new(
        "bulkhead.max_waiting",
        &Field(|s| &mut bulkhead(s).max_waiting),
        "Polly, resilience4j",
    )
    .from("0")
    .to("1048575"),
    Parameter::new(
        "bulkhead.max_wait",
        &Field(|s| &mut bulkhead(s).max_wait),
        "Helidon",
    )
    .from("0s")
    .beside("above 0s if any may wait"),
    Parameter::new("adaptive.enabled", &Switch(|s| &mut s.adaptive), OURS),
    Parameter::new(ALGORITHM, &Field(|s| &mut adaptive(s).algorithm), NETFLIX).named("gradient, aimd"),
    Parameter::new(
        "adaptive.initial_limit",
        &Field(|s| &mut adaptive(s).initial_limit),
        NETFLIX,
    )
    .from("1")
    .beside("from `min_limit` to `max_limit`"),
    Parameter::new(
        "adaptive.min_limit",
        &Field(|s| &mut adaptive(s).min_limit),
        "failsafe-go",
    )
    .from("1")
    .beside("at most `max_limit`"),
    Parameter::new(
        "adaptive.max_limit",
        &Field(|s| &mut adaptive(s).max_limit),
        NETFLIX,
    )
    .to("4194303")
    .beside("at least `min_limit`"),
    Parameter::new(
        "adaptive.decrease",
        &Field(|s| &mut adaptive(s).decrease),
        NETFLIX,
    )
    .from("0.5")
    .below("1"),
    Parameter::new("adaptive.window", &Field(|s| &mut adaptive(s).window), NETFLIX).from("1ms"),
    Parameter::new(
        "adaptive.min_samples",
        &Field(|s| &mut adaptive(s).min_samples),
        NETFLIX,
    )
    .from("1"),
    Parameter::new(
        "adaptive.max_waiting",
        &Field(|s| &mut adaptive(s).max_waiting),
        OURS,
    )
    .from("0")
    .to("1048575"),
    Parameter::new(
        "adaptive.max_wait",
        &Field(|s| &mut adaptive(s).max_wait),
        "Helidon",
    )
    .from("0s")
    .beside("above 0s if any may wait"),
    Parameter::new(
        "adaptive.tolerance",
        &Field(|s| &mut gradient(s).tolerance),
        NETFLIX,
    )
    .only_with(ALGORITHM, "gradient")
    .from("1"),
    Parameter::new("adaptive.queue", &Field(|s| &mut gradient(s).queue), NETFLIX)
        .only_with(ALGORITHM, "gradient")
        .from("1"),
    Parameter::new(
        "adaptive.smoothing",
        &Field(|s| &mut gradient(s).smoothing),
        NETFLIX,
    )
    .only_with(ALGORITHM, "gradient")
    .above("0")
    .to("1"),
    Parameter::new(
        "adaptive.long_run",
        &Field(|s| &mut gradient(s).long_run),
        NETFLIX,
    )
    .only_with(ALGORITHM, "gradient")
    .from("10"),
    Parameter::new("adaptive.increase", &Field(|s| &mut aimd(s).increase), NETFLIX)
        .only_with(ALGORITHM, "aimd")
        .from("1"),
    Parameter::new(
        "adaptive.overload_above",
        &Field(|s| &mut aimd(s).overload_above),
        NETFLIX,
    )
    .only_with(ALGORITHM, "aimd")
    .above("0s"),
    Parameter::new("rate_limit.enabled", &Switch(|s| &mut s.rate_limit), OURS),
    Parameter::new("rate_limit.calls", &Field(|s| &mut rate_limit(s).calls), PLATFORM)
        .from("1")
        .beside("at most one a nanosecond")
        .beside("at most one a nanosecond"),
    Parameter::new(
        "rate_limit.period",
        &Field(|s| &mut rate_limit(s).period),
        PLATFORM,
    )
    .above("0s")
    .to("8784h"),
    Parameter::new("rate_limit.burst", &Field(|s| &mut rate_limit(s).burst), OURS)
        .from("1")
        .beside("at most 100 years\' worth")
        .beside("at most 100 years' worth"),
    Parameter::new(
        "rate_limit.max_wait",
        &Field(|s| &mut rate_limit(s).max_wait),
        "resilience4j",
    )
    .from("0s")
    .to("8784h"),
];
