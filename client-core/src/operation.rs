//! What an operation is: a request, a parser, and the facts of its contract.

use std::time::Duration;

use bytes::Bytes;
use http::Method;

use crate::{BuildError, DecodeError};

/// One operation of a service, without input or output: a value that becomes a request, and a parser for the answer.
///
/// Implementations are generated from the service's OpenAPI document. The value holds the arguments of one call.
pub trait Operation: Send + Sync + 'static {
    /// What a successful answer holds.
    type Output: Send + 'static;

    /// The facts of the contract: method, path, idempotency, timeouts.
    const INFO: &'static OperationInfo;

    /// Makes the request. Its URI is path and query only, relative to the client's base URL.
    ///
    /// It is called once for each attempt, so that nothing has to be cloned ahead of a retry that may never come.
    ///
    /// # Errors
    ///
    /// When an argument can't be expressed, for example an empty path parameter.
    fn to_request(&self) -> Result<http::Request<Bytes>, BuildError>;

    /// Reads the answer. It is called for every status in `200..=299`, for 304 where the contract makes an answer of it
    /// ([`OperationInfo::not_modified`]), and for no other.
    ///
    /// # Errors
    ///
    /// When the body is not what the contract documents.
    fn parse(response: &http::Response<Bytes>) -> Result<Self::Output, DecodeError>;
}

/// The facts of an operation that every layer below it sees. They come from the contract (`x-resilience`).
///
/// ```
/// use std::time::Duration;
/// use client_core::{Idempotency, OperationInfo};
///
/// static PRICE: OperationInfo = OperationInfo::new("getVariantPrice", http::Method::GET, "/variants/{variantId}/price")
///     .with_idempotency(Idempotency::Idempotent)
///     .with_timeouts(Duration::from_millis(500), Duration::from_millis(600), Duration::from_millis(1500))
///     .with_breaker_group("checkout");
/// assert_eq!(PRICE.attempt_timeout, Duration::from_millis(600));
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct OperationInfo {
    /// The `operationId` of the contract.
    pub id: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path template, with parameters in braces, relative to the base URL.
    pub path: &'static str,
    /// Whether the operation may be sent again after it may have been processed.
    pub idempotency: Idempotency,
    /// How long one attempt may take, from the first byte sent to the last byte read. Default 2 s.
    pub attempt_timeout: Duration,
    /// How long the call may take, with all its attempts and pauses. Default 5 s.
    pub overall_timeout: Duration,
    /// How long the connection may take to come up, TLS included. Default 1 s.
    pub connect_timeout: Duration,
    /// Operations of one group share a circuit breaker. Default `"default"`.
    pub breaker_group: &'static str,
    /// Whether the contract allows a second request to race a slow first one. The client sends none by itself.
    /// Default `false`.
    pub hedging: bool,
    /// What one call costs against the service's rate limit. Default 1.
    pub cost: u32,
    /// Whether 304 is an answer of its own, and no error. Default `false`.
    pub not_modified: bool,
    /// Where the path begins, when that is beside the base URL. Default: at the base URL.
    pub server: Option<Server>,
}

/// Where the path of an operation begins that does not lie under the client's base URL, such as `/metrics` beside
/// `/api/v1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Server {
    /// The path that every base URL ends with, by the contract: `/api/v1`.
    pub base: &'static str,
    /// What stands in its place before the path of this operation: nothing, or a path.
    pub own: &'static str,
}

impl OperationInfo {
    /// An operation with the platform's numbers for calls to a neighbour: 1 s to connect, 2 s an attempt, 5 s in all.
    ///
    /// It is not idempotent until [`with_idempotency`](Self::with_idempotency) says so.
    #[must_use]
    pub const fn new(id: &'static str, method: Method, path: &'static str) -> Self {
        Self {
            id,
            method,
            path,
            idempotency: Idempotency::NotIdempotent,
            attempt_timeout: Duration::from_secs(2),
            overall_timeout: Duration::from_secs(5),
            connect_timeout: Duration::from_secs(1),
            breaker_group: "default",
            hedging: false,
            cost: 1,
            not_modified: false,
            server: None,
        }
    }

    /// Sets whether the operation may be sent again.
    #[must_use]
    pub const fn with_idempotency(mut self, idempotency: Idempotency) -> Self {
        self.idempotency = idempotency;
        self
    }

    /// Sets the three timeouts: to connect, of one attempt, of the whole call.
    #[must_use]
    pub const fn with_timeouts(mut self, connect: Duration, attempt: Duration, overall: Duration) -> Self {
        self.connect_timeout = connect;
        self.attempt_timeout = attempt;
        self.overall_timeout = overall;
        self
    }

    /// Sets the group of operations whose failures are counted together.
    #[must_use]
    pub const fn with_breaker_group(mut self, group: &'static str) -> Self {
        self.breaker_group = group;
        self
    }

    /// Sets whether hedging is allowed.
    #[must_use]
    pub const fn with_hedging(mut self, allowed: bool) -> Self {
        self.hedging = allowed;
        self
    }

    /// Sets the cost against the service's rate limit.
    #[must_use]
    pub const fn with_cost(mut self, cost: u32) -> Self {
        self.cost = cost;
        self
    }

    /// Sets whether 304 is an answer of its own.
    #[must_use]
    pub const fn with_not_modified(mut self, is_answer: bool) -> Self {
        self.not_modified = is_answer;
        self
    }

    /// Lets the path begin at `own`, in the place of the `base` that the client's base URL ends with.
    ///
    /// A client whose base URL ends otherwise can't make the call: it is a build error.
    #[must_use]
    pub const fn with_server(mut self, base: &'static str, own: &'static str) -> Self {
        self.server = Some(Server { base, own });
        self
    }
}

/// Whether an operation may be sent again after it may have been processed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Idempotency {
    /// Twice is as good as once: retried on every transient failure.
    Idempotent,
    /// The service recognises a repetition by its `Idempotency-Key`. The client makes one key for each call, sends it
    /// with every attempt, and retries like an idempotent operation.
    WithKey,
    /// Twice is two. Only what provably never reached the service is sent again.
    ///
    /// A caller who passes an idempotency key of their own promises that the service honours it, and gets retries.
    NotIdempotent,
}
