//! Any tower `Service` as a transport.

use std::error::Error as StdError;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::sync::Arc;

use bytes::Bytes;
use http_body::Body;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use tower_service::Service;

use super::{BoxFuture, Exchange, Transport, TransportError};

type AnyError = Box<dyn StdError + Send + Sync>;

/// A [`Transport`] over any tower `Service` of HTTP: a hyper client, an axum router under test, a stack of layers.
///
/// `B` is the service's request body, anything that is made from [`Bytes`]. The service must follow no redirect and
/// make no retry of its own. All its errors count as [`TransportError::interrupted`], unless
/// [`with_connect_errors`](Self::with_connect_errors) tells which of them mean that nothing was sent.
pub struct ServiceTransport<S, B> {
    service: S,
    is_connect_error: IsConnectError,
    max_response_bytes: usize,
    request_body: PhantomData<fn() -> B>,
}

type IsConnectError = Arc<dyn Fn(&(dyn StdError + 'static)) -> bool + Send + Sync>;

impl<S, B> ServiceTransport<S, B> {
    /// Sends through clones of this service. Answers are limited to 8 MiB.
    pub fn new(service: S) -> Self {
        Self {
            service,
            is_connect_error: Arc::new(|_| false),
            max_response_bytes: super::MAX_RESPONSE_BYTES,
            request_body: PhantomData,
        }
    }

    /// Tells which errors of the service mean that there was no connection, and so nothing was sent.
    #[must_use]
    pub fn with_connect_errors(
        mut self,
        is_connect_error: impl Fn(&(dyn StdError + 'static)) -> bool + Send + Sync + 'static,
    ) -> Self {
        self.is_connect_error = Arc::new(is_connect_error);
        self
    }

    /// Sets how many bytes an answer's body may have.
    #[must_use]
    pub fn with_max_response_bytes(mut self, limit: usize) -> Self {
        self.max_response_bytes = limit;
        self
    }
}

impl<S, B, A> Transport for ServiceTransport<S, B>
where
    S: Service<http::Request<B>, Response = http::Response<A>> + Clone + Send + Sync + 'static,
    S::Error: Into<AnyError>,
    S::Future: Send,
    B: From<Bytes> + Send + 'static,
    A: Body + Send + 'static,
    A::Data: Send,
    A::Error: Into<AnyError>,
{
    fn send(
        &self,
        request: http::Request<Bytes>,
        _exchange: Exchange,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        let mut service = self.service.clone();
        Box::pin(async move {
            poll_fn(|context| service.poll_ready(context))
                .await
                // A service that is not ready has seen no request.
                .map_err(TransportError::connect)?;
            let response = service.call(request.map(B::from)).await.map_err(|error| {
                let error = error.into();
                if (self.is_connect_error)(&*error) {
                    TransportError::connect(error)
                } else {
                    TransportError::interrupted(error)
                }
            })?;
            let (head, body) = response.into_parts();
            let limit = self.max_response_bytes;
            let body = match Limited::new(body, limit).collect().await {
                Ok(body) => body.to_bytes(),
                Err(error) if !error.is::<LengthLimitError>() => {
                    return Err(TransportError::interrupted(error));
                }
                Err(_) if head.status.is_success() => return Err(TransportError::response_too_large(limit)),
                // The status says it all; the body was a gateway's.
                Err(_) => Bytes::new(),
            };
            Ok(http::Response::from_parts(head, body))
        })
    }
}

impl<S, B> fmt::Debug for ServiceTransport<S, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServiceTransport")
            .field("max_response_bytes", &self.max_response_bytes)
            .finish_non_exhaustive()
    }
}
