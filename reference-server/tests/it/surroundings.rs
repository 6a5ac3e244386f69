//! What every answer has, and what is told without being asked for a token: correlation ids and health.

use crate::api::{Api, Folder, broker};
use reference_server::ReferenceServer;
use reqwest::Method;
use serde_json::json;
use sqlx::{Connection as _, SqliteConnection};

#[tokio::test]
async fn the_correlation_id_is_the_requests_own_when_it_is_well_formed() {
    let api = Api::start().await;
    let given = "order-4711:A_b.c";
    let answer = api
        .get("/products")
        .header("x-correlation-id", given)
        .send()
        .await;
    assert_eq!(answer.header("x-correlation-id"), given);
    let error = api.get("/nope").header("x-correlation-id", given).send().await;
    assert_eq!(error.body["correlationId"], given);
    for ill_formed in ["a b", "ä", &"x".repeat(129), ""] {
        let answer = api
            .get("/products")
            .header("x-correlation-id", ill_formed)
            .send()
            .await;
        assert!(
            uuid::Uuid::parse_str(answer.header("x-correlation-id")).is_ok(),
            "{ill_formed}"
        );
    }
    assert_ne!(api.get("/products").send().await.header("x-correlation-id"), "");
}

#[tokio::test]
async fn health_is_told_at_the_root_and_under_the_base() {
    let api = Api::start().await;
    for base in ["", "/api/v1"] {
        let alive = api
            .request_at(Method::GET, &format!("{base}/health/liveness"))
            .send()
            .await
            .expect(200);
        assert_eq!(alive, json!({ "status": "UP", "dependencies": [] }));
        let ready = api
            .request_at(Method::GET, &format!("{base}/health/readiness"))
            .send()
            .await
            .expect(200);
        assert_eq!(
            ready,
            json!({ "status": "UP", "dependencies": [{ "name": "store", "status": "UP" }] })
        );
    }
}

#[tokio::test]
async fn the_broker_is_a_dependency_when_there_is_one() {
    let (broker, _queue) = broker();
    let api = Api::of(ReferenceServer::builder().publisher(broker)).await;
    let ready = api
        .request_at(Method::GET, "/health/readiness")
        .send()
        .await
        .expect(200);
    assert_eq!(
        ready["dependencies"][1],
        json!({ "name": "broker", "status": "UP" })
    );
}

#[tokio::test]
async fn a_store_that_cannot_be_read_is_down() {
    let folder = Folder::new();
    let api = Api::of(ReferenceServer::builder().database(folder.database())).await;
    let ready = || api.request_at(Method::GET, "/health/readiness").send();
    ready().await.expect(200);
    let mut other = SqliteConnection::connect(&folder.database())
        .await
        .expect("a second connection");
    sqlx::query("ALTER TABLE variants RENAME TO elsewhere")
        .execute(&mut other)
        .await
        .expect("the table is gone");
    let details = ready().await.expect_error(503, "ServiceUnavailable");
    assert_eq!(details, json!({ "store": "DOWN" }));
}
