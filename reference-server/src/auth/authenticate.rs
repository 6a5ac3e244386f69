use super::{Caller, Tokens};
use crate::http::error::ApiError;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::AUTHORIZATION;

/// Finds out who calls. A token that is given must be good, even where none is needed.
pub(crate) async fn authenticate(State(tokens): State<Tokens>, mut request: Request, next: Next) -> Response {
    let mut given = request.headers().get_all(AUTHORIZATION).iter();
    let caller = match (given.next(), given.next()) {
        (None, _) => Caller::Anonymous,
        (Some(value), None) => {
            let token = value.to_str().ok().and_then(bearer);
            match token.map(|token| tokens.verify(token)) {
                Some(Ok(caller)) => caller,
                Some(Err(unusable)) => {
                    tracing::info!(reason = %unusable, "token refused");
                    return ApiError::bad_token().into_response();
                }
                None => return ApiError::bad_token().into_response(),
            }
        }
        (Some(_), Some(_)) => return ApiError::bad_token().into_response(),
    };
    request.extensions_mut().insert(caller);
    next.run(request).await
}

/// The token behind `Bearer`, in any case (RFC 9110).
fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim_start())
}
