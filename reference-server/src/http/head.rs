use super::error::ApiError;
use axum::extract::Request;
use http::StatusCode;

/// The longest path with its query, in bytes: what most proxies let through.
const LONGEST_TARGET: usize = 8 * 1024;
/// The most header lines.
const MOST_LINES: usize = 100;
/// The most bytes in the names and values of all header lines.
const MOST_BYTES: usize = 64 * 1024;

/// 414 or 431 for a request whose head is too large.
pub(super) fn check(request: &Request) -> Result<(), ApiError> {
    let target = request.uri().path_and_query();
    if target.is_some_and(|target| target.as_str().len() > LONGEST_TARGET) {
        return Err(ApiError::of_status(StatusCode::URI_TOO_LONG));
    }
    let headers = request.headers();
    let bytes: usize = headers
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len())
        .sum();
    if headers.len() > MOST_LINES || bytes > MOST_BYTES {
        return Err(ApiError::of_status(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE));
    }
    Ok(())
}
