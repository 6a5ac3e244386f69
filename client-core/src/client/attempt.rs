//! One attempt, and what its end means.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use product_types::Timestamp;
use resilience::classify::{Classification, Outcome, Retry};

use crate::credentials::TokenError;
use crate::retry_after::retry_after;
use crate::{ApiError, BuildError, TransportError};

/// An attempt that brought no success.
#[derive(Debug)]
pub(crate) enum Failure {
    Build(BuildError),
    Credentials(TokenError),
    Transport(TransportError),
    Refused {
        answer: ApiError,
        retry_after: Option<Duration>,
    },
}

impl Failure {
    pub(crate) fn refused(response: &http::Response<Bytes>) -> Self {
        Self::Refused {
            answer: ApiError::from_response(response),
            retry_after: retry_after(response.headers(), Timestamp::now()),
        }
    }

    /// What the attempt says about the service, and whether another one makes sense.
    pub(crate) fn classify(&self) -> Classification {
        match self {
            Self::Build(_) => Classification::IGNORED,
            // Nothing was sent, so whether the operation is idempotent does not matter.
            Self::Credentials(cause) if cause.is_transient() => {
                Classification::new(Outcome::Ignored, Retry::Transparent)
            }
            Self::Credentials(_) => Classification::IGNORED,
            Self::Transport(cause) if cause.is_connect() => {
                Classification::new(Outcome::Failure, Retry::Transparent)
            }
            Self::Transport(cause) if cause.is_interrupted() => Classification::TRANSIENT,
            // Unsendable, or an answer too large: neither says that the service is down.
            Self::Transport(_) => Classification::IGNORED,
            Self::Refused { answer, retry_after } => by_status(answer.status, *retry_after),
        }
    }
}

fn by_status(status: StatusCode, retry_after: Option<Duration>) -> Classification {
    // "At once", or a date that is over by our clock: no reason for all retries in one moment.
    let retry_after = retry_after.filter(|wait| !wait.is_zero());
    match status {
        StatusCode::TOO_MANY_REQUESTS => Classification::throttled(retry_after),
        StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => {
            Classification::new(Outcome::Failure, retry_after.map_or(Retry::Backoff, Retry::After))
        }
        // The service's own time limit, which a repetition would meet again.
        StatusCode::REQUEST_TIMEOUT => Classification::FAILURE,
        // 500 and its like would come again: the service failed on this request.
        status if status.is_server_error() => Classification::FAILURE,
        _ => Classification::SUCCESS,
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Build(cause) => cause.fmt(f),
            Self::Credentials(cause) => cause.fmt(f),
            Self::Transport(cause) => cause.fmt(f),
            Self::Refused { answer, .. } => answer.fmt(f),
        }
    }
}

impl StdError for Failure {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Build(cause) => cause.source(),
            Self::Credentials(cause) => cause.source(),
            Self::Transport(cause) => cause.source(),
            Self::Refused { .. } => None,
        }
    }
}
