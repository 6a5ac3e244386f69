//! What files and variables say, and what is wrong with them.

use std::time::Duration;

use resilience::Settings;
use resilience::adaptive::Algorithm;
use resilience::breaker::WindowPolicy;
use resilience::config::{Config, ConfigBuilder, ConfigError, Document};
use resilience::hedge::HedgeDelay;
use resilience::retry::Jitter;

use crate::peer::ms;

#[derive(serde::Deserialize)]
struct File {
    resilience: Document,
}

fn document(text: &str) -> Document {
    toml::from_str::<File>(text).unwrap().resilience
}

fn file(text: &str) -> ConfigBuilder {
    Config::builder().file(document(text))
}

/// What is wrong with a file and the variables of the prefix `SHOP`, as it is shown.
fn problems(text: &str, variables: &[(&str, &str)]) -> Vec<String> {
    let error = file(text)
        .variables("SHOP", variables.iter().copied())
        .build()
        .unwrap_err();
    shown(&error)
}

fn shown(error: &ConfigError) -> Vec<String> {
    error.problems().iter().map(ToString::to_string).collect()
}

const SHOP: &str = r#"
    [resilience.defaults]
    overall_timeout = "4s"

    [resilience.defaults.retry]
    max_retries = 2

    [resilience.inventory]
    attempt_timeout = "800ms"

    [resilience.inventory.retry]
    base_delay = "50ms"
    jitter = 0.5

    [resilience.inventory.operations.getStock]
    overall_timeout = "1.5s"
    retry.max_retries = 1
"#;

#[test]
fn an_operation_inherits_from_its_target_and_a_target_from_the_defaults() {
    let config = file(SHOP).build().unwrap();

    let others = config.target("reviews");
    assert_eq!(others, config.defaults());
    assert_eq!(
        (others.timeouts.overall, others.retry.max_retries),
        (ms(4_000), 2)
    );

    let inventory = config.target("inventory");
    assert_eq!(
        (inventory.timeouts.attempt, inventory.timeouts.overall),
        (ms(800), ms(4_000))
    );
    assert_eq!(inventory.retry.base_delay, ms(50));
    assert_eq!(inventory.retry.jitter, Jitter::Additive(0.5));
    assert_eq!(config.operation("inventory", "createStock"), inventory);

    let stock = config.operation("inventory", "getStock");
    assert_eq!(
        (stock.timeouts.attempt, stock.timeouts.overall),
        (ms(800), ms(1_500))
    );
    assert_eq!((stock.retry.max_retries, stock.retry.base_delay), (1, ms(50)));
}

#[test]
fn nothing_said_is_the_base() {
    assert_eq!(
        Config::builder().build().unwrap().target("any"),
        Settings::default()
    );
    let base = Settings::default().with_breaker(None);
    let config = file(SHOP).base(base).build().unwrap();
    assert_eq!(config.target("inventory").breaker, None);
}

#[test]
fn a_variable_wins_over_the_file_at_its_level() {
    let variables = [
        ("SHOP_DEFAULTS__RETRY__MAX_RETRIES", "5"),
        ("SHOP_INVENTORY__RETRY__BASE_DELAY", "75ms"),
        ("SHOP_INVENTORY__OPERATIONS__GET_STOCK__OVERALL_TIMEOUT", "2s"),
        ("SHOP_REVIEWS__HEDGE__DELAY", "0.9"),
    ];
    let config = file(SHOP).variables("SHOP", variables).build().unwrap();
    assert_eq!(config.target("inventory").retry.max_retries, 5);
    assert_eq!(config.target("inventory").retry.base_delay, ms(75));
    let stock = config.operation("inventory", "getStock");
    assert_eq!(stock.timeouts.overall, ms(2_000));
    assert_eq!(stock.retry.max_retries, 1, "the operation's own, from the file");
    assert_eq!(
        config.target("reviews").hedge.map(|hedge| hedge.delay),
        Some(HedgeDelay::Quantile(0.9)),
        "a target that the file has not got"
    );
}

#[test]
fn variables_of_others_and_empty_ones_are_left_alone() {
    let variables = [
        ("SHOP_INVENTORY_SERVICE_PORT", "80"),
        ("SHOPPING__RETRY__MAX_RETRIES", "x"),
        ("OTHER_INVENTORY__RETRY__MAX_RETRIES", "x"),
        ("SHOP_INVENTORY__RETRY__MAX_RETRIES", " "),
    ];
    let config = file(SHOP).variables("SHOP", variables).build().unwrap();
    assert_eq!(config, file(SHOP).build().unwrap());
}

#[test]
fn an_operation_has_one_name_however_it_is_spelt() {
    let config = file(SHOP).build().unwrap();
    for spelt in ["getStock", "get-stock", "get_stock", "GET_STOCK", "GetStock"] {
        assert_eq!(
            config.operation("inventory", spelt).retry.max_retries,
            1,
            "{spelt}"
        );
    }
    assert_eq!(config.operation("inventory", "getStocks").retry.max_retries, 2);
}

#[test]
fn a_part_is_on_once_something_is_said_of_it_unless_it_is_switched_off() {
    let hedge = |text: &str| file(text).build().unwrap().target("a").hedge;
    assert_eq!(hedge("[resilience]"), None);
    assert!(hedge("[resilience.a.hedge]\nmax_hedges = 2").is_some());
    assert!(hedge("[resilience.a.hedge]\nenabled = true").is_some());
    assert_eq!(
        hedge("[resilience.a.hedge]\nenabled = false\nmax_hedges = 2"),
        None
    );
    assert_eq!(
        hedge("[resilience.defaults.hedge]\nenabled = false\n[resilience.a.hedge]\nmax_hedges = 2"),
        None,
        "what switched it off has not been taken back"
    );
    let off = [("SHOP_A__BREAKER__ENABLED", "false")];
    let config = file("[resilience.a.breaker]\ntrials = 1").variables("SHOP", off);
    assert_eq!(config.build().unwrap().target("a").breaker, None);
}

#[test]
fn what_can_be_off_is_off() {
    let text = "[resilience.a.breaker]\nconsecutive_failures = \"off\"";
    let breaker = file(text).build().unwrap().target("a").breaker.unwrap();
    assert_eq!(breaker.consecutive_failures, None);
    assert_eq!(breaker.failure_rate, Some(0.5));
}

#[test]
fn every_kind_of_value_is_read_from_a_file_and_from_a_variable() {
    let text = r#"
        [resilience.a]
        attempt_timeout = "1s"
        retry = { max_retries = 7, factor = 3, jitter = "equal" }
        budget = { enabled = false }
        hedge = { delay = "250ms" }
        breaker = { window = "100 calls" }
        adaptive = { algorithm = "aimd", increase = 2, overload_above = "off" }
    "#;
    let variables = [
        ("SHOP_A__ATTEMPT_TIMEOUT", "1s"),
        ("SHOP_A__RETRY__MAX_RETRIES", "7"),
        ("SHOP_A__RETRY__FACTOR", "3"),
        ("SHOP_A__RETRY__JITTER", "equal"),
        ("SHOP_A__BUDGET__ENABLED", "false"),
        ("SHOP_A__HEDGE__DELAY", "250ms"),
        ("SHOP_A__BREAKER__WINDOW", "100 calls"),
        ("SHOP_A__ADAPTIVE__ALGORITHM", "aimd"),
        ("SHOP_A__ADAPTIVE__INCREASE", "2"),
        ("SHOP_A__ADAPTIVE__OVERLOAD_ABOVE", "off"),
    ];
    let settings = file(text).build().unwrap().target("a");
    assert_eq!((settings.retry.max_retries, settings.retry.factor), (7, 3.0));
    assert_eq!(settings.retry.jitter, Jitter::Equal);
    assert_eq!(settings.budget, None);
    assert_eq!(settings.breaker.unwrap().window, WindowPolicy::Calls(100));
    assert_eq!(settings.hedge.unwrap().delay, HedgeDelay::Fixed(ms(250)));
    assert!(matches!(
        settings.adaptive.unwrap().algorithm,
        Algorithm::Aimd(aimd) if aimd.increase == 2 && aimd.overload_above.is_none()
    ));
    let by_variables = Config::builder().variables("SHOP", variables).build().unwrap();
    assert_eq!(by_variables.target("a"), settings);
}

#[test]
fn durations_are_read_to_the_nanosecond() {
    let read = |text: &str| {
        let text = format!("[resilience.a]\noverall_timeout = \"1h\"\nattempt_timeout = \"{text}\"");
        file(&text).build().unwrap().target("a").timeouts.attempt
    };
    assert_eq!(read("500ms"), ms(500));
    assert_eq!(read("2s"), ms(2_000));
    assert_eq!(read("1m"), ms(60_000));
    assert_eq!(read("0.5h"), ms(1_800_000));
    assert_eq!(read("1.25s"), ms(1_250));
    assert_eq!(read(" 7 us "), Duration::from_micros(7));
    assert_eq!(read("0.001us"), Duration::from_nanos(1));
}

#[test]
fn a_value_of_the_wrong_kind_names_its_key_and_what_it_must_be() {
    let cases = [
        (
            "attempt_timeout = 500",
            "attempt_timeout: has no unit; must be a duration such as",
        ),
        (
            "attempt_timeout = \"500\"",
            "attempt_timeout: has no unit; must be a duration such as",
        ),
        (
            "attempt_timeout = \"5 sec\"",
            "attempt_timeout: has an unknown unit \"sec\"; use ns, us, ms, s, m or h",
        ),
        (
            "attempt_timeout = \"-1s\"",
            "attempt_timeout: must not be negative",
        ),
        (
            "attempt_timeout = \"soon\"",
            "attempt_timeout: must be a duration such as \"500ms\"",
        ),
        (
            "attempt_timeout = \"0.1ns\"",
            "attempt_timeout: is finer than a nanosecond",
        ),
        (
            "attempt_timeout = \"1..5s\"",
            "attempt_timeout: must be a duration",
        ),
        (
            "attempt_timeout = \"999999999999999999999h\"",
            "attempt_timeout: is longer than can be told",
        ),
        ("attempt_timeout = true", "attempt_timeout: must be a duration"),
        (
            "attempt_timeout = [\"1s\"]",
            "attempt_timeout: must be a duration",
        ),
        (
            "retry.max_retries = -1",
            "retry.max_retries: must be a whole number from 0 to 4294967295",
        ),
        (
            "retry.max_retries = 1.5",
            "retry.max_retries: must be a whole number",
        ),
        (
            "retry.max_retries = \"many\"",
            "retry.max_retries: must be a whole number",
        ),
        (
            "retry.factor = \"two\"",
            "retry.factor: must be a number such as 0.5",
        ),
        (
            "retry.jitter = \"half\"",
            "retry.jitter: must be full, equal, decorrelated, none, or the additive part",
        ),
        ("hedge.delay = \"p95\"", "hedge.delay: must be a duration such as"),
        (
            "budget.enabled = \"maybe\"",
            "budget.enabled: must be true or false",
        ),
        (
            "breaker.failure_rate = \"half\"",
            "breaker.failure_rate: must be a number such as 0.5, or \"off\"",
        ),
        (
            "adaptive.algorithm = \"vegas\"",
            "adaptive.algorithm: must be gradient or aimd",
        ),
        ("retry = 3", "retry: must be a table of settings"),
    ];
    for (line, expected) in cases {
        let found = problems(&format!("[resilience.inventory]\n{line}"), &[]);
        let expected = format!("resilience.inventory.{expected}");
        assert!(
            found.len() == 1 && found[0].starts_with(&expected),
            "{line}: {found:?}, not {expected:?}"
        );
    }
}

#[test]
fn an_unknown_key_is_named_in_full_with_what_was_probably_meant() {
    let cases = [
        (
            "[resilience.inventory.retry]\nmax_retires = 5",
            "resilience.inventory.retry.max_retires: unknown key; did you mean max_retries?",
        ),
        (
            "[resilience.inventory]\nmax_retries = 5",
            "resilience.inventory.max_retries: unknown key; did you mean retry.max_retries?",
        ),
        (
            "[resilience.inventory.breakers]\ntrials = 5",
            "resilience.inventory.breakers.trials: unknown key; did you mean breaker.trials?",
        ),
        (
            "[resilience.inventory]\ncolour = \"red\"",
            "resilience.inventory.colour: unknown key",
        ),
        (
            "[resilience.inventory.operations.getStock.retry]\nfaktor = 2",
            "resilience.inventory.operations.getStock.retry.faktor: unknown key; did you mean factor?",
        ),
        (
            "[resilience.retry]\nmax_retries = 5",
            "resilience.retry: stands beside the targets; did you mean resilience.defaults.retry?",
        ),
        (
            "[resilience]\ninventory = 3",
            "resilience.inventory: must be a table of settings",
        ),
        (
            "[resilience.\"in ventory\"]",
            "resilience.in ventory: is not a name: a letter, then letters, digits, and single - or _ between them",
        ),
        (
            "[resilience.a.operations]\ngetStock = {}\nget_stock = {}",
            "resilience.a.operations.get_stock: is named twice: the environment would write both GET_STOCK",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(problems(text, &[]), [expected], "{text}");
    }
}

#[test]
fn a_variable_that_is_wrong_is_named_besides_its_key() {
    let cases = [
        (
            ("SHOP_INVENTORY__RETRY__MAX_RETIRES", "5"),
            "resilience.inventory.retry.max_retires (SHOP_INVENTORY__RETRY__MAX_RETIRES): unknown key; \
             did you mean SHOP_INVENTORY__RETRY__MAX_RETRIES?",
        ),
        (
            ("SHOP_INVENTORY__OPERATIONS__GET_STOCK__RETRY__MAX_RETRIES", "x"),
            "resilience.inventory.operations.get_stock.retry.max_retries \
             (SHOP_INVENTORY__OPERATIONS__GET_STOCK__RETRY__MAX_RETRIES): must be a whole number from 0 to 4294967295",
        ),
        (
            ("SHOP_RETRY__MAX_RETRIES", "5"),
            "SHOP_RETRY__MAX_RETRIES: names no target; did you mean SHOP_DEFAULTS__RETRY__MAX_RETRIES?",
        ),
        (("SHOP_INVENTORY__", "5"), "SHOP_INVENTORY__: names no setting"),
        (
            ("SHOP_inventory__RETRY__MAX_RETRIES", "5"),
            "SHOP_inventory__RETRY__MAX_RETRIES: does not name a target, and an operation behind OPERATIONS, in capitals",
        ),
    ];
    for (variable, expected) in cases {
        assert_eq!(problems("[resilience]", &[variable]), [expected], "{variable:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_variable_that_is_no_text_is_refused_and_not_shown() {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt;

    let value = OsString::from_vec(vec![b'5', 0xff]);
    let error = Config::builder()
        .variables("SHOP", [(OsString::from("SHOP_A__RETRY__MAX_RETRIES"), value)])
        .build()
        .unwrap_err();
    assert_eq!(shown(&error), ["SHOP_A__RETRY__MAX_RETRIES: must be UTF-8"]);
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let text = r#"
        [resilience.inventory]
        attempt_timeout = "soon"
        retry.max_retires = 5

        [resilience.reviews]
        breaker.failure_rate = 2
    "#;
    let found = problems(text, &[("SHOP_USERS__RETRY__FACTOR", "0.5")]);
    assert_eq!(found.len(), 4, "{found:?}");
    let error = file(text).build().unwrap_err().to_string();
    assert!(error.starts_with("invalid configuration: resilience.inventory.attempt_timeout: must"));
    assert!(error.contains("; resilience.inventory.retry.max_retires: unknown key"));
    assert!(!error.contains("soon"), "values are not shown");
}

#[test]
fn what_cannot_work_together_names_every_key_where_it_was_said() {
    let text = r#"
        [resilience.inventory]
        overall_timeout = "1s"

        [resilience.inventory.operations.getStock]
        attempt_timeout = "900ms"

        [resilience.inventory.operations.createStock]
        attempt_timeout = "1500ms"
    "#;
    let error = file(text).build().unwrap_err();
    let keys: Vec<Vec<&str>> = error
        .problems()
        .iter()
        .map(|problem| problem.keys().collect())
        .collect();
    assert_eq!(
        keys,
        [
            vec![
                "resilience.inventory.attempt_timeout",
                "resilience.inventory.overall_timeout"
            ],
            vec![
                "resilience.inventory.operations.createStock.attempt_timeout",
                "resilience.inventory.overall_timeout"
            ],
        ],
        "{error}"
    );
}

#[test]
fn a_contradiction_is_told_once_and_not_by_everyone_who_inherits_it() {
    let text = r#"
        [resilience.inventory]
        retry = { base_delay = "3s", max_delay = "1s" }
        operations.a = {}
        operations.b.retry.max_retries = 1
    "#;
    let found = problems(text, &[("SHOP_INVENTORY__RETRY__MAX_DELAY", "2s")]);
    assert_eq!(
        found,
        [
            "resilience.inventory.retry.base_delay, resilience.inventory.retry.max_delay \
          (SHOP_INVENTORY__RETRY__MAX_DELAY): retry.base_delay must not be longer than retry.max_delay"
        ]
    );
}

#[test]
fn a_number_of_the_other_algorithm_is_refused_unless_it_is_inherited() {
    let wrong = "[resilience.a.adaptive]\nalgorithm = \"aimd\"\ntolerance = 2";
    assert_eq!(
        problems(wrong, &[]),
        [
            "resilience.a.adaptive.tolerance, resilience.a.adaptive.algorithm: \
          adaptive.tolerance means something only if adaptive.algorithm is \"gradient\""
        ]
    );
    let inherited =
        "[resilience.defaults.adaptive]\ntolerance = 2\n[resilience.a.adaptive]\nalgorithm = \"aimd\"";
    assert!(file(inherited).build().is_ok());
}

#[test]
fn a_name_nobody_told_of_is_unknown_once_one_was_told_of() {
    let text = r#"
        [resilience.inventroy]
        retry.max_retries = 1
        [resilience.reviews.operations.getReview]
        retry.max_retries = 1
    "#;
    let error = file(text)
        .target("inventory", ["getStock"])
        .target("reviews", ["getReviews"])
        .build()
        .unwrap_err();
    assert_eq!(
        shown(&error),
        [
            "resilience.inventroy: unknown target; did you mean inventory?",
            "resilience.reviews.operations.getReview: unknown operation; did you mean getReviews?"
        ]
    );
    assert!(file(SHOP).target("inventory", ["get_stock"]).build().is_ok());
}

#[test]
fn what_is_said_wins_over_the_base_of_an_operation() {
    let config = file(SHOP).build().unwrap();
    let contract = Settings::default()
        .with_timeouts(Settings::default().timeouts.with_attempt(ms(600)))
        .with_breaker(None);
    let settings = config.operation_over(&contract, "inventory", "getStock").unwrap();
    assert_eq!(settings.timeouts.attempt, ms(800));
    assert_eq!(settings.breaker, None);

    let slow = Settings::default().with_timeouts(Settings::default().timeouts.with_overall(ms(60_000)));
    let slow = slow.with_timeouts(slow.timeouts.with_attempt(ms(10_000)));
    let error = config.operation_over(&slow, "reviews", "getReviews").unwrap_err();
    assert_eq!(error.problems().len(), 1);
    assert!(
        error.to_string().contains("resilience.defaults.overall_timeout"),
        "{error}"
    );
}

#[test]
fn another_root_is_shown_in_its_place() {
    let error = file("[resilience.a]\nx = 1")
        .root("clients.policy")
        .build()
        .unwrap_err();
    assert_eq!(shown(&error), ["clients.policy.a.x: unknown key"]);
}
