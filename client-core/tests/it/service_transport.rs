//! Any tower service may carry the requests.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Poll};

use client_core::bytes::Bytes;
use client_core::{Client, ServiceTransport, http};
use http_body_util::Full;
use tower_service::Service;

use crate::operations::{SendAlert, price, read_price};

/// Answers with the price, after as many errors as told.
#[derive(Clone)]
struct Peer {
    calls: Arc<AtomicU32>,
    failures: u32,
}

impl Service<http::Request<Full<Bytes>>> for Peer {
    type Response = http::Response<Full<Bytes>>;
    type Error = std::io::Error;
    type Future = Ready<Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Full<Bytes>>) -> Self::Future {
        assert_eq!(request.uri().host(), Some("products.test"));
        if self.calls.fetch_add(1, Ordering::Relaxed) < self.failures {
            return ready(Err(std::io::ErrorKind::ConnectionRefused.into()));
        }
        let body = serde_json::to_vec(&price()).unwrap();
        ready(Ok(http::Response::new(Full::from(body))))
    }
}

fn peer(failures: u32) -> (ServiceTransport<Peer, Full<Bytes>>, Arc<AtomicU32>) {
    let calls = Arc::new(AtomicU32::new(0));
    (
        ServiceTransport::new(Peer {
            calls: Arc::clone(&calls),
            failures,
        }),
        calls,
    )
}

fn client(transport: ServiceTransport<Peer, Full<Bytes>>) -> Client {
    Client::builder("https://products.test")
        .transport(transport)
        .build()
        .unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_service_answers() {
    assert_eq!(client(peer(0).0).call(read_price()).await.unwrap(), price());
}

#[tokio::test(start_paused = true)]
async fn its_errors_may_have_been_sent_unless_told_otherwise() {
    let (transport, calls) = peer(9);
    let error = client(transport).call(SendAlert).await.unwrap_err();
    assert!(error.is_transport() && error.may_have_been_sent());
    assert_eq!(calls.load(Ordering::Relaxed), 1);

    let (transport, calls) = peer(2);
    let refused = |error: &(dyn std::error::Error + 'static)| {
        error
            .downcast_ref::<std::io::Error>()
            .is_some_and(|it| it.kind() == std::io::ErrorKind::ConnectionRefused)
    };
    client(transport.with_connect_errors(refused))
        .call(SendAlert)
        .await
        .unwrap();
    assert_eq!(calls.load(Ordering::Relaxed), 3);
}

#[tokio::test(start_paused = true)]
async fn its_answers_are_bounded() {
    let error = client(peer(0).0.with_max_response_bytes(5))
        .call(read_price())
        .await
        .unwrap_err();
    assert!(error.is_decode());
}

/// Refuses with a page.
#[derive(Clone)]
struct Refusing;

impl Service<http::Request<Full<Bytes>>> for Refusing {
    type Response = http::Response<Full<Bytes>>;
    type Error = Infallible;
    type Future = Ready<Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _request: http::Request<Full<Bytes>>) -> Self::Future {
        let mut page = http::Response::new(Full::new(Bytes::from(vec![b' '; 100])));
        *page.status_mut() = http::StatusCode::NOT_FOUND;
        ready(Ok(page))
    }
}

#[tokio::test(start_paused = true)]
async fn a_refusal_with_a_huge_body_is_a_refusal() {
    let transport = ServiceTransport::new(Refusing).with_max_response_bytes(5);
    let client = Client::builder("https://products.test").transport(transport);
    let error = client.build().unwrap().call(read_price()).await.unwrap_err();
    assert!(error.is_not_found(), "{error:?}");
}

#[derive(Clone)]
struct NeverReady;

impl Service<http::Request<Full<Bytes>>> for NeverReady {
    type Response = http::Response<Full<Bytes>>;
    type Error = Box<dyn std::error::Error + Send + Sync>;
    type Future = Ready<Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Err("pool is shut down".into()))
    }

    fn call(&mut self, _request: http::Request<Full<Bytes>>) -> Self::Future {
        unreachable!("a service that is not ready is not called")
    }
}

#[tokio::test(start_paused = true)]
async fn a_service_that_is_not_ready_has_seen_nothing() {
    let transport = ServiceTransport::<_, Full<Bytes>>::new(NeverReady);
    let client = Client::builder("https://products.test")
        .transport(transport)
        .build()
        .unwrap();
    let error = client.call(SendAlert).await.unwrap_err();
    assert!(error.is_connect() && !error.may_have_been_sent());
}

#[test]
fn infallible_services_fit() {
    fn fits<T: client_core::Transport>() {}
    #[derive(Clone)]
    struct Always;
    impl Service<http::Request<Full<Bytes>>> for Always {
        type Response = http::Response<Full<Bytes>>;
        type Error = Infallible;
        type Future = Ready<Result<Self::Response, Infallible>>;
        fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
            Poll::Ready(Ok(()))
        }
        fn call(&mut self, _request: http::Request<Full<Bytes>>) -> Self::Future {
            ready(Ok(http::Response::default()))
        }
    }
    fits::<ServiceTransport<Always, Full<Bytes>>>();
}
