//! A value with the answer it came in.

use http::header::ETAG;
use http::{HeaderMap, StatusCode};

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

    /// The status, in `200..=299`.
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
