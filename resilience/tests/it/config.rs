//! What files and variables say.

use std::time::Duration;

use resilience::Settings;
use resilience::adaptive::Algorithm;
use resilience::breaker::WindowPolicy;
use resilience::config::{Config, ConfigBuilder, Document};
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

pub(crate) fn file(text: &str) -> ConfigBuilder {
    Config::builder().file(document(text))
}

pub(crate) const SHOP: &str = r#"
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
