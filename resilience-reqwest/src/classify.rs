use std::error::Error as StdError;
use std::io;

use http::StatusCode;
use reqwest::Response;
use reqwest_middleware::Error;
use resilience::classify::{Classification, Classify, Outcome, Retry};

use crate::retry_after::retry_after;

/// Whoever judges answers.
pub(crate) type Classifier = Box<dyn Classify<Response, Error> + Send + Sync>;

/// What an answer means by its status, and what a failure means by how far the request came.
///
/// | answer or failure | for the breaker | again? |
/// |---|---|---|
/// | 502, 503, 504 | failure | after `Retry-After`, or a back-off |
/// | 429 | throttled: neither | after `Retry-After`, or a back-off |
/// | 408, 500 and any other 5xx | failure | no: it would come again |
/// | every other status | success | no |
/// | no connection | failure | yes, whatever the method: it was never sent |
/// | no connection that will ever be: certificates, protocols | failure | no |
/// | broken off, or a time limit of the client's | failure | after a back-off |
/// | a request that can't be built, a redirect that can't be followed, an answer that can't be read | ignored | no |
/// | an error of other middleware | ignored | no |
///
/// The platform's guidelines name 502, 503, 504, connection errors, timeouts, and 429 by its `Retry-After`. Methods are
/// not its matter: the policy repeats what is idempotent, or was never sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Statuses;

impl Classify<Response, Error> for Statuses {
    fn classify(&self, result: Result<&Response, &Error>) -> Classification {
        match result {
            Ok(response) => by_status(response),
            Err(Error::Reqwest(cause)) => by_cause(cause),
            Err(Error::Middleware(_)) => Classification::IGNORED,
        }
    }
}

fn by_status(response: &Response) -> Classification {
    let wait = || retry_after(response.headers());
    match response.status() {
        StatusCode::TOO_MANY_REQUESTS => Classification::throttled(wait()),
        StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => {
            Classification::new(Outcome::Failure, wait().map_or(Retry::Backoff, Retry::After))
        }
        StatusCode::REQUEST_TIMEOUT => Classification::FAILURE,
        status if status.is_server_error() => Classification::FAILURE,
        _ => Classification::SUCCESS,
    }
}

fn by_cause(cause: &reqwest::Error) -> Classification {
    if cause.is_connect() {
        return if will_never_connect(cause) {
            Classification::FAILURE
        } else {
            Classification::new(Outcome::Failure, Retry::Transparent)
        };
    }
    if cause.is_timeout() || cause.is_request() {
        return Classification::TRANSIENT;
    }
    Classification::IGNORED
}

/// A handshake that failed on what the other side said, not on whether it was there.
fn will_never_connect(error: &reqwest::Error) -> bool {
    let mut next: Option<&(dyn StdError + 'static)> = Some(error);
    while let Some(cause) = next {
        let Some(cause) = cause.downcast_ref::<io::Error>() else {
            next = cause.source();
            continue;
        };
        if matches!(
            cause.kind(),
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput
        ) {
            return true;
        }
        // Its `source` would skip the error that it wraps.
        next = cause.get_ref().map(|wrapped| wrapped as _);
    }
    false
}
