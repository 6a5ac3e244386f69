//! The table of parameters, held against the code and against its page.

use std::collections::BTreeSet;
use std::time::Duration;

use proptest::prelude::*;
use resilience::Settings;
use resilience::adaptive::{AdaptivePolicy, Aimd, Algorithm, Gradient};
use resilience::breaker::{BreakerPolicy, WindowPolicy};
use resilience::budget::BudgetPolicy;
use resilience::bulkhead::BulkheadPolicy;
use resilience::config::{Config, ConfigError, Document, Limit, Parameter, parameters};
use resilience::hedge::{HedgeDelay, HedgePolicy};
use resilience::rate_limit::RateLimitPolicy;
use resilience::retry::Jitter;

const PAGE: &str = include_str!("../../CONFIGURATION.md");
const BEGIN: &str = "<!-- parameters -->\n";
const END: &str = "<!-- end -->";

/// The rows as the page has them.
fn rows() -> String {
    let mut rows =
        String::from("| key | unit | default | range | source of the default |\n|---|---|---|---|---|\n");
    for parameter in parameters() {
        let (key, unit, source) = (parameter.key(), parameter.unit(), parameter.source());
        let default = default_of(parameter);
        rows += &format!(
            "| `{key}` | {unit} | {default} | {} | {source} |\n",
            range_of(parameter)
        );
    }
    rows
}

fn default_of(parameter: &Parameter) -> String {
    let default = parameter.default();
    match parameter.requires() {
        Some((_, name)) => format!("`{default}` (with `{name}`)"),
        None => format!("`{default}`"),
    }
}

fn range_of(parameter: &Parameter) -> String {
    let minimum = parameter.minimum().map(|limit| {
        let word = if limit.is_included() { "from" } else { "above" };
        format!("{word} {}", limit.value())
    });
    let maximum = parameter.maximum().map(|limit| {
        let word = if limit.is_included() { "to" } else { "to below" };
        format!("{word} {}", limit.value())
    });
    let numbers: Vec<String> = minimum.into_iter().chain(maximum).collect();
    let parts = [parameter.names(), &numbers.join(" "), parameter.relation()];
    let said: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    said.join(", ")
}

/// Set `UPDATE_CONFIGURATION_MD` to write the page anew.
#[test]
fn the_page_has_the_table_of_the_code() {
    let (head, rest) = PAGE.split_once(BEGIN).unwrap();
    let (table, tail) = rest.split_once(END).unwrap();
    if std::env::var_os("UPDATE_CONFIGURATION_MD").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/CONFIGURATION.md");
        std::fs::write(path, format!("{head}{BEGIN}{}{END}{tail}", rows())).unwrap();
    } else {
        assert_eq!(table, rows(), "run this test with UPDATE_CONFIGURATION_MD=1");
    }
}

/// The settings of a target of whom one thing is said.
fn said(parameter: &Parameter, value: &str) -> Result<Settings, ConfigError> {
    let variable = |key: &str| format!("SHOP_A__{}", key.replace('.', "__").to_uppercase());
    let choice = parameter
        .requires()
        .map(|(key, name)| (variable(key), name.to_owned()));
    let variables = [(variable(parameter.key()), value.to_owned())];
    let config = Config::builder()
        .variables("SHOP", variables.into_iter().chain(choice))
        .build()?;
    Ok(config.target("a"))
}

/// Whether a value is refused for itself, and not only beside the defaults of others.
fn is_refused(parameter: &Parameter, value: &str) -> bool {
    let key = format!("resilience.a.{}", parameter.key());
    said(parameter, value).is_err_and(|error| {
        error
            .problems()
            .iter()
            .any(|problem| problem.keys().eq([key.as_str()]))
    })
}

/// The value next to a limit, on the other side of it.
fn next_to(limit: Limit, unit: &str, below: bool) -> String {
    let value = limit.value();
    let split = value.find(|c: char| c.is_ascii_alphabetic());
    match split {
        // A nanosecond less or more.
        Some(split) => {
            let nanos = match &value[split..] {
                "us" => 1_000,
                "ms" => 1_000_000,
                "s" => 1_000_000_000,
                "h" => 3_600_000_000_000_i128,
                other => panic!("{other} is a unit that this test does not know"),
            };
            let nanos = value[..split].parse::<i128>().unwrap() * nanos;
            format!("{}ns", if below { nanos - 1 } else { nanos + 1 })
        }
        None if unit.contains("number") => {
            let step = if below { -1e-9 } else { 1e-9 };
            (value.parse::<f64>().unwrap() + step).to_string()
        }
        None => {
            let step = if below { -1 } else { 1 };
            (value.parse::<i128>().unwrap() + step).to_string()
        }
    }
}

#[test]
fn the_ranges_of_the_table_are_those_of_the_code() {
    for parameter in parameters() {
        let ends = [(parameter.minimum(), true), (parameter.maximum(), false)];
        for (limit, is_minimum) in ends {
            let Some(limit) = limit else { continue };
            let (inside, outside) = if limit.is_included() {
                (
                    limit.value().to_owned(),
                    next_to(limit, parameter.unit(), is_minimum),
                )
            } else {
                (
                    next_to(limit, parameter.unit(), !is_minimum),
                    limit.value().to_owned(),
                )
            };
            let key = parameter.key();
            if !is_refused(parameter, &outside) {
                panic!("{key} = {outside} is outside the table's range and is taken");
            }
            if is_refused(parameter, &inside) {
                panic!("{key} = {inside} is in the table's range and is refused");
            }
        }
    }
}

#[test]
fn where_the_table_has_no_end_the_code_has_none() {
    for parameter in parameters() {
        let largest = match parameter.unit() {
            "count" => u32::MAX.to_string(),
            "number" => "1e300".to_owned(),
            "duration" => "100000h".to_owned(),
            _ => continue,
        };
        if !parameter.relation().is_empty() {
            continue;
        }
        let is_bounded = parameter.maximum().is_some();
        assert_eq!(
            is_refused(parameter, &largest),
            is_bounded,
            "{} = {largest}",
            parameter.key()
        );
    }
}

#[test]
fn the_defaults_of_the_table_are_those_of_the_code() {
    for parameter in parameters() {
        let key = parameter.key();
        let mut expected = Settings::default();
        let part = key.split('.').next().unwrap();
        if parameter.unit() != "true or false" {
            on(&mut expected, part);
        }
        if let Some((_, "aimd")) = parameter.requires() {
            expected.adaptive =
                Some(AdaptivePolicy::default().with_algorithm(Algorithm::Aimd(Aimd::default())));
        }
        assert_eq!(said(parameter, &parameter.default()).unwrap(), expected, "{key}");
    }
}

fn on(settings: &mut Settings, part: &str) {
    match part {
        "hedge" => settings.hedge = Some(HedgePolicy::default()),
        "bulkhead" => settings.bulkhead = Some(BulkheadPolicy::default()),
        "adaptive" => settings.adaptive = Some(AdaptivePolicy::default()),
        "rate_limit" => settings.rate_limit = Some(RateLimitPolicy::default()),
        _ => {}
    }
}

/// The names of the fields that `Debug` shows, without those that hold a part.
fn fields(settings: &Settings) -> BTreeSet<String> {
    let parts = [
        "timeouts",
        "retry",
        "budget",
        "breaker",
        "hedge",
        "bulkhead",
        "adaptive",
        "rate_limit",
    ];
    format!("{settings:#?}")
        .lines()
        .filter_map(|line| Some(line.trim().split_once(": ")?.0.to_owned()))
        .filter(|name| !parts.contains(&name.as_str()))
        .collect()
}

#[test]
fn every_field_of_the_settings_has_a_row() {
    let mut gradient = Settings::default();
    for part in ["hedge", "bulkhead", "adaptive", "rate_limit"] {
        on(&mut gradient, part);
    }
    let aimd =
        gradient.with_adaptive(AdaptivePolicy::default().with_algorithm(Algorithm::Aimd(Aimd::default())));
    let fields: BTreeSet<String> = fields(&gradient).union(&fields(&aimd)).cloned().collect();
    let rows: BTreeSet<String> = parameters()
        .filter_map(|parameter| parameter.key().rsplit('.').next())
        .filter(|name| *name != "enabled")
        .map(|name| name.trim_end_matches("_timeout").to_owned())
        .collect();
    assert_eq!(fields, rows);
}

fn duration() -> impl Strategy<Value = Duration> {
    (1_000_000_u64..1_000_000_000_000).prop_map(Duration::from_nanos)
}

fn part() -> impl Strategy<Value = f64> {
    0.01..1.0
}

fn calls() -> impl Strategy<Value = Settings> {
    let jitter = prop_oneof![
        Just(Jitter::Full),
        Just(Jitter::Equal),
        Just(Jitter::Decorrelated),
        Just(Jitter::None),
        part().prop_map(Jitter::Additive),
    ];
    let delay = prop_oneof![
        duration().prop_map(HedgeDelay::Fixed),
        (0.5..0.999).prop_map(HedgeDelay::Quantile)
    ];
    let budget = proptest::option::of((part(), 0..1_000_u32, 1..1_000_u32, 1..1_000_u32));
    let hedge = proptest::option::of((delay, duration(), duration(), 1..=10_u32));
    (
        (duration(), duration(), duration()),
        (any::<u32>(), duration(), 1.0..5.0, duration(), jitter),
        budget,
        hedge,
    )
        .prop_map(|((connect, attempt, more), retry, budget, hedge)| {
            let mut settings = Settings::default();
            settings.timeouts.connect = connect;
            settings.timeouts.attempt = attempt;
            settings.timeouts.overall = attempt + more;
            settings.retry.max_retries = retry.0;
            settings.retry.base_delay = retry.1;
            settings.retry.factor = retry.2;
            settings.retry.max_delay = retry.1 + retry.3;
            settings.retry.jitter = retry.4;
            settings.budget = budget.map(|(ratio, floor, saved, concurrent)| {
                BudgetPolicy::default()
                    .with_ratio(ratio)
                    .with_floor_per_second(floor)
                    .with_max_saved(saved)
                    .with_max_concurrent(concurrent)
            });
            settings.hedge = hedge.map(|(delay, initial, min, count)| {
                HedgePolicy::default()
                    .with_delay(delay)
                    .with_initial_delay(initial)
                    .with_min_delay(min)
                    .with_max_hedges(count)
            });
            settings
        })
}

fn breaker() -> impl Strategy<Value = Option<BreakerPolicy>> {
    let window = prop_oneof![
        duration().prop_map(WindowPolicy::Time),
        (100..1_000_000_u32).prop_map(WindowPolicy::Calls)
    ];
    let opens = (
        proptest::option::of(1..100_u32),
        part(),
        proptest::option::of(duration()),
        part(),
    );
    let rest = (1..100_u32, window, 1..100_u32, duration());
    let open = (duration(), 1.0..10.0, duration(), duration());
    proptest::option::of((opens, rest, open)).prop_map(|breaker| {
        breaker.map(|(opens, rest, open)| {
            BreakerPolicy::default()
                .with_consecutive_failures(opens.0)
                .with_failure_rate(opens.1)
                .with_slow_call_duration(opens.2)
                .with_slow_call_rate(opens.3)
                .with_minimum_calls(rest.0)
                .with_window(rest.1)
                .with_trials(rest.2)
                .with_half_open_max_wait(rest.3)
                .with_open_for(open.0)
                .with_open_growth(open.1)
                .with_max_open_for(open.0 + open.2)
                .with_ramp_for(open.3)
        })
    })
}

fn adaptive() -> impl Strategy<Value = Option<AdaptivePolicy>> {
    let algorithm = prop_oneof![
        (1..100_u32, proptest::option::of(duration())).prop_map(|(increase, above)| {
            Algorithm::Aimd(Aimd::default().with_increase(increase).with_overload_above(above))
        }),
        (1.0..9.0, 1..100_u32, part(), 10..1_000_u32).prop_map(|(tolerance, queue, smoothing, run)| {
            Algorithm::Gradient(
                Gradient::default()
                    .with_tolerance(tolerance)
                    .with_queue(queue)
                    .with_smoothing(smoothing)
                    .with_long_run(run),
            )
        }),
    ];
    let limits = (1..10_u32, 0..10_u32, 0..10_u32);
    let rest = (0.5..0.99, duration(), 1..100_u32, 0..100_u32, duration());
    proptest::option::of((algorithm, limits, rest)).prop_map(|adaptive| {
        adaptive.map(|(algorithm, (min, initial, max), rest)| {
            AdaptivePolicy::default()
                .with_algorithm(algorithm)
                .with_min_limit(min)
                .with_initial_limit(min + initial)
                .with_max_limit(min + initial + max)
                .with_decrease(rest.0)
                .with_window(rest.1)
                .with_min_samples(rest.2)
                .with_max_waiting(rest.3)
                .with_max_wait(rest.4)
        })
    })
}

fn limits() -> impl Strategy<Value = (Option<BulkheadPolicy>, Option<RateLimitPolicy>)> {
    let bulkhead = (1..1_000_u32, 0..1_000_u32, duration()).prop_map(|(concurrent, waiting, wait)| {
        BulkheadPolicy::default()
            .with_max_concurrent(concurrent)
            .with_max_waiting(waiting)
            .with_max_wait(wait)
    });
    let rate =
        (1..1_000_u32, duration(), 1..1_000_u32, duration()).prop_map(|(calls, period, burst, wait)| {
            let mut policy = RateLimitPolicy::default();
            policy.calls = calls;
            policy.period = period;
            policy.burst = burst;
            policy.max_wait = wait;
            policy
        });
    (proptest::option::of(bulkhead), proptest::option::of(rate))
}

proptest! {
    #[test]
    fn settings_come_back_from_toml_as_they_were_written(
        calls in calls(),
        breaker in breaker(),
        adaptive in adaptive(),
        (bulkhead, rate_limit) in limits(),
    ) {
        let mut settings = calls.with_breaker(breaker).with_adaptive(adaptive);
        settings.bulkhead = bulkhead;
        settings.rate_limit = rate_limit;
        prop_assume!(settings.validate().is_ok());

        let written = toml::to_string(&Document::from(&settings)).unwrap();
        let text = format!("[defaults]\n{}", below_defaults(&written));
        let document: Document = toml::from_str(&text).unwrap();
        let read = Config::builder().file(document).build().unwrap();
        prop_assert_eq!(read.defaults(), settings, "{}", written);
    }
}

/// The tables of one target's settings, moved below `defaults`.
fn below_defaults(written: &str) -> String {
    written.replace("\n[", "\n[defaults.")
}
