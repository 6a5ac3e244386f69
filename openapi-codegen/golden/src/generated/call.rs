// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.

//! A call that is ready to be made.

use std::fmt;
use std::future::IntoFuture;
use std::time::Duration;

use client_core::{Answer, BoxFuture, CallOptions, Deadline, Error, FallbackSource, Operation, Response};

/// A call that is ready to be made, and made when it is awaited:
///
/// - `.await?` gives the value;
/// - `.send().await?` gives a [`Response`], with status, headers and correlation id;
/// - `.or_fallback(&source).await?` gives an [`Answer`], which may be an older value, marked as such.
///
/// Optional arguments of the operation are set by methods of their own name.
///
/// Cancel safe: dropping the future gives the call up. The service may have processed the request by then.
#[must_use = "a call is made only when it is awaited or sent"]
pub struct Call<O> {
    inner: client_core::Call<O>,
}

impl<O: Operation> Call<O> {
    pub(super) fn new(inner: client_core::Call<O>) -> Self {
        Self { inner }
    }

    /// The operation, with its arguments.
    pub fn operation(&self) -> &O {
        self.inner.operation()
    }

    pub(super) fn operation_mut(&mut self) -> &mut O {
        self.inner.operation_mut()
    }

    /// Sends this correlation id: 1 to 128 of `[A-Za-z0-9._:-]`. An ill-formed one fails the call before it is sent.
    /// Default: a new UUID.
    pub fn correlation_id(mut self, correlation_id: impl Into<String>) -> Self {
        self.inner = self.inner.correlation_id(correlation_id);
        self
    }

    /// Sends this idempotency key, the same with every attempt: 1 to 255 visible ASCII characters.
    /// Default: a new UUID for operations that take a key, none for others.
    pub fn idempotency_key(mut self, key: impl Into<String>) -> Self {
        self.inner = self.inner.idempotency_key(key);
        self
    }

    /// Limits the whole call, with all attempts and pauses, in place of the contract's overall timeout.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.inner = self.inner.timeout(timeout);
        self
    }

    /// Ends the call at the caller's own deadline at the latest. It can only shorten the call.
    pub fn deadline(mut self, deadline: Deadline) -> Self {
        self.inner = self.inner.deadline(deadline);
        self
    }

    /// Makes the call, and gives the value with the answer around it.
    ///
    /// # Errors
    ///
    /// By phase; see [`Error`].
    pub async fn send(self) -> Result<Response<O::Output>, Error> {
        self.inner.send().await
    }

    /// Makes the call with these options; what they leave open stays as it was set on the call.
    ///
    /// # Errors
    ///
    /// By phase; see [`Error`].
    pub async fn send_with(self, options: CallOptions) -> Result<Response<O::Output>, Error> {
        self.inner.send_with(options).await
    }

    /// Makes the call, and asks `source` when the service gave no definitive answer ([`Error::is_unavailable`]).
    ///
    /// # Errors
    ///
    /// When the service refused, when the call was not well formed, or when the source knows no answer either.
    pub async fn or_fallback<S>(self, source: &S) -> Result<Answer<O::Output>, Error>
    where
        S: FallbackSource<O>,
    {
        self.inner.or_fallback(source).await
    }
}

impl<O: Operation> IntoFuture for Call<O> {
    type Output = Result<O::Output, Error>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        self.inner.into_future()
    }
}

impl<O: Operation> fmt::Debug for Call<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}
