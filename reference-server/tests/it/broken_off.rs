//! Writes that wait for the database, and end before it is their turn.

use crate::api::{Api, Folder};
use reference_server::ReferenceServer;
use reqwest::Method;
use serde_json::json;
use sqlx::{Connection as _, SqliteConnection};
use std::time::Duration;

#[tokio::test]
async fn a_write_that_runs_out_of_time_is_undone_and_may_be_sent_again() {
    let folder = Folder::new();
    let first = Api::of(ReferenceServer::builder().database(folder.database())).await;
    let category = first.category().await;
    first.server.shutdown().await.expect("it stops");

    let server = ReferenceServer::builder().database(folder.database());
    let api = Api::of(server.request_timeout(Duration::from_millis(100))).await;
    let body = json!({ "name": "Jacket", "brand": "Northwind", "categoryIds": [category] });
    let create = || {
        api.manager(Method::POST, "/products")
            .header("idempotency-key", "k-1")
            .json(&body)
            .send()
    };
    // Whoever writes waits for this lock, longer than a request may take.
    let mut other = SqliteConnection::connect(&folder.database())
        .await
        .expect("a second connection");
    sqlx::query("BEGIN IMMEDIATE")
        .execute(&mut other)
        .await
        .expect("the lock");
    create().await.expect_error(408, "InvalidRequest");
    assert_eq!(api.events_written().await, 0);
    sqlx::query("ROLLBACK")
        .execute(&mut other)
        .await
        .expect("the lock is let go");

    // The first write may still be on its way out of the queue for the lock, so one more may run out of time.
    let answer = loop {
        let answer = create().await;
        if answer.status != 408 {
            break answer;
        }
    };
    answer.expect(201);
    assert_eq!(api.events_written().await, 1, "it happened once");
}

#[tokio::test]
async fn a_write_for_which_the_database_is_never_free_is_told_to_come_again() {
    let folder = Folder::new();
    let api = Api::of(ReferenceServer::builder().database(folder.database())).await;
    let category = api.category().await;
    let mut other = SqliteConnection::connect(&folder.database())
        .await
        .expect("a second connection");
    sqlx::query("BEGIN IMMEDIATE")
        .execute(&mut other)
        .await
        .expect("the lock");
    let body = json!({ "name": "Jacket", "brand": "Northwind", "categoryIds": [category] });
    let answer = api.manager(Method::POST, "/products").json(&body).send().await;
    assert_eq!(answer.header("retry-after"), "1");
    answer.expect_error(503, "ServiceUnavailable");
    api.get("/products").send().await.expect(200);
}
