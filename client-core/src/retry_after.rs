//! The service's wish to be left alone for a while.

use std::time::Duration;

use http::HeaderMap;
use http::header::RETRY_AFTER;
use product_types::Timestamp;

/// Reads `Retry-After`: seconds, or an HTTP date (RFC 9110, section 10.2.3). A date in the past is zero, and more
/// seconds than can be counted are the most that can.
pub(crate) fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let date = Timestamp::from(httpdate::parse_http_date(text).ok()?);
    Some(date.duration_since(now))
}
