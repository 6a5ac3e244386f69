//! The one error of a call, by phase.

mod api;
mod show;

use std::time::Duration;

use http::StatusCode;

use crate::client::Failure;
use crate::credentials::TokenError;
use crate::{BuildError, DecodeError, TransportError};

pub use api::ApiError;

/// A call that gave no value.
///
/// What matters to the caller is how far it came:
///
/// | phase | predicate | may have been processed | [`is_unavailable`](Self::is_unavailable) |
/// |---|---|---|---|
/// | the request could not be made | [`is_build`](Self::is_build) | no | no |
/// | no token could be had | [`is_credentials`](Self::is_credentials) | no | if the issuer may recover |
/// | the circuit is open | [`is_circuit_open`](Self::is_circuit_open) | no¹ | yes |
/// | no connection | [`is_connect`](Self::is_connect) | no¹ | yes |
/// | no answer in time | [`is_timeout`](Self::is_timeout) | yes² | yes |
/// | connection lost | [`is_transport`](Self::is_transport) | yes | yes |
/// | the service said no | [`is_api`](Self::is_api) | yes | 408, 429 and 5xx |
/// | answered, not understood | [`is_decode`](Self::is_decode) | yes | yes |
///
/// ¹ Unless an earlier attempt of the same call got further. ² Unless the time was over before the first attempt.
/// [`may_have_been_sent`](Self::may_have_been_sent) knows.
///
/// Whether a retry failed to happen for want of budget is told beside the phase, by
/// [`is_budget_exhausted`](Self::is_budget_exhausted).
///
/// `Display` is one phrase about this level; the cause is in `source()`. No header, query, body or secret is shown.
pub struct Error {
    inner: Box<Inner>,
}

#[derive(Debug)]
struct Inner {
    kind: ErrorKind,
    facts: Facts,
}

#[derive(Debug)]
pub(crate) enum ErrorKind {
    Build(BuildError),
    Credentials(TokenError),
    /// With what the last attempt before it brought, if there was one.
    CircuitOpen {
        last: Option<Box<Failure>>,
    },
    Connect(TransportError),
    /// With what the last attempt before it brought, if there was one.
    Timeout {
        last: Option<Box<Failure>>,
    },
    Transport(TransportError),
    Api(ApiError),
    Decode(DecodeError),
}

/// What is known of the call beside the phase in which it failed.
#[derive(Clone, Debug)]
pub(crate) struct Facts {
    pub(crate) operation: &'static str,
    pub(crate) correlation_id: Option<String>,
    pub(crate) attempts: u32,
    pub(crate) may_have_been_sent: bool,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) budget_exhausted: bool,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, facts: Facts) -> Self {
        Self {
            inner: Box::new(Inner { kind, facts }),
        }
    }

    /// The request could not be made: an argument, correlation id or timeout is wrong. Nothing was sent.
    /// Correct the call; a repetition fails the same way.
    #[must_use]
    pub fn is_build(&self) -> bool {
        matches!(self.inner.kind, ErrorKind::Build(_))
    }

    /// The token source gave no token. Usually the secret is missing, or the issuer can't be reached.
    #[must_use]
    pub fn is_credentials(&self) -> bool {
        matches!(self.inner.kind, ErrorKind::Credentials(_))
    }

    /// The circuit breaker of the operation's group is open, because recent calls failed.
    /// Use a fallback, or come again after [`retry_after`](Self::retry_after).
    #[must_use]
    pub fn is_circuit_open(&self) -> bool {
        matches!(self.inner.kind, ErrorKind::CircuitOpen { .. })
    }

    /// A retry was due and not made, because the budget for retries is spent: too many calls fail to add to the load.
    /// It comes beside the phase, which tells how the last attempt ended.
    #[must_use]
    pub fn is_budget_exhausted(&self) -> bool {
        self.inner.facts.budget_exhausted
    }

    /// The last attempt got no connection: refused, unreachable, unknown name, TLS refused, or too slow to connect.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(self.inner.kind, ErrorKind::Connect(_))
    }

    /// No answer came in time, in one attempt or in the whole call.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self.inner.kind, ErrorKind::Timeout { .. })
    }

    /// The connection was lost after the request was, or may have been, sent.
    #[must_use]
    pub fn is_transport(&self) -> bool {
        matches!(self.inner.kind, ErrorKind::Transport(_))
    }

    /// The service answered with a status outside `200..=299`; see [`api`](Self::api).
    #[must_use]
    pub fn is_api(&self) -> bool {
        matches!(self.inner.kind, ErrorKind::Api(_))
    }

    /// The answer is not what the contract documents. Usually client and service are of different versions, or
    /// something between them answered.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        matches!(self.inner.kind, ErrorKind::Decode(_))
    }

    /// `304 Not Modified`: what the caller holds is still current. It answers an `If-None-Match`.
    #[must_use]
    pub fn is_not_modified(&self) -> bool {
        self.status() == Some(StatusCode::NOT_MODIFIED)
    }

    /// `404 Not Found`: a definitive answer, to which no fallback applies.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(StatusCode::NOT_FOUND)
    }

    /// `401` or `403`: the token is missing, expired, or does not allow the operation.
    #[must_use]
    pub fn is_denied(&self) -> bool {
        matches!(
            self.status(),
            Some(StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN)
        )
    }

    /// `429 Too Many Requests`, after what retries the deadline allowed.
    #[must_use]
    pub fn is_throttled(&self) -> bool {
        self.status() == Some(StatusCode::TOO_MANY_REQUESTS)
    }

    /// The service gave no definitive answer and may give one later: everything but a mistake of the caller and a
    /// refusal (3xx, and 4xx other than 408 and 429). Exactly these errors let a fallback step in.
    #[must_use]
    pub fn is_unavailable(&self) -> bool {
        match &self.inner.kind {
            ErrorKind::Build(_) => false,
            ErrorKind::Credentials(cause) => cause.is_transient(),
            ErrorKind::Api(answer) => {
                let is_of_the_moment = [StatusCode::REQUEST_TIMEOUT, StatusCode::TOO_MANY_REQUESTS];
                answer.status.is_server_error() || is_of_the_moment.contains(&answer.status)
            }
            ErrorKind::CircuitOpen { .. }
            | ErrorKind::Connect(_)
            | ErrorKind::Timeout { .. }
            | ErrorKind::Transport(_)
            | ErrorKind::Decode(_) => true,
        }
    }

    /// What the service said, when it said no.
    #[must_use]
    pub fn api(&self) -> Option<&ApiError> {
        match &self.inner.kind {
            ErrorKind::Api(answer) => Some(answer),
            _ => None,
        }
    }

    /// The status of the service's refusal.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.api().map(|answer| answer.status)
    }

    /// The contract's id of the operation.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.inner.facts.operation
    }

    /// How many attempts were made. 0 when nothing was tried.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.inner.facts.attempts
    }

    /// How long to wait before it makes sense to call again: by the service's `Retry-After`, or by the circuit
    /// breaker's time to the next trial.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.inner.facts.retry_after
    }

    /// The correlation id the call carried, by which the service's logs can be searched.
    /// `None` only when the one given was ill-formed.
    #[must_use]
    pub fn correlation_id(&self) -> Option<&str> {
        self.inner.facts.correlation_id.as_deref()
    }

    /// Whether the service may have processed the request. `false` is certain.
    ///
    /// After `true` on an operation that is not idempotent, look before you repeat it.
    #[must_use]
    pub fn may_have_been_sent(&self) -> bool {
        self.inner.facts.may_have_been_sent
    }

    /// The phase, as a label for logs and metrics.
    pub(crate) fn phase(&self) -> &'static str {
        match self.inner.kind {
            ErrorKind::Build(_) => "build",
            ErrorKind::Credentials(_) => "credentials",
            ErrorKind::CircuitOpen { .. } => "circuit_open",
            ErrorKind::Connect(_) => "connect",
            ErrorKind::Timeout { .. } => "timeout",
            ErrorKind::Transport(_) => "transport",
            ErrorKind::Api(_) => "api",
            ErrorKind::Decode(_) => "decode",
        }
    }
}
