//! A call, from its arguments to its result.

use std::fmt;
use std::future::IntoFuture;
use std::time::Duration;

use resilience::Deadline;

use super::{CallOptions, Client, Response};
use crate::{Answer, BoxFuture, Error, FallbackSource, Operation};

/// A call that is ready to be made, and made when it is awaited:
///
/// - `.await?` gives the value;
/// - `.send().await?` gives a [`Response`], with status, headers and correlation id;
/// - `.or_fallback(&source).await?` gives an [`Answer`], which may be an older value, marked as such.
///
/// Cancel safe: dropping the future gives the call up. The service may have processed the request by then.
#[must_use = "a call is made only when it is awaited or sent"]
pub struct Call<O> {
    client: Client,
    operation: O,
    options: CallOptions,
}

impl<O: Operation> Call<O> {
    pub(super) fn new(client: Client, operation: O) -> Self {
        Self {
            client,
            operation,
            options: CallOptions::default(),
        }
    }

    /// The operation, with its arguments.
    pub fn operation(&self) -> &O {
        &self.operation
    }

    /// The operation, to set its arguments: what generated setters use.
    pub fn operation_mut(&mut self) -> &mut O {
        &mut self.operation
    }

    /// Sends this correlation id: 1 to 128 of `[A-Za-z0-9._:-]`. An ill-formed one fails the call before it is sent.
    pub fn correlation_id(mut self, correlation_id: impl Into<String>) -> Self {
        self.options.correlation_id = Some(correlation_id.into());
        self
    }

    /// Sends this idempotency key, the same with every attempt: 1 to 255 visible ASCII characters.
    ///
    /// A key that the caller keeps makes a call repeatable even after the process has died. Giving one says that the
    /// service honours it: the call is then retried like an idempotent one.
    pub fn idempotency_key(mut self, key: impl Into<String>) -> Self {
        self.options.idempotency_key = Some(key.into());
        self
    }

    /// Limits the whole call, with all attempts and pauses, in place of the contract's overall timeout.
    ///
    /// It may be longer than the contract's too. An attempt keeps its own timeout, cut off at the end of the call.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
        self
    }

    /// Ends the call at the caller's own deadline at the latest. It can only shorten the call.
    pub fn deadline(mut self, deadline: Deadline) -> Self {
        self.options.deadline = Some(deadline);
        self
    }

    /// Makes the call.
    ///
    /// # Errors
    ///
    /// By phase; see [`Error`].
    pub async fn send(self) -> Result<Response<O::Output>, Error> {
        self.client.execute(&self.operation, &self.options).await
    }

    /// Makes the call with these options; what they leave open stays as it was set on the call.
    ///
    /// # Errors
    ///
    /// By phase; see [`Error`].
    pub async fn send_with(self, options: CallOptions) -> Result<Response<O::Output>, Error> {
        let options = self.options.overridden_by(options);
        self.client.execute(&self.operation, &options).await
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
        match self.client.execute(&self.operation, &self.options).await {
            Ok(response) => Ok(Answer::Live(response.into_value())),
            Err(cause) if cause.is_unavailable() => match source.fallback(&self.operation).await {
                Some(stored) => Ok(Answer::Unconfirmed {
                    value: stored.value,
                    as_of: stored.as_of,
                    cause,
                }),
                None => Err(cause),
            },
            Err(cause) => Err(cause),
        }
    }
}

impl<O: Operation> IntoFuture for Call<O> {
    type Output = Result<O::Output, Error>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { Ok(self.send().await?.into_value()) })
    }
}

impl<O: Operation> fmt::Debug for Call<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &O::INFO.id)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
