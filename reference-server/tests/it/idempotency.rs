//! `Idempotency-Key`: a request that is sent again happens once.

use crate::api::{Answer, Api, Folder, text};
use reference_server::{ManualClock, ReferenceServer, Role};
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::Connection;
use std::time::Duration;

async fn create(api: &Api, key: &str, body: &Value) -> Answer {
    api.manager(Method::POST, "/products")
        .header("idempotency-key", key)
        .json(body)
        .send()
        .await
}

async fn jacket(api: &Api) -> Value {
    json!({ "name": "Jacket", "brand": "Northwind", "categoryIds": [api.category().await] })
}

#[tokio::test]
async fn the_same_request_is_answered_again_and_happens_once() {
    let api = Api::start().await;
    let body = jacket(&api).await;
    let first = create(&api, "k-1", &body).await;
    let again = create(&api, "k-1", &body).await;
    for header in ["location", "etag", "content-type"] {
        assert_eq!(first.header(header), again.header(header));
    }
    assert_eq!(first.expect(201), again.expect(201));
    assert_eq!(api.events_written().await, 1);

    let product = api.manager(Method::GET, "/products").send().await.expect(200)["items"][0].clone();
    let path = format!("/products/{}/variants", text(&product["id"]));
    let variant = json!({ "sku": "J-L", "name": "L" });
    let create = || {
        api.manager(Method::POST, &path)
            .header("idempotency-key", "k-1")
            .json(&variant)
            .send()
    };
    assert_eq!(create().await.expect(201), create().await.expect(201));
    assert_eq!(api.events_written().await, 2);
}

#[tokio::test]
async fn the_same_key_with_another_body_is_refused() {
    let api = Api::start().await;
    let mut body = jacket(&api).await;
    create(&api, "k-1", &body).await.expect(201);
    body["name"] = json!("Boots");
    create(&api, "k-1", &body)
        .await
        .expect_error(422, "IdempotencyMismatch");
    create(&api, "k-2", &body).await.expect(201);
}

#[tokio::test]
async fn a_key_belongs_to_its_caller() {
    let api = Api::start().await;
    let body = jacket(&api).await;
    create(&api, "k-1", &body).await.expect(201);
    let admin = api.server.token(&[Role::Admin], &[]);
    let other = api
        .request(Method::POST, "/products")
        .bearer(&admin)
        .header("idempotency-key", "k-1")
        .json(&body);
    other.send().await.expect_error(409, "Conflict");
}

#[tokio::test]
async fn a_refused_request_leaves_its_key_free() {
    let api = Api::start().await;
    let mut body = jacket(&api).await;
    body["name"] = json!("x");
    create(&api, "k-1", &body)
        .await
        .expect_error(400, "ValidationError");
    body["name"] = json!("Jacket");
    create(&api, "k-1", &body).await.expect(201);
}

#[tokio::test]
async fn a_key_is_forgotten_after_a_day() {
    let clock = ManualClock::at("2026-11-23T08:00:00Z".parse().expect("an instant"));
    let api = Api::of(ReferenceServer::builder().clock(clock.clone())).await;
    let body = jacket(&api).await;
    create(&api, "k-1", &body).await.expect(201);
    clock.advance(Duration::from_secs(24 * 3_600 - 1));
    // The tokens of the first day have expired; the caller is the same.
    create(&api, "k-1", &body).await.expect(201);
    clock.advance(Duration::from_secs(1));
    create(&api, "k-1", &body).await.expect_error(409, "Conflict");
}

#[tokio::test]
async fn an_ill_formed_key_is_refused() {
    let api = Api::start().await;
    let body = jacket(&api).await;
    for key in ["", &"x".repeat(256), "\u{e4}"] {
        create(&api, key, &body)
            .await
            .expect_error(400, "ValidationError");
    }
    let twice = api
        .manager(Method::POST, "/products")
        .header("idempotency-key", "a")
        .header("idempotency-key", "b");
    twice
        .json(&body)
        .send()
        .await
        .expect_error(400, "ValidationError");
}

#[tokio::test]
async fn while_the_first_request_runs_the_second_is_refused() {
    let folder = Folder::new();
    let api = Api::of(ReferenceServer::builder().database(folder.database())).await;
    let body = jacket(&api).await;
    // Whoever writes first waits for this lock, so one of two requests runs until it is let go.
    let mut other = sqlx::SqliteConnection::connect(&folder.database())
        .await
        .expect("a second connection");
    sqlx::query("BEGIN IMMEDIATE")
        .execute(&mut other)
        .await
        .expect("the lock");
    let (mut one, mut two) = (
        Box::pin(create(&api, "k-1", &body)),
        Box::pin(create(&api, "k-1", &body)),
    );
    let refused = tokio::select! {
        answer = &mut one => { one = two; answer }
        answer = &mut two => answer,
    };
    refused.expect_error(409, "Conflict");
    sqlx::query("ROLLBACK")
        .execute(&mut other)
        .await
        .expect("the lock is let go");
    one.await.expect(201);
    assert_eq!(api.events_written().await, 1);
}
