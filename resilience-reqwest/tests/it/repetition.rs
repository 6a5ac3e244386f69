use http::HeaderValue;
use reqwest::Method;
use resilience_reqwest::IdempotencyKey;

use crate::connections::quick;
use crate::script::{Server, URL, middleware};
use crate::sockets::{Reply, Sockets};

async fn requests_of(method: Method, statuses: [u16; 2]) -> usize {
    let server = Server::answering(statuses);
    let client = server.client(middleware());
    client.request(method, URL).send().await.unwrap();
    server.seen().len()
}

#[tokio::test(start_paused = true)]
async fn what_is_idempotent_by_its_method_is_repeated() {
    for method in [
        Method::GET,
        Method::HEAD,
        Method::OPTIONS,
        Method::TRACE,
        Method::PUT,
        Method::DELETE,
    ] {
        assert_eq!(requests_of(method.clone(), [503, 200]).await, 2, "{method}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_post_or_patch_that_may_have_arrived_is_sent_once() {
    for method in [Method::POST, Method::PATCH] {
        for status in [500, 502, 503, 504, 429] {
            assert_eq!(
                requests_of(method.clone(), [status, 200]).await,
                1,
                "{method} {status}"
            );
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_post_with_an_idempotency_key_is_repeated_with_the_same_key() {
    let server = Server::answering([503, 503, 201]);
    let client = server.client(middleware());
    let response = client
        .post(URL)
        .header("Idempotency-Key", "order-4711")
        .send()
        .await
        .unwrap();

    assert_eq!(response.status(), 201);
    let keys: Vec<_> = server
        .seen()
        .iter()
        .map(|seen| seen.headers["idempotency-key"].clone())
        .collect();
    assert_eq!(keys, ["order-4711"; 3]);
}

#[tokio::test(start_paused = true)]
async fn a_fresh_key_is_made_once_for_all_attempts_of_a_call_and_never_twice() {
    let server = Server::answering([503, 201, 503, 201]);
    let client = server.client(middleware());
    for _ in 0..2 {
        let post = client.post(URL).with_extension(IdempotencyKey::fresh());
        assert_eq!(post.send().await.unwrap().status(), 201);
    }

    let keys: Vec<_> = server
        .seen()
        .iter()
        .map(|seen| seen.headers["idempotency-key"].clone())
        .collect();
    assert_eq!(keys[0], keys[1]);
    assert_eq!(keys[2], keys[3]);
    assert_ne!(keys[0], keys[2]);
}

#[tokio::test(start_paused = true)]
async fn a_key_on_the_request_wins_over_one_in_the_extensions() {
    let server = Server::answering([201]);
    let client = server.client(middleware());
    let key = IdempotencyKey::from(HeaderValue::from_static("other"));
    let post = client
        .post(URL)
        .header("idempotency-key", "mine")
        .with_extension(key);
    post.send().await.unwrap();

    assert_eq!(server.seen()[0].headers["idempotency-key"], "mine");
}

#[tokio::test]
async fn a_body_of_bytes_goes_with_each_attempt() {
    let sockets = Sockets::start([Reply::status(503), Reply::status(200)]).await;
    let client = sockets.client(quick());
    client.put(sockets.url()).body("89.99").send().await.unwrap();

    assert_eq!(sockets.bodies(), ["89.99", "89.99"]);
}
