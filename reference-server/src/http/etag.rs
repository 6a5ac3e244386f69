use super::error::ApiError;
use axum::extract::FromRequestParts;
use http::header::{HeaderName, IF_MATCH, IF_NONE_MATCH};
use http::request::Parts;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// The entity tag of what is answered: a digest of its JSON, so that it is another one whenever the answer is.
pub(super) fn of_json(json: &[u8]) -> String {
    let digest = Sha256::digest(json);
    let mut tag = String::with_capacity(34);
    tag.push('"');
    for byte in digest.iter().take(16) {
        tag.push_str(&format!("{byte:02x}"));
    }
    tag.push('"');
    tag
}

/// The same, of what is not JSON yet.
pub(super) fn of<T: Serialize>(entity: &T) -> Option<String> {
    serde_json::to_vec(entity).ok().map(|json| of_json(&json))
}

/// `If-Match`: what the caller has seen.
pub(super) struct IfMatch(Option<String>);

impl IfMatch {
    /// Whether the entity is what the caller means; everything is, to who does not say.
    pub(super) fn admits<T: Serialize>(&self, entity: &T) -> bool {
        match &self.0 {
            None => true,
            Some(tags) if tags.trim() == "*" => true,
            // A weak tag never matches strongly, so it is left as it is.
            Some(tags) => of(entity).is_some_and(|tag| tags.split(',').any(|given| given.trim() == tag)),
        }
    }
}

/// `If-None-Match`: what the caller holds.
pub(super) struct IfNoneMatch(Option<String>);

impl IfNoneMatch {
    /// Whether the caller holds just this.
    pub(super) fn holds(&self, tag: &str) -> bool {
        self.0.as_deref().is_some_and(|tags| {
            tags.trim() == "*"
                || tags
                    .split(',')
                    .map(str::trim)
                    .any(|given| given.strip_prefix("W/").unwrap_or(given) == tag)
        })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, ApiError> {
        Ok(Self(all(parts, IF_MATCH)))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for IfNoneMatch {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, ApiError> {
        Ok(Self(all(parts, IF_NONE_MATCH)))
    }
}

/// All values of a header as one list. A value that is no text matches nothing, and is a condition all the same.
fn all(parts: &Parts, name: HeaderName) -> Option<String> {
    let values: Vec<&str> = parts
        .headers
        .get_all(name)
        .iter()
        .map(|value| value.to_str().unwrap_or_default())
        .collect();
    (!values.is_empty()).then(|| values.join(","))
}
