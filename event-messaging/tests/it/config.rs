//! Configuration: values, ranges, files and environment.

use event_messaging::{
    ConsumerConfig, InboxConfig, ParkConfig, RelayConfig, Retries, Settings, UnknownTypes, setting_keys,
};
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);
const DAY: Duration = Duration::from_secs(86_400);

fn refusal(config: &ConsumerConfig) -> String {
    let error = config.validate().unwrap_err();
    assert!(error.is_config());
    error.to_string()
}

fn config() -> ConsumerConfig {
    ConsumerConfig::new("order-service.catalogue")
}

#[test]
fn the_defaults_are_the_platforms_and_are_valid() {
    let config = config();
    config.validate().unwrap();
    RelayConfig::default().validate().unwrap();
    assert_eq!((config.prefetch, config.retries.levels.len()), (10, 5));
    assert_eq!(config.handler_deadline, 30 * SECOND);
    assert_eq!(config.unknown_types, UnknownTypes::Acknowledge);
}

#[test]
fn values_out_of_range_are_refused_by_name_all_at_once() {
    let mut broken = config().with_prefetch(0).with_concurrency(0);
    broken.retries.jitter = 2.0;
    broken.name.clear();
    assert_eq!(
        refusal(&broken),
        "`consumer.prefetch` must be 1 to 10000; `consumer.concurrency` must be 1 to 10000; \
         `consumer.retry_jitter` must be 0 to 1; `consumer.name` must be not empty"
    );
    let zero = Duration::ZERO;
    for (broken, key) in [
        (config().with_handler_deadline(zero), "consumer.handler_deadline"),
        (
            config().with_retries(Retries::new([zero])),
            "consumer.retry_levels",
        ),
        (config().with_call_timeout(zero), "consumer.call_timeout"),
        (config().with_call_timeout(DAY), "consumer.call_timeout"),
        (config().with_drain_timeout(DAY), "consumer.drain_timeout"),
        (config().with_commit_interval(zero), "consumer.commit_interval"),
        (config().with_commit_window(9), "consumer.commit_window"),
        (
            config().with_park(ParkConfig::default().with_limit(0)),
            "consumer.park_limit",
        ),
        (
            config().with_park(ParkConfig::default().with_concurrency(0)),
            "consumer.park_concurrency",
        ),
        (
            config().with_park(ParkConfig::default().with_poll_interval(zero)),
            "consumer.park_poll_interval",
        ),
        (
            config().with_park(ParkConfig::default().with_lease(30 * SECOND)),
            "consumer.park_lease",
        ),
        (
            config().with_inbox(InboxConfig::default().with_pruning(zero, 1)),
            "inbox.prune_interval",
        ),
        (
            config().with_inbox(InboxConfig::default().with_pruning(SECOND, 0)),
            "inbox.prune_batch",
        ),
    ] {
        assert!(refusal(&broken).starts_with(&format!("`{key}` must be")), "{key}");
    }
}

#[test]
fn what_is_no_number_or_overflows_is_refused_and_not_a_panic() {
    for jitter in [f64::NAN, f64::INFINITY, -1.0] {
        let broken = config().with_retries(Retries::default().with_jitter(jitter));
        assert!(
            refusal(&broken).contains("`consumer.retry_jitter` must be 0 to 1"),
            "{jitter}"
        );
    }
    let endless = config().with_retries(Retries::new([Duration::MAX, Duration::MAX]).with_jitter(1.0));
    assert!(refusal(&endless).contains("consumer.retry_levels"));
}

#[test]
fn an_inbox_that_forgets_before_a_message_can_come_again_is_refused_with_both_figures() {
    // Waits of 756 s and a tenth of them, six attempts of 30 s, and three days.
    let needed = Duration::from_millis(831_600 + 180_000) + 3 * DAY;
    let retention = |time| config().with_inbox(InboxConfig::default().with_retention(time));
    retention(needed).validate().unwrap();
    assert_eq!(
        refusal(&retention(DAY)),
        "`inbox.retention` must be at least 260212 s (a message can be tried for 1012 s, and \
         `inbox.redrive_window` is 259200 s) and at most 3650d, and is 86400 s"
    );
    assert!(refusal(&retention(needed - SECOND)).contains("inbox.retention"));
}

#[test]
fn the_environment_wins_over_the_file_and_the_platforms_variable_over_nothing_else_in_it() {
    let file = [
        ("consumer.prefetch", "20"),
        ("relay.batch", "9"),
        ("other.key", "x"),
    ];
    let settings = Settings::new().with_file("service.toml", file);
    assert_eq!(settings.consumer("c").unwrap().prefetch, 20);
    assert_eq!(settings.relay().unwrap().batch, 9);

    let platform = settings.with_environment([("RABBITMQ_PREFETCH_COUNT", "30"), ("PATH", "/bin")]);
    assert_eq!(platform.consumer("c").unwrap().prefetch, 30);
    let ours = platform.with_environment([("EVENT_MESSAGING_CONSUMER_PREFETCH", "40")]);
    assert_eq!(ours.consumer("c").unwrap().prefetch, 40);
    let empty = ours.with_environment([("EVENT_MESSAGING_RELAY_BATCH", "")]);
    assert_eq!(empty.relay().unwrap().batch, 9);
}

#[test]
fn every_kind_of_value_is_read() {
    let settings = Settings::new().with_file(
        "service.toml",
        [
            ("consumer.retry_levels", "250ms, 2s,3m"),
            ("consumer.retry_jitter", "0.5"),
            ("consumer.unknown_types", "dead-letter"),
            ("consumer.seed", "7"),
            ("inbox.retention", "30d"),
        ],
    );
    let config = settings.consumer("c").unwrap();
    let millis: Vec<_> = config.retries.levels.iter().map(Duration::as_millis).collect();
    assert_eq!(millis, [250, 2_000, 180_000]);
    assert_eq!((config.retries.jitter, config.seed), (0.5, Some(7)));
    assert_eq!(config.unknown_types, UnknownTypes::DeadLetter);
    assert_eq!(config.inbox.retention, 30 * DAY);
    let none = Settings::new().with_file("f", [("consumer.retry_levels", "")]);
    assert!(none.consumer("c").unwrap().retries.levels.is_empty());
}

#[test]
fn a_bad_value_is_an_error_that_names_key_place_and_range() {
    let settings = Settings::new()
        .with_file(
            "service.toml",
            [
                ("consumer.drain_timeout", "ten"),
                ("consumer.prefech", "1"),
                ("consumer.concurrency", "0"),
            ],
        )
        .with_environment([
            ("EVENT_MESSAGING_CONSUMER_COMMIT_WINDOW", "many"),
            ("EVENT_MESSAGING_INBOX_AGE", "1d"),
        ]);
    assert_eq!(
        settings.consumer("c").unwrap_err().to_string(),
        "`consumer.drain_timeout` (service.toml) must be a time such as \"500ms\", \"30s\" or \"7d\"; \
         `consumer.commit_window` (EVENT_MESSAGING_CONSUMER_COMMIT_WINDOW) must be a whole number; \
         `consumer.prefech` (service.toml) must be a key that exists; \
         `EVENT_MESSAGING_INBOX_AGE` must be a variable that exists; \
         `consumer.concurrency` (service.toml) must be 1 to 10000"
    );
    settings.relay().unwrap();
}

#[test]
fn every_default_can_be_written_and_read_back() {
    let defaults = setting_keys();
    let pairs = || {
        let keys = defaults.iter().filter(|key| key.default != "random");
        keys.map(|key| (key.key, key.default.clone()))
    };
    let file = Settings::new().with_file("f", pairs());
    assert_eq!(file.consumer("c").unwrap(), ConsumerConfig::new("c"));
    assert_eq!(file.relay().unwrap(), RelayConfig::default());
    let variables = defaults.iter().filter(|key| key.default != "random");
    let environment =
        Settings::new().with_environment(variables.map(|key| (key.variable.clone(), key.default.clone())));
    assert_eq!(environment.consumer("c").unwrap(), ConsumerConfig::new("c"));
}

#[test]
fn the_readme_has_every_key_with_its_default_and_range() {
    let readme = include_str!("../../README.md");
    let rows: String = setting_keys()
        .iter()
        .map(|key| {
            format!(
                "| `{}` | {} | {} | {} |\n",
                key.key, key.default, key.range, key.sets
            )
        })
        .collect();
    assert!(readme.contains(&rows), "the table should be:\n{rows}");
}
