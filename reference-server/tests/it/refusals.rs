//! Every rejection has the documented body, whoever raises it.

use crate::api::Api;
use reference_server::ReferenceServer;
use reqwest::Method;
use serde_json::json;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

const SOMEBODY: &str = "0192f0c1-7a3e-7c11-9a53-1f0e8d6b4a01";

#[tokio::test]
async fn a_path_that_is_not_there_or_not_well_formed() {
    let api = Api::start().await;
    for path in ["/nope", "/products/", "/products/a/b/c", "/%ff"] {
        api.get(path).send().await.expect_error(404, "NotFound");
    }
    for path in ["/", "/metrics", "/api/v2/products"] {
        api.request_at(Method::GET, path)
            .send()
            .await
            .expect_error(404, "NotFound");
    }
    api.get("/products/%ff")
        .send()
        .await
        .expect_error(400, "InvalidRequest");
    for id in [
        "xyz",
        "0192f0c17a3e7c119a531f0e8d6b4a01",
        "{0192f0c1-7a3e-7c11-9a53-1f0e8d6b4a01}",
        "variants",
    ] {
        api.get(&format!("/products/{id}"))
            .send()
            .await
            .expect_error(400, "ValidationError");
        api.get(&format!("/products/variants/{id}/price"))
            .send()
            .await
            .expect_error(400, "ValidationError");
    }
    let upper_case = SOMEBODY.to_uppercase();
    api.get(&format!("/products/{upper_case}"))
        .send()
        .await
        .expect_error(404, "NotFound");
    let long = "x".repeat(9_000);
    api.get(&format!("/products?search={long}"))
        .send()
        .await
        .expect_error(414, "InvalidRequest");
}

#[tokio::test]
async fn a_method_that_the_path_does_not_know() {
    let api = Api::start().await;
    let cases = [
        (Method::PUT, "/products", "GET,HEAD,POST"),
        (Method::GET, "/products/batch", "POST"),
        (Method::OPTIONS, "/categories", "GET,HEAD"),
        (Method::TRACE, "/health/liveness", "GET,HEAD"),
    ];
    for (method, path, allow) in cases {
        let answer = api.request(method, path).send().await;
        assert_eq!(answer.header("allow"), allow);
        answer.expect_error(405, "InvalidRequest");
    }
}

#[tokio::test]
async fn a_query_that_is_not_the_operations() {
    let api = Api::start().await;
    let cases = [
        ("page=0", "page"),
        ("page=x", "page"),
        ("page=1.0", "page"),
        ("limit=101", "limit"),
        ("limit=", "limit"),
        ("page=1&page=1", "page"),
        ("sort=price", "sort"),
        ("sort=-name:desc", "sort"),
        ("sort=name,id,createdAt,updatedAt", "sort"),
        ("status=GONE", "status"),
        ("categoryId=1", "categoryId"),
        ("search=", "search"),
        ("colour=red", "colour"),
    ];
    for (query, field) in cases {
        let details = api
            .get(&format!("/products?{query}"))
            .send()
            .await
            .expect_error(400, "ValidationError");
        assert!(details.get(field).is_some(), "{query}: {details}");
    }
    api.get("/products?search=%ff")
        .send()
        .await
        .expect_error(400, "InvalidRequest");
    api.get("/products?search=a+b%2Bc").send().await.expect(200);
}

#[tokio::test]
async fn a_body_that_cannot_be_read() {
    let api = Api::start().await;
    let post = |media_type: &'static str, body: &'static str| {
        api.manager(Method::POST, "/products")
            .body(media_type, body)
            .send()
    };
    post("text/plain", "{}").await.expect_error(415, "InvalidRequest");
    post("application/merge-patch+json", "{}")
        .await
        .expect_error(415, "InvalidRequest");
    api.manager(Method::POST, "/products")
        .send()
        .await
        .expect_error(415, "InvalidRequest");
    for broken in ["", "{", "{\"name\": }", "\u{feff}{}"] {
        post("application/json", broken)
            .await
            .expect_error(400, "InvalidRequest");
    }
    for other in ["[]", "null", "7"] {
        post("application/json; charset=utf-8", other)
            .await
            .expect_error(400, "ValidationError");
    }
    let deep = "[".repeat(100_000);
    let answer = api
        .manager(Method::POST, "/products")
        .body("application/json", deep)
        .send()
        .await;
    answer.expect_error(400, "InvalidRequest");
}

#[tokio::test]
async fn of_very_many_problems_a_hundred_are_told() {
    let api = Api::start().await;
    let fields: serde_json::Map<_, _> = (0..1_000).map(|at| (format!("f{at}"), json!(at))).collect();
    let answer = api.manager(Method::POST, "/products").json(&fields.into());
    let details = answer.send().await.expect_error(400, "ValidationError");
    assert_eq!(details.as_object().map(serde_json::Map::len), Some(100));
}

#[tokio::test]
async fn a_body_that_is_too_large_announced_or_not() {
    let api = Api::of(ReferenceServer::builder().body_limit(1_000)).await;
    let large = format!("{{\"name\":\"{}\"}}", "x".repeat(1_000));
    let announced = api
        .manager(Method::POST, "/products")
        .body("application/json", large.clone())
        .send()
        .await;
    assert!(
        announced.body["message"]
            .as_str()
            .is_some_and(|message| message.contains("1000 bytes"))
    );
    announced.expect_error(413, "InvalidRequest");

    let token = api.server.token(&[reference_server::Role::Manager], &[]);
    let head = format!(
        "POST /api/v1/products HTTP/1.1\r\nHost: test\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    );
    let chunks = format!("{head}{:x}\r\n{large}\r\n0\r\n\r\n", large.len());
    assert!(exchange(&api, &chunks).await.starts_with("HTTP/1.1 413 "));
    let fits = json!({ "name": "x".repeat(900) });
    api.manager(Method::POST, "/products")
        .json(&fits)
        .send()
        .await
        .expect_error(400, "ValidationError");
}

#[tokio::test]
async fn a_body_that_does_not_arrive_in_time() {
    let api = Api::of(ReferenceServer::builder().request_timeout(Duration::from_millis(50))).await;
    let token = api.server.token(&[reference_server::Role::Manager], &[]);
    let head = format!(
        "POST /api/v1/products HTTP/1.1\r\nHost: test\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{{"
    );
    let answer = exchange(&api, &head).await;
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert!(answer.contains("\"error\":\"InvalidRequest\""), "{answer}");
}

#[tokio::test]
async fn an_answer_in_a_form_that_there_is_not() {
    let api = Api::start().await;
    for accept in ["text/html", "application/xml, text/*", "application/json;q=0"] {
        api.get("/products")
            .header("accept", accept)
            .send()
            .await
            .expect_error(406, "InvalidRequest");
    }
    for accept in [
        "*/*",
        "text/html, application/*;q=0.1",
        "APPLICATION/JSON; charset=utf-8",
        "",
    ] {
        api.get("/products")
            .header("accept", accept)
            .send()
            .await
            .expect(200);
    }
}

#[tokio::test]
async fn checks_come_in_their_order() {
    let api = Api::start().await;
    // Everything is wrong with it; each step takes away the first thing.
    let anonymous = api
        .request(Method::POST, "/products/x/variants")
        .body("text/plain", "{");
    anonymous.send().await.expect_error(401, "Unauthorized");
    let bad_path = api
        .manager(Method::POST, "/products/x/variants")
        .body("text/plain", "{");
    bad_path.send().await.expect_error(400, "ValidationError");
    let path = format!("/products/{SOMEBODY}/variants");
    let bad_type = api.manager(Method::POST, &path).body("text/plain", "{");
    bad_type.send().await.expect_error(415, "InvalidRequest");
    let bad_json = api.manager(Method::POST, &path).body("application/json", "{");
    bad_json.send().await.expect_error(400, "InvalidRequest");
    let bad_field = api
        .manager(Method::POST, &path)
        .json(&json!({ "sku": 1, "name": "x" }));
    bad_field.send().await.expect_error(400, "ValidationError");
    let missing = api
        .manager(Method::POST, &path)
        .json(&json!({ "sku": "x", "name": "x" }));
    missing.send().await.expect_error(404, "NotFound");
}

/// Sends bytes and takes what comes until the server closes the connection.
async fn exchange(api: &Api, request: &str) -> String {
    let mut connection = TcpStream::connect(api.server.addr())
        .await
        .expect("the server listens");
    connection
        .write_all(request.as_bytes())
        .await
        .expect("the request is taken");
    let mut answer = Vec::new();
    connection
        .read_to_end(&mut answer)
        .await
        .expect("the answer comes");
    String::from_utf8(answer).expect("text")
}
