use resilience::breaker::{BreakerPolicy, CircuitBreaker, State};
use resilience::{ErrorKind, time};
use resilience_reqwest::{ResilienceMiddleware, find, is_timeout};

use crate::script::{Act, Server, URL, middleware, policy};

#[tokio::test(start_paused = true)]
async fn an_open_circuit_is_told_with_its_wait_and_nothing_is_sent() {
    let breaker =
        CircuitBreaker::new("catalogue", BreakerPolicy::default().with_consecutive_failures(1)).unwrap();
    let policy = policy().breaker(breaker.clone()).build().unwrap();
    let server = Server::answering([500]);
    let client = server.client(ResilienceMiddleware::new(policy));
    client.get(URL).send().await.unwrap();

    let error = client.get(URL).send().await.unwrap_err();
    let decided = find(&error).unwrap();
    assert_eq!(decided.kind, ErrorKind::CircuitOpen);
    assert_eq!(decided.retry_after, Some(std::time::Duration::from_secs(30)));
    assert!(!is_timeout(&error));
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn an_error_of_other_middleware_passes_as_it_is_and_is_not_repeated() {
    let client = reqwest_middleware::ClientBuilder::new(crate::script::reqwest_client())
        .with(middleware())
        .with(Refuse)
        .build();

    let error = client.get(URL).send().await.unwrap_err();
    assert!(find(&error).is_none());
    let reqwest_middleware::Error::Middleware(cause) = error else {
        panic!("{error:?}")
    };
    assert!(cause.is::<std::fmt::Error>());
}

struct Refuse;

#[async_trait::async_trait]
impl reqwest_middleware::Middleware for Refuse {
    async fn handle(
        &self,
        _request: reqwest::Request,
        _extensions: &mut http::Extensions,
        _next: reqwest_middleware::Next<'_>,
    ) -> reqwest_middleware::Result<reqwest::Response> {
        Err(reqwest_middleware::Error::middleware(std::fmt::Error))
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_that_its_caller_drops_says_nothing_about_the_server() {
    let breaker =
        CircuitBreaker::new("catalogue", BreakerPolicy::default().with_consecutive_failures(1)).unwrap();
    let policy = policy().breaker(breaker.clone()).build().unwrap();
    let server = Server::new([Act::Hang]);
    let client = server.client(ResilienceMiddleware::new(policy));

    let call = client.get(URL).send();
    let gave_up = time::timeout_at(time::now() + std::time::Duration::from_millis(500), call).await;
    assert!(gave_up.is_err());
    assert_eq!(breaker.state(), State::Closed);
}
