//! The service's wish to be left alone for a while.

use std::time::Duration;

use http::HeaderMap;
use http::header::RETRY_AFTER;
use product_types::Timestamp;
use resilience::retry;

/// Reads `retry-after-ms`, which is the more exact one, or else `Retry-After`.
pub(crate) fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let text = |name: &str| headers.get(name)?.to_str().ok();
    let exact = text("retry-after-ms").and_then(retry::retry_after_ms);
    exact.or_else(|| retry::retry_after(text(RETRY_AFTER.as_str())?, now.into()))
}
