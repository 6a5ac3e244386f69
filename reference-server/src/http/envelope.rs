use super::correlation::{CorrelationId, X_CORRELATION_ID};
use super::error::{ApiError, error_of};
use super::head;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use event_messaging::clock;
use futures_util::FutureExt;
use http::header::{X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS};
use http::{HeaderValue, StatusCode};
use std::panic::AssertUnwindSafe;
use tracing::Instrument;

/// Around everything: gives each request its correlation id, each error its body, each answer its headers and its
/// line in the log, and answers 500 for a handler that panicked.
pub(super) async fn envelope(mut request: Request, next: Next) -> Response {
    let began = clock::now();
    let id = CorrelationId::of(request.headers());
    request.extensions_mut().insert(id.clone());
    let span = tracing::info_span!(
        "request",
        correlation_id = %id,
        method = %request.method(),
        path = request.uri().path(),
    );
    let mut response = run(request, next).instrument(span.clone()).await;
    if let Some(error) = error_of(&response) {
        error.write(&mut response, id.as_str());
    }
    let headers = response.headers_mut();
    if let Some(value) = id.header() {
        headers.insert(X_CORRELATION_ID, value);
    }
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    let elapsed = clock::now().duration_since(began);
    let _in_span = span.enter();
    tracing::info!(
        status = response.status().as_u16(),
        elapsed_ms = elapsed.as_secs_f64() * 1_000.0,
        "answered"
    );
    response
}

async fn run(request: Request, next: Next) -> Response {
    if let Err(too_large) = head::check(&request) {
        return too_large.into_response();
    }
    // What a handler shares survives its panic: locks are taken over, and a transaction that is dropped is undone.
    match AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => response,
        Err(_) => {
            tracing::error!("a handler panicked");
            ApiError::of_status(StatusCode::INTERNAL_SERVER_ERROR).into_response()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::body::{Body, to_bytes};
    use axum::middleware::from_fn;
    use axum::routing::get;
    use tower::ServiceExt;

    #[tokio::test]
    async fn a_handler_that_panics_is_answered_for_and_nothing_of_it_is_told() {
        async fn fails() -> StatusCode {
            panic!("secret")
        }
        let router = Router::new().route("/", get(fails)).layer(from_fn(envelope));
        let request = Request::builder().uri("/").body(Body::empty()).unwrap();
        let response = router.oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let body = to_bytes(response.into_body(), 10_000).await.unwrap();
        let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(body["error"], "InternalError");
        assert!(!body.to_string().contains("secret"));
    }
}
