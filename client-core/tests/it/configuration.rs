//! What can't work is told when the client is made.

use std::error::Error as _;
use std::time::Duration;

use client_core::testing::{Reply, ScriptedTransport};
use client_core::{Client, ClientPolicy, ConfigError, TimeoutOverrides};
use resilience::breaker::BreakerPolicy;

use crate::operations::{CREATE_PRODUCT, READ_PRICE, builder, price, read_price};

fn with_url(url: &str) -> Result<Client, ConfigError> {
    Client::builder(url)
        .transport(ScriptedTransport::always(Reply::json(200, &price())))
        .build()
}

#[test]
fn https_or_loopback_is_required() {
    for url in [
        "https://products.example.com/api/v1",
        "http://127.0.0.1:8080/api/v1",
        "http://127.3.2.1",
        "http://[::1]:9000/",
        "http://localhost:3000/api/v1/",
        "  https://products.example.com  ",
    ] {
        assert!(with_url(url).is_ok(), "{url}");
    }
    for url in [
        "http://products.example.com/api/v1",
        "http://localhost.example.com",
        "http://10.0.0.1",
        "ftp://products.example.com",
        "products.example.com",
        "/api/v1",
        "",
        "https://",
        "https://products.example.com/api?v=1",
        "https://products.example.com/api#v1",
        "https://user:secret@products.example.com/",
        "https://products.example.com:https/",
        "https://products.example.com:99999/",
        "https://products.example.com:/",
        "https://products.example.com/internal/../api/v1",
    ] {
        let error = with_url(url).unwrap_err();
        assert_eq!(error.settings(), ["base_url"], "{url}");
        assert!(!format!("{error} {error:?}").contains("secret"));
    }
    let allowed = Client::builder("http://mesh.internal")
        .allow_http(true)
        .transport(ScriptedTransport::default());
    assert!(allowed.build().is_ok());
}

#[tokio::test(start_paused = true)]
async fn paths_lie_under_the_base_url() {
    for (base, expected) in [
        ("https://h.test", "https://h.test/variants/v-1/price"),
        ("https://h.test/", "https://h.test/variants/v-1/price"),
        (
            "https://h.test:8443/api/v1",
            "https://h.test:8443/api/v1/variants/v-1/price",
        ),
        (
            "https://h.test/api/v1//",
            "https://h.test/api/v1/variants/v-1/price",
        ),
    ] {
        let transport = ScriptedTransport::always(Reply::json(200, &price()));
        let client = Client::builder(base)
            .transport(transport.clone())
            .build()
            .unwrap();
        client.call(read_price()).await.unwrap();
        assert_eq!(transport.requests()[0].uri(), expected);
    }
}

#[test]
fn an_attempt_as_long_as_the_call_is_refused_with_operation_and_settings() {
    let mut policy = ClientPolicy::default();
    policy.timeouts = TimeoutOverrides::default().with_attempt(Duration::from_secs(2));
    let error = builder(&ScriptedTransport::default())
        .policy(policy)
        .operations(&[&CREATE_PRODUCT, &READ_PRICE])
        .build()
        .unwrap_err();
    assert_eq!(error.to_string(), "policy of readPrice can't work");
    assert_eq!(error.settings(), ["attempt_timeout", "overall_timeout"]);
    assert!(error.source().is_some());
}

#[tokio::test(start_paused = true)]
async fn unknown_to_the_builder_it_is_refused_by_the_call() {
    let mut policy = ClientPolicy::default();
    policy.timeouts = TimeoutOverrides::default().with_attempt(Duration::from_secs(2));
    let transport = ScriptedTransport::always(Reply::json(200, &price()));
    let error = builder(&transport)
        .policy(policy)
        .build()
        .unwrap()
        .call(read_price())
        .await
        .unwrap_err();
    assert!(error.is_build());
    assert_eq!(transport.requests().len(), 0);
}

#[test]
fn policies_out_of_range_are_refused() {
    let mut policy = ClientPolicy::default();
    policy.breaker = Some(BreakerPolicy::default().with_failure_rate(1.5));
    let error = builder(&ScriptedTransport::default())
        .policy(policy)
        .build()
        .unwrap_err();
    assert_eq!(error.settings(), ["breaker.failure_rate"]);
}

#[test]
fn an_override_of_an_operation_that_does_not_exist_is_refused() {
    let mut policy = ClientPolicy::default();
    policy
        .operations
        .insert("readPrize".to_owned(), TimeoutOverrides::default());
    let error = builder(&ScriptedTransport::default())
        .policy(policy)
        .operations(&[&READ_PRICE])
        .build()
        .unwrap_err();
    assert!(error.to_string().contains("`readPrize`"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn an_override_of_one_operation_wins_over_that_of_all() {
    let mut policy = ClientPolicy::default();
    policy.timeouts = TimeoutOverrides::default()
        .with_attempt(Duration::from_secs(10))
        .with_overall(Duration::from_secs(20));
    policy.operations.insert(
        "readPrice".to_owned(),
        TimeoutOverrides::default()
            .with_attempt(Duration::from_millis(50))
            .with_overall(Duration::from_millis(60)),
    );
    let transport = ScriptedTransport::always(Reply::never());
    let client = builder(&transport)
        .policy(policy)
        .operations(&[&READ_PRICE, &CREATE_PRODUCT])
        .build()
        .unwrap();
    let begin = resilience::time::now();
    client.call(read_price()).await.unwrap_err();
    assert!(begin.elapsed() <= Duration::from_millis(61));
}

#[tokio::test(start_paused = true)]
async fn the_user_agent_is_sent() {
    let transport = ScriptedTransport::always(Reply::json(200, &price()));
    let client = builder(&transport)
        .user_agent("order-service/2.1")
        .build()
        .unwrap();
    client.call(read_price()).await.unwrap();
    assert_eq!(
        transport.requests()[0].headers()["user-agent"],
        "order-service/2.1"
    );
    for other in ["a\nb", "bücher/1.0"] {
        assert!(builder(&transport).user_agent(other).build().is_err());
    }
}
