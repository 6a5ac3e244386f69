//! The reqwest transport against a server of raw TCP. Real time, short timeouts, no fixed waits.

use std::error::Error as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use client_core::{
    Client, ClientPolicy, Deadline, Exchange, ReqwestTransport, TimeoutOverrides, Transport, http,
};
use resilience::retry::RetryPolicy;

use crate::operations::{CreateProduct, READ_PRICE, ReadPrice, SendAlert, price, read_price};
use crate::server::Server;

const BODY: &str = r#"{"amount":"89.90","currency":"EUR"}"#;
const JSON: &str = "content-type: application/json\r\n";

fn client_of(server: &Server) -> Client {
    Client::builder(server.url()).build().unwrap()
}

/// Speaks TLS and trusts nobody, so that the tests need no certificates of the machine.
fn over_tls(url: &str) -> Client {
    let transport = ReqwestTransport::builder()
        .use_tls(false)
        .use_proxy(false)
        .build()
        .unwrap();
    Client::builder(url).transport(transport).build().unwrap()
}

fn once(server: &Server) -> Client {
    let mut policy = ClientPolicy::default();
    policy.retry = RetryPolicy::never();
    Client::builder(server.url()).policy(policy).build().unwrap()
}

#[tokio::test]
async fn a_request_arrives_byte_for_byte() {
    let heard = Arc::new(Mutex::new(String::new()));
    let ear = Arc::clone(&heard);
    let server = Server::start(move |mut connection| {
        let ear = Arc::clone(&ear);
        async move {
            *ear.lock().unwrap() = connection.request().await.unwrap();
            connection.answer("200 OK", JSON, BODY).await;
        }
    })
    .await;
    let call = client_of(&server)
        .call(ReadPrice("a/b?c=%2e%2E ü'".to_owned()))
        .correlation_id("order-1");
    assert_eq!(call.await.unwrap(), price());
    let request = heard.lock().unwrap().clone();
    let mut lines = request.lines();
    assert_eq!(
        lines.next(),
        Some("GET /api/v1/variants/a%2Fb%3Fc%3D%252e%252E%20%C3%BC%27/price HTTP/1.1")
    );
    assert!(request.contains("\r\nx-correlation-id: order-1\r\n"), "{request}");
    assert!(request.contains("\r\naccept: application/json\r\n"), "{request}");
    assert!(
        request.contains("\r\nuser-agent: service-client-core/"),
        "{request}"
    );
}

#[tokio::test]
async fn a_connection_is_used_again() {
    let server = Server::start(|connection| connection.answer_all("200 OK", JSON, BODY)).await;
    let client = client_of(&server);
    for _ in 0..5 {
        client.call(read_price()).await.unwrap();
    }
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_refused_connection_was_certainly_not_sent() {
    // Nothing listens on port 1.
    let client = Client::builder("http://127.0.0.1:1").build().unwrap();
    let error = client.call(SendAlert).await.unwrap_err();
    assert!(error.is_connect() && !error.may_have_been_sent(), "{error:?}");
    assert_eq!(
        error.attempts(),
        4,
        "never sent, so retried although not idempotent"
    );
}

#[tokio::test]
async fn an_unknown_host_is_a_connect_error() {
    let error = over_tls("https://no-such-host.invalid")
        .call(SendAlert)
        .timeout(Duration::from_millis(900))
        .await
        .unwrap_err();
    assert!(error.is_connect() || error.is_timeout(), "{error:?}");
}

#[tokio::test]
async fn closed_before_the_answer_is_not_taken_for_never_sent() {
    let server = Server::start(|mut connection| async move {
        connection.request().await;
    })
    .await;
    let error = client_of(&server).call(SendAlert).await.unwrap_err();
    assert!(error.is_transport() && error.may_have_been_sent(), "{error:?}");
    assert_eq!(server.connections(), 1, "not sent again");
}

#[tokio::test]
async fn closed_in_the_middle_of_the_answer_is_retried_when_idempotent() {
    let server = Server::start(|mut connection| async move {
        connection.request().await;
        if connection.number == 1 {
            connection
                .send(format!(
                    "HTTP/1.1 200 OK\r\n{JSON}content-length: 900\r\n\r\n{BODY}"
                ))
                .await;
        } else {
            connection.answer("200 OK", JSON, BODY).await;
        }
    })
    .await;
    let response = client_of(&server).call(read_price()).send().await.unwrap();
    assert_eq!(response.attempts(), 2);

    let server = Server::start(|mut connection| async move {
        connection.request().await;
        connection
            .send("HTTP/1.1 201 Created\r\ncontent-length: 900\r\n\r\n{")
            .await;
    })
    .await;
    let error = client_of(&server).call(SendAlert).await.unwrap_err();
    assert!(error.is_transport() && error.may_have_been_sent());
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_reset_is_an_interruption() {
    let server = Server::start(|mut connection| async move {
        connection.request().await;
        connection.reset();
    })
    .await;
    let error = once(&server).call(read_price()).await.unwrap_err();
    assert!(error.is_transport() && error.may_have_been_sent(), "{error:?}");
    assert!(error.source().is_some());
}

#[tokio::test]
async fn garbage_is_an_interruption_and_not_a_panic() {
    for garbage in [
        &b"\x00\xff\x00\xff not http at all\r\n\r\n"[..],
        b"HTTP/9.9 999999 ?\r\n\r\n",
        b"\r\n\r\n\r\n",
    ] {
        let server = Server::start(move |mut connection| async move {
            connection.request().await;
            connection.send(garbage).await;
        })
        .await;
        let error = once(&server).call(read_price()).await.unwrap_err();
        assert!(error.is_transport(), "{error:?}");
    }
}

#[tokio::test]
async fn a_server_that_hangs_is_given_up_in_time() {
    let server = Server::start(|mut connection| async move {
        connection.request().await;
        connection.hang().await;
    })
    .await;
    let begin = resilience::time::now();
    let error = client_of(&server)
        .call(read_price())
        .timeout(Duration::from_millis(150))
        .await
        .unwrap_err();
    assert!(error.is_timeout() && error.may_have_been_sent());
    assert!(
        begin.elapsed() < Duration::from_millis(600),
        "{:?}",
        begin.elapsed()
    );
}

#[tokio::test]
async fn a_body_that_trickles_is_given_up_in_time() {
    let server = Server::start(|mut connection| async move {
        connection.request().await;
        connection
            .send(format!("HTTP/1.1 200 OK\r\n{JSON}content-length: 1000\r\n\r\n{{"))
            .await;
        connection.hang().await;
    })
    .await;
    let error = client_of(&server)
        .call(read_price())
        .timeout(Duration::from_millis(150))
        .await
        .unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
}

#[tokio::test]
async fn a_huge_answer_is_refused_declared_or_not() {
    let declared = Server::start(|mut connection| async move {
        connection.request().await;
        connection
            .send("HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n{")
            .await;
        connection.hang().await;
    })
    .await;
    let endless = Server::start(|mut connection| async move {
        connection.request().await;
        connection
            .send("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
            .await;
        for _ in 0..100 {
            connection.send(format!("400\r\n{}\r\n", " ".repeat(0x400))).await;
        }
        connection.hang().await;
    })
    .await;
    for server in [declared, endless] {
        let transport = ReqwestTransport::builder()
            .use_tls(false)
            .max_response_bytes(10_000)
            .build()
            .unwrap();
        let client = Client::builder(server.url())
            .transport(transport)
            .build()
            .unwrap();
        let error = client.call(read_price()).await.unwrap_err();
        assert!(error.is_decode(), "{error:?}");
        assert_eq!(
            error.source().unwrap().to_string(),
            "body is larger than 10000 bytes"
        );
        assert_eq!(server.connections(), 1, "a repetition would be as large");
    }
}

#[tokio::test]
async fn a_refusal_with_a_huge_body_is_a_refusal() {
    for framing in ["content-length: 99999999999", "transfer-encoding: chunked"] {
        let server = Server::start(move |mut connection| async move {
            connection.request().await;
            let head = format!("HTTP/1.1 503 Service Unavailable\r\nretry-after: 30\r\n{framing}\r\n\r\n");
            connection.send(head).await;
            for _ in 0..20 {
                connection.send(format!("400\r\n{}\r\n", " ".repeat(0x400))).await;
            }
            connection.hang().await;
        })
        .await;
        let transport = ReqwestTransport::builder()
            .use_tls(false)
            .max_response_bytes(10_000);
        let client = Client::builder(server.url()).transport(transport.build().unwrap());
        let error = client.build().unwrap().call(read_price()).await.unwrap_err();
        assert_eq!(error.status().map(|it| it.as_u16()), Some(503), "{error:?}");
        assert_eq!(error.retry_after(), Some(Duration::from_secs(30)));
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_the_token_stays_here() {
    let elsewhere = Server::start(|connection| connection.answer_all("200 OK", JSON, BODY)).await;
    let location = format!("location: {}\r\n", elsewhere.url());
    let server = Server::start(move |mut connection| {
        let location = location.clone();
        async move {
            connection.request().await;
            connection.answer("302 Found", &location, "").await;
        }
    })
    .await;
    let error = client_of(&server).call(read_price()).await.unwrap_err();
    assert_eq!(error.status(), Some(http::StatusCode::FOUND));
    assert_eq!(elsewhere.connections(), 0);
}

#[tokio::test]
async fn a_503_and_then_an_answer_over_real_sockets() {
    let server = Server::start(|mut connection| async move {
        let large = "x".repeat(200_000);
        let mut served = 0;
        while let Some(request) = connection.request().await {
            assert!(request.contains("\r\nidempotency-key: "), "{request}");
            served += 1;
            if served == 1 {
                connection.answer("503 Service Unavailable", "", &large).await;
            } else {
                connection
                    .answer("201 Created", "location: /products/1\r\netag: \"1\"\r\n", "")
                    .await;
            }
        }
    })
    .await;
    let response = client_of(&server).call(CreateProduct).send().await.unwrap();
    assert_eq!((response.attempts(), response.etag()), (2, Some("\"1\"")));
    assert_eq!(response.header("location"), Some("/products/1"));
    assert_eq!(
        server.connections(),
        1,
        "the failed answer was read, and its connection used again"
    );
}

#[tokio::test]
async fn plain_text_to_tls_is_no_connection() {
    let server = Server::start(|mut connection| async move {
        connection.request().await;
    })
    .await;
    let error = over_tls(&format!("https://{}", server.address))
        .call(SendAlert)
        .timeout(Duration::from_secs(2))
        .await
        .unwrap_err();
    assert!(!error.is_api() && error.is_unavailable(), "{error:?}");
}

#[tokio::test]
async fn errors_do_not_show_the_url() {
    let server = Server::start(|connection| async move { connection.reset() }).await;
    let transport = ReqwestTransport::builder()
        .use_tls(false)
        .use_proxy(false)
        .build()
        .unwrap();
    let request = http::Request::get(format!("{}/x?card=4111", server.url()))
        .body(Default::default())
        .unwrap();
    let exchange = Exchange::new(&READ_PRICE, Deadline::after(Duration::from_secs(5)));
    let error = transport.send(request, exchange).await.unwrap_err();
    assert!(!format!("{error:?} {:?}", error.source()).contains("4111"));
    assert!(error.is_interrupted());
}

#[tokio::test]
async fn each_connect_timeout_works() {
    let server = Server::start(|connection| connection.answer_all("200 OK", JSON, BODY)).await;
    let mut policy = ClientPolicy::default();
    policy.timeouts = TimeoutOverrides::default().with_connect(Duration::from_millis(250));
    let client = Client::builder(server.url()).policy(policy).build().unwrap();
    client.call(read_price()).await.unwrap();
    client.call(CreateProduct).await.unwrap();
    assert_eq!(server.connections(), 1, "one connect timeout, one pool");
}

#[tokio::test]
async fn a_request_that_can_not_be_sent_is_told_as_such() {
    let transport = ReqwestTransport::builder().use_tls(false).build().unwrap();
    let request = http::Request::get("/relative").body(Default::default()).unwrap();
    let exchange = Exchange::new(&READ_PRICE, Deadline::after(Duration::from_secs(5)));
    assert!(
        transport
            .send(request, exchange)
            .await
            .unwrap_err()
            .is_unsendable()
    );
}

/// It runs itself again, in a process that finds no certificates.
#[cfg(target_os = "linux")]
#[test]
fn a_machine_without_certificates_is_told_and_can_still_reach_loopback() {
    const AGAIN: &str = "CLIENT_CORE_TEST_WITHOUT_CERTIFICATES";
    if std::env::var_os(AGAIN).is_none() {
        let name = "http_transport::a_machine_without_certificates_is_told_and_can_still_reach_loopback";
        let status = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", name])
            .envs([
                (AGAIN, "1"),
                ("SSL_CERT_FILE", "/dev/null"),
                ("SSL_CERT_DIR", "/dev/null"),
            ])
            .output()
            .unwrap();
        assert!(
            status.status.success(),
            "{}",
            String::from_utf8_lossy(&status.stdout)
        );
        return;
    }
    let error = Client::builder("https://products.example.com")
        .build()
        .unwrap_err();
    assert_eq!(
        (error.to_string(), error.settings()),
        ("transport could not be set up".into(), vec!["transport"])
    );
    assert!(error.source().is_some());
    assert!(Client::builder("http://localhost:1").build().is_ok());
}
