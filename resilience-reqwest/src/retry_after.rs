use std::time::Duration;

use http::HeaderMap;

/// How long the server asks to be left alone; `None` if it doesn't say, or says "at once".
pub(crate) fn retry_after(_headers: &HeaderMap) -> Option<Duration> {
    None
}
