//! Settings from variables.

use product_client::{ConfigError, ProductClient, ProductClientConfig};

fn with(variables: &[(&str, &str)]) -> Result<ProductClientConfig, ConfigError> {
    let url = [("PRODUCT_SERVICE_URL", "https://products.example.com/api/v1")];
    ProductClientConfig::from_vars(url.into_iter().chain(variables.iter().copied()))
}

#[test]
fn every_variable_reaches_its_setting() {
    let config = with(&[
        ("PRODUCT_SERVICE_TOKEN", " abc.def\n"),
        ("PRODUCT_SERVICE_ALLOW_HTTP", "true"),
        ("PRODUCT_SERVICE_CONNECT_TIMEOUT_MS", "11"),
        ("PRODUCT_SERVICE_ATTEMPT_TIMEOUT_MS", "12"),
        ("PRODUCT_SERVICE_OVERALL_TIMEOUT_MS", "13"),
        ("PRODUCT_SERVICE_RETRIES", "1"),
        ("PRODUCT_SERVICE_RETRY_BASE_MS", "14"),
        ("PRODUCT_SERVICE_RETRY_MAX_MS", "15"),
        ("PRODUCT_SERVICE_RETRY_JITTER", "0.25"),
        ("PRODUCT_SERVICE_RETRY_BUDGET", "0.1"),
        ("PRODUCT_SERVICE_BREAKER_CONSECUTIVE_FAILURES", "6"),
        ("PRODUCT_SERVICE_BREAKER_FAILURE_RATE", "0.75"),
        ("PRODUCT_SERVICE_BREAKER_MINIMUM_CALLS", "21"),
        ("PRODUCT_SERVICE_BREAKER_WINDOW_MS", "5000"),
        ("PRODUCT_SERVICE_BREAKER_OPEN_MS", "6000"),
        ("PRODUCT_SERVICE_BREAKER_TRIALS", "2"),
    ])
    .unwrap();
    assert_eq!(config.url, "https://products.example.com/api/v1");
    assert!(config.token.is_some() && config.allow_http);
    assert_eq!(
        (
            config.connect_timeout_ms,
            config.attempt_timeout_ms,
            config.overall_timeout_ms
        ),
        (Some(11), Some(12), Some(13))
    );
    assert_eq!(
        (config.retries, config.retry_base_ms, config.retry_max_ms),
        (1, 14, 15)
    );
    assert_eq!((config.retry_jitter, config.retry_budget), (0.25, 0.1));
    assert_eq!(
        (config.breaker_consecutive_failures, config.breaker_failure_rate),
        (6, 0.75)
    );
    assert_eq!(
        (config.breaker_minimum_calls, config.breaker_window_ms),
        (21, 5000)
    );
    assert_eq!((config.breaker_open_ms, config.breaker_trials), (6000, 2));
}

#[test]
fn what_is_not_set_or_empty_keeps_its_default() {
    let config = with(&[("PRODUCT_SERVICE_RETRIES", ""), ("PRODUCT_SERVICE_TOKEN", "  ")]).unwrap();
    let default = ProductClientConfig::new("x");
    assert_eq!((config.retries, default.retries), (3, 3));
    assert!(config.token.is_none() && config.attempt_timeout_ms.is_none());
}

#[test]
fn variables_of_others_under_the_prefix_are_left_alone() {
    with(&[
        ("PRODUCT_SERVICE_PORT", "tcp://10.0.0.7:8080"),
        ("PRODUCT_SERVICE_SERVICE_HOST", "10.0.0.7"),
    ])
    .unwrap();
}

#[test]
fn a_bad_value_names_its_variable_and_is_not_shown() {
    let bad = [
        ("TOKEN", "s3cr3t with blanks"),
        ("ALLOW_HTTP", "s3cr3t"),
        ("CONNECT_TIMEOUT_MS", "0"),
        ("CONNECT_TIMEOUT_MS", "60001"),
        ("ATTEMPT_TIMEOUT_MS", "600 ms"),
        ("OVERALL_TIMEOUT_MS", "-1"),
        ("RETRIES", "11"),
        ("RETRIES", "2.5"),
        ("RETRY_BASE_MS", "0"),
        ("RETRY_BASE_MS", "2001"),
        ("RETRY_MAX_MS", "99999999999999999999999"),
        ("RETRY_JITTER", "1.5"),
        ("RETRY_JITTER", "NaN"),
        ("RETRY_BUDGET", "-0.1"),
        ("BREAKER_CONSECUTIVE_FAILURES", "0"),
        ("BREAKER_FAILURE_RATE", "0"),
        ("BREAKER_FAILURE_RATE", "inf"),
        ("BREAKER_MINIMUM_CALLS", "0"),
        ("BREAKER_WINDOW_MS", "99"),
        ("BREAKER_OPEN_MS", "0"),
        ("BREAKER_TRIALS", "0"),
    ];
    for (name, value) in bad {
        let key = format!("PRODUCT_SERVICE_{name}");
        let error = with(&[(&key, value)]).unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(shown.contains(&key), "{shown} for {key}={value}");
        assert!(!shown.contains("s3cr3t"), "{shown}");
        assert_eq!(error.settings(), [name.to_ascii_lowercase()]);
    }
}

#[test]
fn a_missing_url_is_told() {
    let error = ProductClientConfig::from_vars([("PRODUCT_SERVICE_RETRIES", "1")]).unwrap_err();
    assert_eq!(error.to_string(), "`url` (PRODUCT_SERVICE_URL) must be set");
}

#[test]
fn timeouts_that_do_not_fit_the_contract_are_told_by_both_names() {
    let config = with(&[("PRODUCT_SERVICE_ATTEMPT_TIMEOUT_MS", "1500")]).unwrap();
    let error = ProductClient::configured(config).build().unwrap_err();
    assert_eq!(
        error.to_string(),
        "`attempt_timeout_ms` (PRODUCT_SERVICE_ATTEMPT_TIMEOUT_MS) and `overall_timeout_ms` \
         (PRODUCT_SERVICE_OVERALL_TIMEOUT_MS) can't work"
    );
}
