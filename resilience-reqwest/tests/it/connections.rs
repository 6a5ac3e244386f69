//! On real sockets and in real time, with waits of a millisecond.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use resilience::Policy;
use resilience::event::Event as Happening;
use resilience::retry::RetryPolicy;
use resilience_reqwest::{ResilienceMiddleware, find};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::script::{policy, reqwest_client};
use crate::sockets::{Event, Reply, Sockets};

/// Three retries, each a millisecond later at the most.
pub(crate) fn quick() -> ResilienceMiddleware {
    ResilienceMiddleware::new(quick_policy(|_| ()))
}

fn quick_policy(listener: impl Fn(&Happening) + Send + Sync + 'static) -> Policy {
    let retry = RetryPolicy::default()
        .with_base_delay(Duration::from_millis(1))
        .with_max_delay(Duration::from_millis(1));
    policy().retry(retry).on_event(listener).build().unwrap()
}

/// A middleware that counts its retries.
fn counting() -> (ResilienceMiddleware, Arc<AtomicU32>) {
    let retries = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&retries);
    let policy = quick_policy(move |event| {
        if matches!(event, Happening::Retrying { .. }) {
            counted.fetch_add(1, Ordering::Relaxed);
        }
    });
    (ResilienceMiddleware::new(policy), retries)
}

#[tokio::test]
async fn a_post_that_found_no_connection_is_repeated_and_stays_a_connection_error() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    drop(listener);
    let (middleware, retries) = counting();
    let client = reqwest_middleware::ClientBuilder::new(reqwest_client())
        .with(middleware)
        .build();

    let error = client.post(url).body("order").send().await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    assert!(find(&error).is_none());
    assert_eq!(retries.load(Ordering::Relaxed), 3);
}

#[tokio::test]
async fn a_server_that_speaks_no_tls_is_not_asked_again() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut hello = [0; 1024];
        assert!(stream.read(&mut hello).await.unwrap() > 0);
        stream
            .write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            .await
            .unwrap();
    });
    let (middleware, retries) = counting();
    let client = reqwest_middleware::ClientBuilder::new(reqwest_client())
        .with(middleware)
        .build();

    let error = client.get(url).send().await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    assert_eq!(retries.load(Ordering::Relaxed), 0);
}

#[tokio::test]
async fn a_short_failure_leaves_its_connection_to_the_next_attempt() {
    let sockets = Sockets::start([Reply::status(503).with_length(1_000), Reply::status(200)]).await;
    sockets.client(quick()).get(sockets.url()).send().await.unwrap();

    let asked = Event::Asked { body: String::new() };
    assert_eq!(sockets.log(), [Event::Connected, asked.clone(), asked]);
}

#[tokio::test]
async fn a_long_failure_is_let_go_before_the_wait() {
    // The server takes the second connection only after the first has ended.
    let sockets = Sockets::start([Reply::status(503).with_length(8_000_000), Reply::status(200)]).await;
    let response = sockets.client(quick()).get(sockets.url()).send().await.unwrap();

    assert_eq!(response.status(), 200);
    let asked = Event::Asked { body: String::new() };
    let log = sockets.log();
    assert_eq!(
        log,
        [
            Event::Connected,
            asked.clone(),
            Event::Closed,
            Event::Connected,
            asked
        ]
    );
}

#[tokio::test]
async fn the_last_failure_can_be_read_to_its_end_whatever_its_length() {
    for length in [0, 1, 65_535, 65_536, 200_000] {
        let sockets = Sockets::start([Reply::status(503).with_length(length); 4]).await;
        let response = sockets.client(quick()).get(sockets.url()).send().await.unwrap();

        assert_eq!(response.url().as_str(), sockets.url());
        assert_eq!(response.headers()["content-length"], length.to_string());
        assert_eq!(response.bytes().await.unwrap().len(), length);
    }
}
