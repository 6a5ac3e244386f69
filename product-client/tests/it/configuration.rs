//! Settings from a file, and clients made of them.

use std::error::Error as _;
use std::time::Duration;

use product_client::testing::{Reply, ScriptedTransport};
use product_client::{ProductClient, ProductClientConfig};
use resilience::retry::Jitter;

use crate::samples::{price, variant_id};

fn from_json(text: &str) -> Result<ProductClientConfig, serde_json::Error> {
    serde_json::from_str(text)
}

#[test]
fn the_defaults_are_the_platforms_guidelines() {
    let from_file = from_json(r#"{"url": "https://h.test"}"#).unwrap();
    for config in [from_file, ProductClientConfig::new("https://h.test")] {
        let policy = config.policy();
        assert_eq!(
            (policy.retry.max_retries, policy.retry.base_delay),
            (3, Duration::from_millis(100))
        );
        assert_eq!(
            (policy.retry.factor, policy.retry.jitter),
            (2.0, Jitter::Additive(0.5))
        );
        let breaker = policy.breaker.unwrap();
        assert_eq!(
            (breaker.consecutive_failures, breaker.failure_rate),
            (Some(5), Some(0.5))
        );
        assert_eq!(
            (breaker.minimum_calls, breaker.window),
            (20, Duration::from_secs(10).into())
        );
        assert_eq!((breaker.open_for, breaker.trials), (Duration::from_secs(30), 3));
        assert!(policy.timeouts.attempt.is_none() && policy.operations.is_empty());
    }
}

#[test]
fn a_file_may_set_single_operations() {
    let config = from_json(
        r#"{"url": "https://h.test", "retries": 0,
            "operations": {"getVariantPrice": {"attempt_timeout_ms": 200, "overall_timeout_ms": 300}}}"#,
    )
    .unwrap();
    let policy = config.policy();
    assert_eq!(policy.retry.max_retries, 0);
    assert_eq!(
        policy.operations["getVariantPrice"].overall,
        Some(Duration::from_millis(300))
    );
    let builder = ProductClient::configured(config).transport(ScriptedTransport::default());
    assert!(builder.build().is_ok());
}

#[test]
fn a_setting_that_does_not_exist_is_refused() {
    assert!(
        from_json(r#"{"url": "https://h.test", "retrys": 3}"#)
            .unwrap_err()
            .to_string()
            .contains("`retrys`")
    );
    let config = from_json(r#"{"url": "https://h.test", "operations": {"getPrize": {}}}"#).unwrap();
    let error = ProductClient::configured(config).build().unwrap_err();
    assert_eq!(error.settings(), ["operations"]);
    assert!(error.source().unwrap().to_string().contains("`getPrize`"));
}

#[test]
fn a_range_of_a_single_operation_is_held() {
    let config =
        from_json(r#"{"url": "https://h.test", "operations": {"getProduct": {"connect_timeout_ms": 0}}}"#)
            .unwrap();
    let error = ProductClient::configured(config).build().unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("`operations.getProduct.connect_timeout_ms` must be"),
        "{error}"
    );
}

#[test]
fn plain_http_stays_on_the_machine_unless_allowed() {
    assert!(
        ProductClient::builder("http://127.0.0.1:8080/api/v1")
            .build()
            .is_ok()
    );
    let error = ProductClient::builder("http://products.example.com")
        .build()
        .unwrap_err();
    assert_eq!(error.settings(), ["url"]);
    let mut config = ProductClientConfig::new("http://products.example.com");
    config.allow_http = true;
    assert!(ProductClient::configured(config).build().is_ok());
}

#[test]
fn a_token_that_is_not_one_is_told_when_the_client_is_made() {
    let error = ProductClient::builder("http://localhost")
        .token("two words")
        .build()
        .unwrap_err();
    assert_eq!(error.settings(), ["token"]);
    assert!(
        ProductClient::builder("http://localhost")
            .token("two words")
            .token("one")
            .build()
            .is_ok()
    );
}

#[tokio::test(start_paused = true)]
async fn the_token_of_the_settings_is_sent() {
    let config = from_json(r#"{"url": "https://h.test/api/v1", "token": "abc"}"#).unwrap();
    let transport = ScriptedTransport::new([Reply::json(200, &price())]);
    let client = ProductClient::configured(config)
        .transport(transport.clone())
        .build()
        .unwrap();
    client.get_variant_price(variant_id()).await.unwrap();
    let request = &transport.requests()[0];
    assert_eq!(request.headers()["authorization"], "Bearer abc");
    assert!(
        request.headers()["user-agent"]
            .to_str()
            .unwrap()
            .starts_with("product-client/")
    );
}

#[tokio::test(start_paused = true)]
async fn a_timeout_for_all_operations_is_in_force() {
    let mut config = ProductClientConfig::new("https://h.test");
    config.attempt_timeout_ms = Some(20);
    config.overall_timeout_ms = Some(30);
    let transport = ScriptedTransport::always(Reply::never());
    let client = ProductClient::configured(config)
        .transport(transport)
        .build()
        .unwrap();
    let begin = resilience::time::now();
    assert!(
        client
            .get_variant_price(variant_id())
            .await
            .unwrap_err()
            .is_timeout()
    );
    assert!(
        begin.elapsed() <= Duration::from_millis(31),
        "{:?}",
        begin.elapsed()
    );
}
