use super::error::ApiError;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use event_messaging::clock;
use std::time::Duration;

/// Answers 408 when a request has not arrived, or was not answered, in time. What it had begun is undone, but
/// for a commit.
pub(super) async fn limit_time(State(limit): State<Duration>, request: Request, next: Next) -> Response {
    let answer = clock::until(clock::now() + limit, next.run(request)).await;
    answer.unwrap_or_else(|| ApiError::timed_out().into_response())
}
