use super::App;
use super::error::ApiError;
use super::fields::{FromFields, read_object};
use super::json;
use crate::domain::Check;
use axum::body::to_bytes;
use axum::extract::{FromRequest, Request};
use bytes::Bytes;
use http::HeaderMap;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};

const JSON: &[&str] = &["application/json"];
const MERGE_PATCH: &[&str] = &["application/merge-patch+json", "application/json"];

/// A JSON body, read strictly.
pub(super) struct JsonBody<T> {
    pub(super) value: T,
    /// As it came.
    pub(super) bytes: Bytes,
}

/// A JSON merge patch (RFC 7396), which may also come as plain JSON.
pub(super) struct PatchBody<T>(pub(super) T);

impl<T: FromFields> FromRequest<App> for JsonBody<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, app: &App) -> Result<Self, ApiError> {
        let bytes = receive(request, JSON, app.limits().body).await?;
        let value = read(&bytes)?;
        Ok(Self { value, bytes })
    }
}

impl<T: FromFields> FromRequest<App> for PatchBody<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, app: &App) -> Result<Self, ApiError> {
        let bytes = receive(request, MERGE_PATCH, app.limits().body).await?;
        read(&bytes).map(Self)
    }
}

async fn receive(request: Request, accepted: &[&str], limit: usize) -> Result<Bytes, ApiError> {
    if !is_one_of(request.headers(), accepted) {
        return Err(ApiError::wrong_media_type(accepted));
    }
    if !is_plain(request.headers()) {
        return Err(ApiError::encoded());
    }
    let announced = request
        .headers()
        .get(CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse().ok());
    if announced.is_some_and(|length: usize| length > limit) {
        return Err(ApiError::too_large(limit));
    }
    to_bytes(request.into_body(), limit).await.map_err(|error| {
        let cause = std::error::Error::source(&error);
        if cause.is_some_and(|cause| cause.is::<http_body_util::LengthLimitError>()) {
            ApiError::too_large(limit)
        } else {
            ApiError::unreadable("The body did not arrive as a whole.")
        }
    })
}

fn is_one_of(headers: &HeaderMap, accepted: &[&str]) -> bool {
    let mut given = headers.get_all(CONTENT_TYPE).iter();
    let (Some(value), None) = (given.next(), given.next()) else {
        return false;
    };
    let media_type = value
        .to_str()
        .unwrap_or_default()
        .split(';')
        .next()
        .unwrap_or_default()
        .trim();
    accepted
        .iter()
        .any(|accepted| media_type.eq_ignore_ascii_case(accepted))
}

/// Whether the body comes as it is, and not compressed.
fn is_plain(headers: &HeaderMap) -> bool {
    let codings = headers.get_all(CONTENT_ENCODING).iter();
    codings
        .flat_map(|value| value.as_bytes().split(|byte| *byte == b','))
        .map(<[u8]>::trim_ascii)
        .all(|coding| coding.is_empty() || coding.eq_ignore_ascii_case(b"identity"))
}

fn read<T: FromFields>(bytes: &[u8]) -> Result<T, ApiError> {
    let mut problems = Check::new();
    let value = read_object(json::read(bytes)?, "", &mut problems);
    problems.finish()?;
    // There is no value only where there was a problem.
    value.ok_or_else(|| ApiError::unreadable("The body cannot be read."))
}
