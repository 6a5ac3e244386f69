//! Errors as answers: one type for all of them, and one body.

mod body;
mod from;

pub(in crate::http) use body::error_of;

use crate::domain::Invalid;
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::header::{RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderValue, StatusCode};
use std::collections::BTreeMap;

/// An answer that is an error. The envelope writes its body, which holds the correlation id.
#[derive(Clone, Debug)]
pub(crate) struct ApiError(Box<Parts>);

#[derive(Clone, Debug)]
struct Parts {
    status: StatusCode,
    code: &'static str,
    message: String,
    details: BTreeMap<String, String>,
    /// For `WWW-Authenticate`.
    challenge: Option<&'static str>,
    /// For `Retry-After`, in seconds.
    retry_after: Option<u32>,
}

impl ApiError {
    fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self(Box::new(Parts {
            status,
            code: code(status),
            message: message.into(),
            details: BTreeMap::new(),
            challenge: None,
            retry_after: None,
        }))
    }

    /// 400: a field breaks a rule.
    pub(crate) fn invalid(invalid: Invalid) -> Self {
        let mut error = Self::new(StatusCode::BAD_REQUEST, "The request is not valid.");
        error.0.code = "ValidationError";
        error.0.details = invalid.into_details();
        error
    }

    /// 400: the request cannot be read at all.
    pub(crate) fn unreadable(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    /// 401: no token was given.
    pub(crate) fn unauthorized() -> Self {
        let mut error = Self::new(StatusCode::UNAUTHORIZED, "A valid bearer token is needed.");
        error.0.challenge = Some("Bearer realm=\"product-service\"");
        error
    }

    /// 401: the token that was given is no good.
    pub(crate) fn bad_token() -> Self {
        let mut error = Self::new(
            StatusCode::UNAUTHORIZED,
            "The bearer token is not valid, or has expired.",
        );
        error.0.challenge = Some("Bearer realm=\"product-service\", error=\"invalid_token\"");
        error
    }

    /// 403.
    pub(crate) fn forbidden() -> Self {
        Self::new(StatusCode::FORBIDDEN, "Your roles do not allow this operation.")
    }

    /// 406.
    pub(crate) fn not_acceptable() -> Self {
        Self::new(
            StatusCode::NOT_ACCEPTABLE,
            "The answer can only be application/json.",
        )
    }

    /// 408.
    pub(crate) fn timed_out() -> Self {
        Self::new(StatusCode::REQUEST_TIMEOUT, "The request took too long.")
    }

    /// 409: a request with the same Idempotency-Key still runs.
    pub(crate) fn still_running() -> Self {
        Self::new(
            StatusCode::CONFLICT,
            "A request with this Idempotency-Key is still running.",
        )
    }

    /// 413.
    pub(crate) fn too_large(limit: usize) -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            format!("The body is larger than {limit} bytes."),
        )
    }

    /// 415.
    pub(crate) fn wrong_media_type(accepted: &[&str]) -> Self {
        let accepted = accepted.join(" or ");
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            format!("The body must be {accepted}."),
        )
    }

    /// 415: the body is compressed.
    pub(crate) fn encoded() -> Self {
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "The body must come without a Content-Encoding.",
        )
    }

    /// 422.
    pub(crate) fn other_body() -> Self {
        Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "This Idempotency-Key was used with another body.",
        )
    }

    /// 503: others are before this one; a second later it may be its turn.
    fn busy() -> Self {
        let mut error = Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "The service is busy; try again later.",
        );
        error.0.retry_after = Some(1);
        error
    }

    /// 503, with the state of each dependency.
    pub(crate) fn not_ready(details: BTreeMap<String, String>) -> Self {
        let mut error = Self::new(StatusCode::SERVICE_UNAVAILABLE, "The service is not ready.");
        error.0.details = details;
        error
    }

    /// Any status that something else answered without a documented body.
    pub(in crate::http) fn of_status(status: StatusCode) -> Self {
        let message = match status {
            StatusCode::NOT_FOUND => "There is no such path.",
            StatusCode::METHOD_NOT_ALLOWED => {
                "This path does not know this method; `Allow` names those that it knows."
            }
            StatusCode::PAYLOAD_TOO_LARGE => "The body is too large.",
            StatusCode::URI_TOO_LONG => "The path with its query is too long.",
            StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => {
                "There are more than 100 header fields, or they are too large."
            }
            StatusCode::TOO_MANY_REQUESTS => "Too many requests; try again later.",
            StatusCode::SERVICE_UNAVAILABLE => "The service is not available.",
            status if status.is_server_error() => "Something went wrong on our side.",
            _ => "The request cannot be answered.",
        };
        Self::new(status, message)
    }
}

/// `error`, by status.
fn code(status: StatusCode) -> &'static str {
    match status {
        StatusCode::UNAUTHORIZED => "Unauthorized",
        StatusCode::FORBIDDEN => "Forbidden",
        StatusCode::NOT_FOUND => "NotFound",
        StatusCode::CONFLICT => "Conflict",
        StatusCode::PRECONDITION_FAILED => "PreconditionFailed",
        StatusCode::UNPROCESSABLE_ENTITY => "IdempotencyMismatch",
        StatusCode::TOO_MANY_REQUESTS => "TooManyRequests",
        StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => {
            "ServiceUnavailable"
        }
        status if status.is_server_error() => "InternalError",
        _ => "InvalidRequest",
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = self.0.status;
        if let Some(challenge) = self.0.challenge {
            response
                .headers_mut()
                .insert(WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
        }
        if let Some(seconds) = self.0.retry_after {
            response
                .headers_mut()
                .insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(self);
        response
    }
}

/// The answer to a request that a fault strikes: the documented body of this status.
pub(crate) fn fault_response(status: StatusCode) -> Response {
    ApiError::of_status(status).into_response()
}

/// 404 for every path that there is not.
pub(in crate::http) async fn no_such_path() -> ApiError {
    ApiError::of_status(StatusCode::NOT_FOUND)
}
