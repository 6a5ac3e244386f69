//! The single layers in one `ServiceBuilder` with tower's own and tower-http's, and one error type for all of them.
//!
//! ```sh
//! cargo run -p call-resilience --example one_stack
//! ```

use std::convert::Infallible;
use std::time::Duration;

use http::header::{HeaderValue, USER_AGENT};
use http::{Request, Response};
use resilience::breaker::{BreakerLayer, BreakerPolicy, CircuitBreaker};
use resilience::bulkhead::{Bulkhead, BulkheadLayer, BulkheadPolicy};
use resilience::classify::{Classification, Classify};
use resilience::lift::LiftLayer;
use resilience::rate_limit::{RateLimit, RateLimitLayer, RateLimitPolicy};
use resilience::retry::{RetryLayer, RetryPolicy};
use resilience::timeout::TimeoutLayer;
use resilience::{Call, Error};
use tower::{Service, ServiceBuilder, ServiceExt};
use tower_http::set_header::SetRequestHeaderLayer;

type CallError = Error<Infallible>;

/// Only what HTTP says is worth a retry.
#[derive(Clone, Copy)]
struct ByStatus;

impl Classify<Response<String>, CallError> for ByStatus {
    fn classify(&self, result: Result<&Response<String>, &CallError>) -> Classification {
        match result {
            Ok(response) if response.status() == 503 => Classification::TRANSIENT,
            Ok(_) => Classification::SUCCESS,
            Err(error) if error.is_timeout() => Classification::TRANSIENT,
            Err(_) => Classification::IGNORED,
        }
    }
}

fn call(request: &Request<String>) -> Call {
    if request.method().is_idempotent() {
        Call::idempotent()
    } else {
        Call::not_idempotent()
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut asked = 0;
    let mut catalogue = ServiceBuilder::new()
        .concurrency_limit(256)
        .layer(BulkheadLayer::new(Bulkhead::new("catalogue", BulkheadPolicy::default())?))
        .layer(RateLimitLayer::new(RateLimit::new("catalogue", RateLimitPolicy::default())?))
        .layer(RetryLayer::new(RetryPolicy::default(), ByStatus)?.with_call(call))
        .layer(BreakerLayer::new(CircuitBreaker::new("catalogue", BreakerPolicy::default())?, ByStatus))
        .layer(TimeoutLayer::new(Duration::from_millis(600)))
        .layer(SetRequestHeaderLayer::overriding(USER_AGENT, HeaderValue::from_static("orders/1.0")))
        .layer(LiftLayer::new())
        // A peer that is busy at first.
        .service_fn(move |request: Request<String>| {
            asked += 1;
            let status = if asked == 1 { 503 } else { 200 };
            async move {
                let agent = request.headers()[USER_AGENT].to_str().unwrap_or_default().to_owned();
                let answer = Response::builder().status(status).body(format!("seen {agent}"));
                Ok::<_, Infallible>(answer.expect("a status and a body make a response"))
            }
        });

    let request = Request::get("http://catalogue.internal/products/7").body(String::new())?;
    let answer: Result<Response<String>, CallError> = catalogue.ready().await?.call(request).await;
    let answer = answer?;
    println!("{}: {}", answer.status(), answer.body());
    assert_eq!(answer.status(), 200);
    Ok(())
}
