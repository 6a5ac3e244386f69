use std::time::Duration;

use http::HeaderMap;
use http::header::RETRY_AFTER;
use resilience::retry;

use crate::wall_clock;

/// How long the server asks to be left alone; `None` if it does not say.
///
/// "At once", or a date that is over by our clock, says nothing either: all would come back in one moment.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let exact = text("retry-after-ms").and_then(retry::retry_after_ms);
    let wait = exact.or_else(|| retry::retry_after(text(RETRY_AFTER.as_str())?, wall_clock::now()));
    wait.filter(|wait| !wait.is_zero())
}
