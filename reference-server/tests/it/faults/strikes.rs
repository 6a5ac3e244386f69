//! What each fault looks like to a client.

use super::server;
use crate::wire::{get, post};
use reference_server::Role;
use reference_server::faults::{FaultPlan, Outage};
use reference_server::import::{ImportOptions, Source};
use std::time::Duration;

const PRODUCTS: &str = "/api/v1/products";

/// A plan that `change` is made to.
fn plan(change: impl FnOnce(&mut FaultPlan)) -> FaultPlan {
    let mut plan = FaultPlan::default();
    change(&mut plan);
    plan
}

#[tokio::test]
async fn nothing_strikes_unless_it_is_switched_on() {
    let server = server().await;
    for _ in 0..20 {
        assert_eq!(get(server.addr(), PRODUCTS).await.status(), Some(200));
    }
    let counts = server.faults().counts();
    assert_eq!((counts.requests, counts.faults, counts.delays), (20, 0, 0));
    server.shutdown().await.expect("it stops");
}

#[tokio::test]
async fn errors_have_the_drawn_statuses_and_the_documented_body() {
    let server = server().await;
    server.faults().set(FaultPlan::errors(1.0)).expect("a good plan");
    let mut statuses = Vec::new();
    for _ in 0..40 {
        let answer = get(server.addr(), PRODUCTS).await;
        let body = answer.json();
        let status = answer.status().expect("a head");
        assert_eq!(body["statusCode"], status);
        assert_eq!(body["correlationId"].as_str(), answer.header("x-correlation-id"));
        assert!(body["error"].is_string() && body["message"].is_string(), "{body}");
        statuses.push(status);
    }
    statuses.sort_unstable();
    statuses.dedup();
    assert_eq!(statuses, [500, 502, 503, 504]);
    assert_eq!(server.faults().counts().errors, 40);
    server.shutdown().await.expect("it stops");
}

#[tokio::test]
async fn a_reset_closes_the_connection_without_a_byte() {
    let server = server().await;
    server
        .faults()
        .set(plan(|plan| plan.reset_rate = 1.0))
        .expect("a good plan");
    assert!(get(server.addr(), PRODUCTS).await.is_nothing());
    assert_eq!(server.faults().counts().resets, 1);
    server.shutdown().await.expect("it stops");
}

#[tokio::test]
async fn a_truncated_answer_has_its_head_and_half_of_its_body() {
    let server = server().await;
    let whole = get(server.addr(), PRODUCTS).await;
    server
        .faults()
        .set(plan(|plan| plan.truncation_rate = 1.0))
        .expect("a good plan");
    let cut = get(server.addr(), PRODUCTS).await;
    assert_eq!(cut.status(), Some(200));
    assert_eq!(
        cut.header("content-length"),
        Some(whole.body().len().to_string().as_str())
    );
    assert_eq!(cut.body(), &whole.body()[..whole.body().len() / 2]);
    assert_eq!(server.faults().counts().truncations, 1);
    server.shutdown().await.expect("it stops");
}

#[tokio::test]
async fn a_hanging_request_is_never_answered_and_is_closed_at_the_limit() {
    let server = server().await;
    let hang = plan(|plan| {
        plan.hang_rate = 1.0;
        plan.hang_limit = Duration::from_millis(20);
    });
    server.faults().set(hang).expect("a good plan");
    assert!(get(server.addr(), PRODUCTS).await.is_nothing());
    assert_eq!(server.faults().counts().hangs, 1);
    server.shutdown().await.expect("it stops");
}

#[tokio::test]
async fn a_throttled_request_is_told_when_to_come_back_in_whole_seconds() {
    let server = server().await;
    let throttle = plan(|plan| {
        plan.throttle_rate = 1.0;
        plan.retry_after = Duration::from_millis(1_200);
    });
    server.faults().set(throttle).expect("a good plan");
    let answer = get(server.addr(), PRODUCTS).await;
    assert_eq!(
        (answer.status(), answer.header("retry-after")),
        (Some(429), Some("2"))
    );
    assert_eq!(answer.json()["error"], "TooManyRequests");
    server.shutdown().await.expect("it stops");
}

#[tokio::test]
async fn a_late_answer_is_the_real_one() {
    let server = server().await;
    let late = plan(|plan| {
        plan.latency_rate = 1.0;
        plan.least_latency = Duration::from_millis(1);
        plan.most_latency = Duration::from_millis(2);
    });
    server.faults().set(late).expect("a good plan");
    assert_eq!(get(server.addr(), PRODUCTS).await.status(), Some(200));
    let counts = server.faults().counts();
    assert_eq!((counts.delays, counts.faults), (1, 0));
    server.shutdown().await.expect("it stops");
}

#[tokio::test]
async fn a_lost_answer_leaves_the_write_and_one_that_is_struck_before_does_not() {
    let server = server().await;
    let token = server.token(&[Role::Admin], &[]);
    let create = |name: &str, category: &str| {
        format!("{{\"name\":\"{name}\",\"brand\":\"Forge\",\"categoryIds\":[\"{category}\"]}}")
    };
    let imported = server
        .import(Source::embedded(), ImportOptions::default())
        .await
        .expect("the embedded catalogue is imported");
    let categories = get(server.addr(), "/api/v1/categories").await.json();
    let category = categories["items"][0]["id"].as_str().expect("a category");
    let lost = |share: f64| {
        plan(|plan| {
            plan.reset_rate = 1.0;
            plan.lost_answer_share = share;
        })
    };

    server.faults().set(lost(0.0)).expect("a good plan");
    assert!(
        post(server.addr(), PRODUCTS, &token, &create("Never Made", category))
            .await
            .is_nothing()
    );
    server.faults().set(lost(1.0)).expect("a good plan");
    assert!(
        post(server.addr(), PRODUCTS, &token, &create("Made Unseen", category))
            .await
            .is_nothing()
    );
    assert_eq!(server.faults().counts().lost_answers, 1);

    server.faults().clear();
    let unseen = post(server.addr(), PRODUCTS, &token, &create("Made Unseen", category)).await;
    assert_eq!(unseen.status(), Some(409), "it is there");
    let never = post(server.addr(), PRODUCTS, &token, &create("Never Made", category)).await;
    assert_eq!(never.status(), Some(201), "it was not there");
    assert_eq!(imported.products.created, 62);
    server.shutdown().await.expect("it stops");
}

#[tokio::test]
async fn faults_spare_health_and_strike_only_where_they_are_aimed_at() {
    let server = server().await;
    server.faults().set(FaultPlan::errors(1.0)).expect("a good plan");
    for path in ["/health/liveness", "/api/v1/health/readiness"] {
        assert_eq!(get(server.addr(), path).await.status(), Some(200), "{path}");
    }
    let aimed = FaultPlan::errors(1.0)
        .only_at(http::Method::GET, "/categories")
        .only_at(None, "/health");
    server.faults().set(aimed).expect("a good plan");
    assert_eq!(get(server.addr(), PRODUCTS).await.status(), Some(200));
    for path in ["/api/v1/categories", "/health/liveness"] {
        assert!(
            get(server.addr(), path)
                .await
                .status()
                .is_some_and(|status| status >= 500),
            "{path}"
        );
    }
    server.shutdown().await.expect("it stops");
}

#[tokio::test]
async fn in_an_outage_nothing_answers_until_it_ends() {
    let server = server().await;
    server.faults().begin_outage(Outage::Unavailable);
    for path in [PRODUCTS, "/health/liveness"] {
        assert_eq!(get(server.addr(), path).await.status(), Some(503), "{path}");
    }
    server.faults().begin_outage(Outage::Reset);
    assert!(get(server.addr(), PRODUCTS).await.is_nothing());
    assert_eq!(server.faults().outage(), Some(Outage::Reset));
    server.faults().end_outage();
    assert_eq!(get(server.addr(), PRODUCTS).await.status(), Some(200));
    let counts = server.faults().counts();
    assert_eq!((counts.requests, counts.in_outage, counts.faults), (4, 3, 3));
    server.shutdown().await.expect("it stops");
}
