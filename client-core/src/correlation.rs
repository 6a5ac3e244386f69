//! The identifiers that a call carries.

use http::HeaderValue;
use uuid::Uuid;

use crate::build_error::{BuildError, Problem};

pub(crate) const CORRELATION_ID: &str = "x-correlation-id";
pub(crate) const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// 1 to 128 of `[A-Za-z0-9._:-]`: what the platform passes on instead of replacing it.
pub(crate) fn is_correlation_id(text: &str) -> bool {
    (1..=128).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"._:-".contains(&byte))
}

/// The caller's correlation id, or a new one.
pub(crate) fn correlation_id(given: Option<&str>) -> Result<String, BuildError> {
    match given {
        None => Ok(new_id()),
        Some(text) if is_correlation_id(text) => Ok(text.to_owned()),
        Some(_) => Err(BuildError::new(Problem::CorrelationId)),
    }
}

/// The caller's idempotency key.
pub(crate) fn idempotency_key(given: &str) -> Result<HeaderValue, BuildError> {
    let is_well_formed =
        (1..=255).contains(&given.len()) && given.bytes().all(|byte| byte.is_ascii_graphic());
    match HeaderValue::try_from(given) {
        Ok(value) if is_well_formed => Ok(value),
        _ => Err(BuildError::new(Problem::IdempotencyKey)),
    }
}

/// A new identifier: a UUID of version 7, so that identifiers sort by the time of their making.
pub(crate) fn new_id() -> String {
    Uuid::now_v7().to_string()
}
