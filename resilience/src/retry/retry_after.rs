//! How a peer says for how long it wants to be left alone.

use std::time::{Duration, SystemTime};

/// Reads the value of `Retry-After`, received at `now`: seconds, or an HTTP date (RFC 9110, section 10.2.3).
///
/// A date in the past is zero, and more seconds than can be counted are the most that can. `None` if it is neither.
///
/// ```
/// use resilience::retry::retry_after;
/// use std::time::{Duration, SystemTime};
///
/// let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_770);
/// assert_eq!(retry_after("2", now), Some(Duration::from_secs(2)));
/// assert_eq!(retry_after("Sun, 06 Nov 1994 08:49:37 GMT", now), Some(Duration::from_secs(7)));
/// assert_eq!(retry_after("soon", now), None);
/// ```
#[must_use]
pub fn retry_after(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    if let Some(seconds) = whole_number(value) {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}

/// Reads the value of `retry-after-ms`, which some services send beside `Retry-After` since that knows whole seconds
/// only: milliseconds, a fraction allowed. It is the more exact one, so prefer it. `None` if it is not that.
///
/// ```
/// use resilience::retry::retry_after_ms;
/// use std::time::Duration;
///
/// assert_eq!(retry_after_ms("1500"), Some(Duration::from_millis(1_500)));
/// assert_eq!(retry_after_ms("-1"), None);
/// ```
#[must_use]
pub fn retry_after_ms(value: &str) -> Option<Duration> {
    let value = value.trim();
    if let Some(millis) = whole_number(value) {
        return Some(Duration::from_millis(millis));
    }
    let is_decimal = value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let millis: f64 = value.parse().ok().filter(|_| is_decimal)?;
    Duration::try_from_secs_f64(millis / 1_000.0).ok()
}

/// Digits only; more than can be counted are the most that can.
fn whole_number(text: &str) -> Option<u64> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(u64::MAX))
}
