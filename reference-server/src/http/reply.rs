use super::error::ApiError;
use super::etag::{self, IfNoneMatch};
use crate::store::StoreError;
use crate::store::idempotency::StoredAnswer;
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, LOCATION, VARY};
use http::{HeaderName, HeaderValue, StatusCode};
use serde::Serialize;

/// 200 without an entity tag; for lists and batches.
pub(super) fn plain<T: Serialize>(entity: &T) -> Result<Response, ApiError> {
    Ok(json(StatusCode::OK, encode(entity)?))
}

/// 200 for what may be kept, but must be asked for again before it is used.
pub(super) fn listed<T: Serialize>(entity: &T) -> Result<Response, ApiError> {
    let mut response = plain(entity)?;
    set_caching(&mut response);
    Ok(response)
}

/// 200 with the entity's tag, or 304 when the caller holds it.
pub(super) fn read<T: Serialize>(entity: &T, held: &IfNoneMatch) -> Result<Response, ApiError> {
    let body = encode(entity)?;
    let tag = etag::of_json(&body);
    let mut response = if held.holds(&tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        json(StatusCode::OK, body)
    };
    set_caching(&mut response);
    set(&mut response, ETAG, &tag);
    Ok(response)
}

/// 200 with the tag of what was changed.
pub(super) fn changed<T: Serialize>(entity: &T) -> Result<Response, ApiError> {
    let body = encode(entity)?;
    let tag = etag::of_json(&body);
    let mut response = json(StatusCode::OK, body);
    set(&mut response, ETAG, &tag);
    Ok(response)
}

/// 201, in the form in which it can be given again.
pub(super) fn created<T: Serialize>(entity: &T, location: String) -> Result<StoredAnswer, ApiError> {
    let body = encode(entity)?;
    Ok(StoredAnswer {
        status: StatusCode::CREATED.as_u16(),
        location: Some(location),
        etag: Some(etag::of_json(&body)),
        body: String::from_utf8(body).map_err(StoreError::encode)?,
    })
}

/// 204.
pub(super) fn deleted() -> Response {
    StatusCode::NO_CONTENT.into_response()
}

impl IntoResponse for StoredAnswer {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::OK);
        let mut response = json(status, self.body.into_bytes());
        if let Some(location) = &self.location {
            set(&mut response, LOCATION, location);
        }
        if let Some(etag) = &self.etag {
            set(&mut response, ETAG, etag);
        }
        response
    }
}

fn encode<T: Serialize>(entity: &T) -> Result<Vec<u8>, ApiError> {
    Ok(serde_json::to_vec(entity).map_err(StoreError::encode)?)
}

fn json(status: StatusCode, body: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// What a caller sees depends on its token, and a price is never used unasked.
fn set_caching(response: &mut Response) {
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(VARY, HeaderValue::from_static("authorization"));
}

fn set(response: &mut Response, name: HeaderName, value: &str) {
    // Tags are hexadecimal and locations are paths of UUIDs.
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}
