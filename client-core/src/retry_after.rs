//! The service's wish to be left alone for a while.

use std::time::Duration;

use http::HeaderMap;
use http::header::RETRY_AFTER;
use product_types::Timestamp;

/// Reads `Retry-After`: seconds, or an HTTP date (RFC 9110, section 10.2.3). A date in the past is zero.
pub(crate) fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = Timestamp::from(httpdate::parse_http_date(text).ok()?);
    Some(date.duration_since(now))
}
