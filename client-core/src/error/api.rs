//! The service said no.

use std::collections::BTreeMap;
use std::fmt;

use bytes::Bytes;
use http::StatusCode;
use serde_json::Value;

/// A status outside `200..=299`, with the documented error body as far as it could be read.
///
/// A gateway between client and service answers with bodies of its own: then only the status is set.
/// Neither `Display` nor `Debug` shows the service's message or details; read them by their fields.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ApiError {
    /// The HTTP status.
    pub status: StatusCode,
    /// The error code (`NotFound`, `ValidationError`, ...). Empty when the body did not carry one.
    pub error: String,
    /// The explanation for people. Empty when the body did not carry one.
    pub message: String,
    /// From the name of a field to what was wrong with it.
    pub details: BTreeMap<String, String>,
    /// The correlation id under which the service logged the failure.
    pub correlation_id: Option<String>,
}

impl ApiError {
    /// A body beyond this is not read as an error: no documented one comes near.
    const LARGEST_BODY: usize = 64 * 1024;

    pub(crate) fn from_response(response: &http::Response<Bytes>) -> Self {
        let body = response.body();
        let document = if body.len() <= Self::LARGEST_BODY {
            serde_json::from_slice(body).ok()
        } else {
            None
        };
        let text = |name: &str| {
            document
                .as_ref()
                .and_then(|it: &Value| it.get(name)?.as_str())
                .map(str::to_owned)
        };
        Self {
            status: response.status(),
            error: text("error").unwrap_or_default(),
            message: text("message").unwrap_or_default(),
            details: details(document.as_ref().and_then(|it| it.get("details"))),
            correlation_id: text("correlationId"),
        }
    }
}

/// Details are documented as text by field; a value that is not text is kept in its JSON form.
fn details(value: Option<&Value>) -> BTreeMap<String, String> {
    let Some(Value::Object(fields)) = value else {
        return BTreeMap::new();
    };
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    fields
        .iter()
        .map(|(name, value)| (name.clone(), text(value)))
        .collect()
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "status {}", self.status)
    }
}

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for ApiError {}
