use super::error::ApiError;
use crate::auth::Caller;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use http::header::ACCEPT;

/// Answers 406 to who accepts no JSON. Who has shown no token learns that first, where one is needed: of every
/// operation that changes something, or reads by POST.
pub(super) async fn negotiate(request: Request, next: Next) -> Response {
    let is_anonymous = request.extensions().get() == Some(&Caller::Anonymous);
    let lacks_token = is_anonymous && !request.method().is_safe();
    if lacks_token || accepts_json(request.headers()) {
        next.run(request).await
    } else {
        ApiError::not_acceptable().into_response()
    }
}

fn accepts_json(headers: &HeaderMap) -> bool {
    let mut ranges = headers
        .get_all(ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .filter(|range| !range.is_empty())
        .peekable();
    // Without a header, everything is accepted.
    ranges.peek().is_none() || ranges.any(takes_json)
}

fn takes_json(range: &str) -> bool {
    let mut parts = range.split(';').map(str::trim);
    let media_type = parts.next().unwrap_or_default();
    let names_json = ["application/json", "application/*", "*/*"]
        .iter()
        .any(|accepted| media_type.eq_ignore_ascii_case(accepted));
    let refused = parts.any(|parameter| {
        let Some((name, weight)) = parameter.split_once('=') else {
            return false;
        };
        name.trim().eq_ignore_ascii_case("q") && weight.trim().parse() == Ok(0.0)
    });
    names_json && !refused
}
