//! What carries a request to the service and brings the answer back.

mod error;
#[cfg(feature = "reqwest")]
mod reqwest;
mod service;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use resilience::Deadline;

use crate::OperationInfo;

#[cfg(feature = "reqwest")]
pub use self::reqwest::{ReqwestTransport, ReqwestTransportBuilder};
pub use error::TransportError;
pub use service::ServiceTransport;

/// A boxed future that may move between threads.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// What an answer's body may have when nothing else is said: 8 MiB, far above a page of 100 products.
const MAX_RESPONSE_BYTES: usize = 8 * 1024 * 1024;

/// Sends one request and reads the whole answer.
///
/// A transport knows nothing of retries, breakers or tokens; it sends what it is given, once, and follows no redirect.
/// Its one judgement is that of [`TransportError`]: whether the request can have reached the service.
/// Dropping the future gives the exchange up; the client does so when the attempt's time is over.
pub trait Transport: Send + Sync + 'static {
    /// Sends the request, whose URI is absolute, and reads the answer.
    ///
    /// # Errors
    ///
    /// When there is no whole answer. A status of any kind is an answer.
    fn send(
        &self,
        request: http::Request<Bytes>,
        exchange: Exchange,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>>;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(
        &self,
        request: http::Request<Bytes>,
        exchange: Exchange,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        (**self).send(request, exchange)
    }
}

/// What a transport may want to know of the request beside itself.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Exchange {
    /// The operation.
    pub operation: &'static OperationInfo,
    /// Which attempt of the call this is, from 1.
    pub attempt: u32,
    /// How long the connection may take to come up: the contract's number, or what the configuration put in its place.
    pub connect_timeout: Duration,
    /// When the client gives this attempt up.
    pub deadline: Deadline,
}

impl Exchange {
    /// The exchange of a first attempt, with the contract's connect timeout.
    #[must_use]
    pub fn new(operation: &'static OperationInfo, deadline: Deadline) -> Self {
        Self {
            operation,
            attempt: 1,
            connect_timeout: operation.connect_timeout,
            deadline,
        }
    }
}
