use super::body::JsonBody;
use super::error::ApiError;
use crate::auth::Caller;
use crate::catalogue::UnitOfWork;
use crate::domain::Invalid;
use crate::store::idempotency::{Known, RequestKey, StoredAnswer};
use axum::extract::FromRequestParts;
use http::HeaderName;
use http::request::Parts;
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// `Idempotency-Key`, if there is one.
pub(super) struct IdempotencyKey(Option<String>);

impl IdempotencyKey {
    /// What the key stands for: it belongs to the caller and to the operation.
    pub(super) fn request<T>(
        self,
        caller: &Caller,
        operation: &str,
        body: &JsonBody<T>,
    ) -> Option<RequestKey> {
        let key = self.0?;
        let digest = Sha256::digest(&body.bytes);
        Some(RequestKey {
            scope: format!("{operation} {}", caller.subject()),
            key,
            fingerprint: digest.iter().map(|byte| format!("{byte:02x}")).collect(),
        })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, ApiError> {
        let mut given = parts.headers.get_all(IDEMPOTENCY_KEY).iter();
        let key = match (given.next(), given.next()) {
            (None, _) => return Ok(Self(None)),
            (Some(value), None) => value.to_str().ok().filter(|key| is_well_formed(key)),
            (Some(_), Some(_)) => None,
        };
        let problem = "must be given once and have 1 to 255 visible ASCII characters, or spaces between them";
        let key = key.ok_or_else(|| Invalid::one("Idempotency-Key", problem))?;
        Ok(Self(Some(key.to_owned())))
    }
}

/// Spaces at the ends never arrive: HTTP takes them for padding.
fn is_well_formed(key: &str) -> bool {
    (1..=255).contains(&key.len()) && key.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

/// The keys of requests that still run.
#[derive(Clone, Debug, Default)]
pub(super) struct InFlight(Arc<Mutex<HashSet<(String, String)>>>);

/// A request that runs; dropping it says that it has ended.
pub(super) struct Running {
    in_flight: InFlight,
    entry: (String, String),
}

impl InFlight {
    /// Notes that the request runs; 409 when one with the same key does.
    pub(super) fn begin(&self, request: &RequestKey) -> Result<Running, ApiError> {
        let entry = (request.scope.clone(), request.key.clone());
        let mut running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !running.insert(entry.clone()) {
            return Err(ApiError::still_running());
        }
        Ok(Running {
            in_flight: self.clone(),
            entry,
        })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.in_flight
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&self.entry);
    }
}

/// The answer that was given before, if the request came before; 422 when it came with another body.
pub(super) async fn recall(
    work: &mut UnitOfWork,
    request: Option<&RequestKey>,
) -> Result<Option<StoredAnswer>, ApiError> {
    let Some(request) = request else {
        return Ok(None);
    };
    match work.recall(request).await? {
        Known::New => Ok(None),
        Known::Answered(answer) => Ok(Some(answer)),
        Known::OtherBody => Err(ApiError::other_body()),
    }
}

/// Keeps the answer in the transaction of the change, so that there is never one without the other.
pub(super) async fn remember(
    work: &mut UnitOfWork,
    request: Option<&RequestKey>,
    answer: &StoredAnswer,
) -> Result<(), ApiError> {
    match request {
        Some(request) => Ok(work.remember(request, answer).await?),
        None => Ok(()),
    }
}
