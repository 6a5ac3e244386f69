use super::error::ApiError;
use axum::extract::FromRequestParts;
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue};
use std::fmt;
use std::sync::Arc;
use uuid::Uuid;

pub(super) const X_CORRELATION_ID: HeaderName = HeaderName::from_static("x-correlation-id");

/// Follows one business transaction through all services: 1 to 128 of `[A-Za-z0-9._:-]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CorrelationId(Arc<str>);

impl CorrelationId {
    /// The request's own, or a new one when it has none or an ill-formed one.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let given = headers.get(X_CORRELATION_ID);
        match given
            .and_then(|value| value.to_str().ok())
            .filter(|text| is_well_formed(text))
        {
            Some(text) => Self(Arc::from(text)),
            None => {
                let id = Self(Arc::from(Uuid::now_v7().to_string()));
                if given.is_some() {
                    tracing::warn!(correlation_id = %id, "an ill-formed correlation id was replaced");
                }
                id
            }
        }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn header(&self) -> Option<HeaderValue> {
        HeaderValue::from_str(&self.0).ok()
    }
}

impl fmt::Display for CorrelationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for CorrelationId {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, ApiError> {
        // The envelope is around every route and has put it there.
        Ok(parts
            .extensions
            .get::<Self>()
            .cloned()
            .unwrap_or_else(|| Self::of(&parts.headers)))
    }
}

fn is_well_formed(text: &str) -> bool {
    (1..=128).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"._:-".contains(&byte))
}
