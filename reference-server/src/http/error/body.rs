use super::{ApiError, Parts};
use axum::body::Body;
use axum::response::Response;
use http::HeaderValue;
use http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE};
use serde::Serialize;
use std::collections::BTreeMap;

/// The documented body.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ErrorBody<'a> {
    error: &'a str,
    message: &'a str,
    status_code: u16,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    details: &'a BTreeMap<String, String>,
    correlation_id: &'a str,
}

impl ApiError {
    /// Writes the body into an answer that has everything else.
    pub(in crate::http) fn write(&self, response: &mut Response, correlation_id: &str) {
        let Parts {
            status,
            code,
            message,
            details,
            ..
        } = &*self.0;
        let body = ErrorBody {
            error: code,
            message,
            status_code: status.as_u16(),
            details,
            correlation_id,
        };
        // Text and a map of texts always become JSON.
        let json = serde_json::to_vec(&body).unwrap_or_default();
        *response.body_mut() = Body::from(json);
        let headers = response.headers_mut();
        headers.remove(CONTENT_LENGTH);
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}

/// The error that an answer stands for, whoever made the answer. `Allow` and the other headers stay.
pub(in crate::http) fn error_of(response: &Response) -> Option<ApiError> {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return None;
    }
    let known = response.extensions().get::<ApiError>().cloned();
    Some(known.unwrap_or_else(|| ApiError::of_status(status)))
}
