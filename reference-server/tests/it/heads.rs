//! Heads of requests that are too large, too slow, or never come.

use crate::wire::exchange;
use futures_util::future::join_all;
use reference_server::{ReferenceServer, Running};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

async fn started(server: ReferenceServer) -> Running {
    server.start().await.expect("it starts")
}

fn head(target: &str, headers: &str) -> String {
    format!(
        "GET {target} HTTP/1.1\r\nHost: test\r\nConnection: close\r\nX-Correlation-ID: c-1\r\n{headers}\r\n"
    )
}

#[tokio::test]
async fn a_head_that_is_too_large_is_refused_with_the_documented_body() {
    let server = started(ReferenceServer::builder()).await;
    let products = "/api/v1/products";
    let many: String = (0..98).map(|at| format!("X-{at}: 1\r\n")).collect();
    let cases = [
        (431, head(products, &many)),
        (431, head(products, &format!("X-A: {}\r\n", "a".repeat(70_000)))),
        (431, head(products, &format!("X-A: {}\r\n", "a".repeat(600_000)))),
        (414, head(&format!("{products}?search={}", "a".repeat(9_000)), "")),
        (
            414,
            head(&format!("{products}?search={}", "a".repeat(60_000)), ""),
        ),
    ];
    for (status, request) in cases {
        let answer = exchange(server.addr(), &request).await;
        assert_eq!(answer.status(), Some(status));
        assert_eq!(answer.header("x-correlation-id"), Some("c-1"));
        let body = answer.json();
        assert_eq!(
            (&body["error"], &body["statusCode"], &body["correlationId"]),
            (&"InvalidRequest".into(), &status.into(), &"c-1".into())
        );
    }
    let just_enough: String = (0..97).map(|at| format!("X-{at}: 1\r\n")).collect();
    let answer = exchange(server.addr(), &head(products, &just_enough)).await;
    assert_eq!(answer.status(), Some(200));
}

#[tokio::test]
async fn a_connection_that_sends_no_whole_head_is_closed_in_time() {
    let server = started(ReferenceServer::builder().request_timeout(Duration::from_millis(50))).await;
    let half_sent = [
        "",
        "PRI * HT",
        "GET /he",
        "GET /health/liveness HTTP/1.1\r\nHost: test\r\nX-A: ",
    ];
    let answers = join_all(half_sent.map(|sent| exchange(server.addr(), sent)));
    let answers = tokio::time::timeout(Duration::from_secs(30), answers).await;
    for answer in answers.expect("they are closed") {
        assert!(answer.is_nothing());
    }
}

#[tokio::test]
async fn a_head_that_is_half_sent_does_not_hold_up_the_end() {
    let server = ReferenceServer::builder().drain_timeout(Duration::from_secs(3_600));
    let server = started(server).await;
    let mut half_sent = Vec::new();
    for sent in ["", "GET /he", "GET /health/liveness HTTP/1.1\r\nX-A: "] {
        let mut connection = TcpStream::connect(server.addr()).await.expect("it listens");
        connection.write_all(sent.as_bytes()).await.expect("it is taken");
        half_sent.push(connection);
    }
    // One that has been answered, and has begun its next request.
    let mut second = TcpStream::connect(server.addr()).await.expect("it listens");
    let request = b"GET /health/liveness HTTP/1.1\r\nHost: test\r\n\r\n";
    second.write_all(request).await.expect("it is taken");
    let mut byte = [0];
    second.read_exact(&mut byte).await.expect("the answer begins");
    second.write_all(b"GET /he").await.expect("it is taken");

    let stopped = tokio::time::timeout(Duration::from_secs(30), server.shutdown()).await;
    stopped.expect("nothing holds it up").expect("it stops");
}

#[tokio::test]
async fn a_request_that_runs_is_answered_before_the_server_ends() {
    let server = started(ReferenceServer::builder()).await;
    let token = server.token(&[reference_server::Role::Manager], &[]);
    let mut connection = TcpStream::connect(server.addr()).await.expect("it listens");
    let head = format!(
        "POST /api/v1/products/batch HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: 11\r\n\r\n"
    );
    connection.write_all(head.as_bytes()).await.expect("it is taken");
    // The server says that it waits for the body: the request has begun.
    let mut go_on = [0; 25];
    connection
        .read_exact(&mut go_on)
        .await
        .expect("an interim answer");
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");

    let finish = async {
        connection.write_all(b"{\"ids\": []}").await.expect("it is taken");
        let mut answer = String::new();
        connection.read_to_string(&mut answer).await.expect("the answer");
        answer
    };
    let (stopped, answer) = tokio::join!(server.shutdown(), finish);
    stopped.expect("it stops");
    assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
}
