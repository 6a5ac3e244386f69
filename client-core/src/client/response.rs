//! A value with the answer it came in.

use std::time::Duration;

use http::header::{CACHE_CONTROL, ETAG, LOCATION};
use http::{HeaderMap, StatusCode};

use crate::DecodeError;
use crate::decode::FromHeaders;

/// What the service says of the caller's rate limit (`RateLimit-Limit`, `-Remaining`, `-Reset`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// How many requests fit into one window.
    pub limit: u32,
    /// How many of them are left.
    pub remaining: u32,
    /// How long until all of them are back, to the second.
    pub reset: Duration,
}

/// A value, and what the answer said around it.
#[derive(Clone, Debug)]
pub struct Response<T> {
    value: T,
    status: StatusCode,
    headers: HeaderMap,
    correlation_id: String,
    attempts: u32,
}

impl<T> Response<T> {
    pub(super) fn new(
        value: T,
        status: StatusCode,
        headers: HeaderMap,
        correlation_id: String,
        attempts: u32,
    ) -> Self {
        Self {
            value,
            status,
            headers,
            correlation_id,
            attempts,
        }
    }

    /// The value.
    pub const fn value(&self) -> &T {
        &self.value
    }

    /// The value alone.
    pub fn into_value(self) -> T {
        self.value
    }

    /// The status, in `200..=299`, or 304 where the contract makes an answer of it.
    pub const fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub const fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// A header as text, if it is there and visible ASCII.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The `ETag`, quotes included: what `If-Match` and `If-None-Match` take.
    pub fn etag(&self) -> Option<&str> {
        self.header(ETAG.as_str())
    }

    /// The `Location` of what was created, as it came: usually a path.
    pub fn location(&self) -> Option<&str> {
        self.header(LOCATION.as_str())
    }

    /// How long the answer may be reused (`Cache-Control`), as it came.
    pub fn cache_control(&self) -> Option<&str> {
        self.header(CACHE_CONTROL.as_str())
    }

    /// What is left of the caller's rate limit; `None` when the service does not say, or not in three whole numbers.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        let number = |name| self.header(name)?.trim().parse::<u32>().ok();
        Some(RateLimit {
            limit: number("ratelimit-limit")?,
            remaining: number("ratelimit-remaining")?,
            reset: Duration::from_secs(number("ratelimit-reset")?.into()),
        })
    }

    /// The headers that the contract documents for this operation alone, typed.
    ///
    /// # Errors
    ///
    /// When one that the contract requires is missing, or one is not understood.
    pub fn headers_as<H: FromHeaders>(&self) -> Result<H, DecodeError> {
        H::from_headers(&self.headers)
    }

    /// The correlation id: the service's echo, or the one that was sent.
    pub fn correlation_id(&self) -> &str {
        &self.correlation_id
    }

    /// How many attempts it took, from 1.
    pub const fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The same answer with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Response<U> {
        let Self {
            value,
            status,
            headers,
            correlation_id,
            attempts,
        } = self;
        Response {
            value: change(value),
            status,
            headers,
            correlation_id,
            attempts,
        }
    }
}
