//! HTTP over reqwest, with rustls.

use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::redirect;

use super::{BoxFuture, Exchange, MAX_RESPONSE_BYTES, Transport, TransportError};
use crate::config_error::{ConfigError, Fault};

/// The HTTP transport: HTTP/1.1 and HTTP/2 over reqwest, TLS by rustls (aws-lc-rs) against the platform's
/// certificates.
///
/// - **No redirect is followed.** A service's base URL is configuration; following `Location` would carry the bearer
///   token to wherever an answer points. A 3xx is an answer like any other.
/// - Connections are pooled, apart for each connect timeout that the operations ask for: with the platform's figures
///   these are two (500 ms for checkout reads, 1 s for all others).
/// - An answer's body is read whole, up to a limit. Beyond it, a refusal keeps its status and loses its body.
#[derive(Debug)]
pub struct ReqwestTransport {
    settings: ReqwestTransportBuilder,
    /// A connect timeout is fixed when a reqwest client is made, so there is a client for each. There are few.
    clients: RwLock<Vec<(Duration, reqwest::Client)>>,
}

impl ReqwestTransport {
    /// Starts from the defaults of [`ReqwestTransportBuilder`].
    pub fn builder() -> ReqwestTransportBuilder {
        ReqwestTransportBuilder::default()
    }

    fn client(&self, connect_timeout: Duration) -> Result<reqwest::Client, TransportError> {
        let known = |clients: &[(Duration, reqwest::Client)]| {
            clients
                .iter()
                .find(|(timeout, _)| *timeout == connect_timeout)
                .map(|(_, client)| client.clone())
        };
        // The list is only ever appended to, so a poisoned lock still guards a sound one.
        if let Some(client) = known(&self.clients.read().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(client);
        }
        let mut clients = self.clients.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = known(&clients) {
            return Ok(client);
        }
        let client = self
            .settings
            .client(connect_timeout)
            .map_err(TransportError::unsendable)?;
        clients.push((connect_timeout, client.clone()));
        Ok(client)
    }

    async fn exchange(
        &self,
        request: http::Request<Bytes>,
        exchange: Exchange,
    ) -> Result<http::Response<Bytes>, TransportError> {
        let client = self.client(exchange.connect_timeout)?;
        let request = reqwest::Request::try_from(request).map_err(|error| failure(error, false))?;
        let mut response = client
            .execute(request)
            .await
            .map_err(|error| failure(error, false))?;

        let body = match read(&mut response, self.settings.max_response_bytes).await {
            // The status says it all; the body was a gateway's.
            Err(cause) if cause.too_large().is_some() && !response.status().is_success() => Bytes::new(),
            body => body?,
        };
        let mut answer = http::Response::new(body);
        *answer.status_mut() = response.status();
        *answer.version_mut() = response.version();
        *answer.headers_mut() = std::mem::take(response.headers_mut());
        Ok(answer)
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: http::Request<Bytes>,
        exchange: Exchange,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(self.exchange(request, exchange))
    }
}

/// The whole body, up to `limit` bytes.
async fn read(response: &mut reqwest::Response, limit: usize) -> Result<Bytes, TransportError> {
    let is_too_large = |length| length > limit as u64;
    if response.content_length().is_some_and(is_too_large) {
        return Err(TransportError::response_too_large(limit));
    }
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| failure(error, true))? {
        if body.len() + chunk.len() > limit {
            return Err(TransportError::response_too_large(limit));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

/// reqwest's messages carry the URL, and with it the query: it is taken off.
fn failure(error: reqwest::Error, answered: bool) -> TransportError {
    let error = error.without_url();
    if error.is_connect() && !answered {
        TransportError::connect(error)
    } else if error.is_builder() {
        TransportError::unsendable(error)
    } else {
        TransportError::interrupted(error)
    }
}

/// Settings of a [`ReqwestTransport`].
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until it is built"]
pub struct ReqwestTransportBuilder {
    max_response_bytes: usize,
    pool_idle_timeout: Duration,
    pool_max_idle_per_host: usize,
    use_proxy: bool,
    use_tls: bool,
}

impl Default for ReqwestTransportBuilder {
    fn default() -> Self {
        Self {
            max_response_bytes: MAX_RESPONSE_BYTES,
            pool_idle_timeout: Duration::from_secs(60),
            pool_max_idle_per_host: 32,
            use_proxy: true,
            use_tls: true,
        }
    }
}

impl ReqwestTransportBuilder {
    /// How many bytes an answer's body may have. Default 8 MiB, far above a page of 100 products.
    pub fn max_response_bytes(mut self, limit: usize) -> Self {
        self.max_response_bytes = limit;
        self
    }

    /// How long an idle connection is kept. Default 60 s, below what common load balancers and servers allow, so that
    /// a request rarely meets a connection which the other side is just closing.
    pub fn pool_idle_timeout(mut self, timeout: Duration) -> Self {
        self.pool_idle_timeout = timeout;
        self
    }

    /// How many idle connections are kept to one host. Default 32.
    pub fn pool_max_idle_per_host(mut self, count: usize) -> Self {
        self.pool_max_idle_per_host = count;
        self
    }

    /// Whether `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` are honoured. Default `true`; the client's own default
    /// transport switches it off for a loopback base URL.
    pub fn use_proxy(mut self, honoured: bool) -> Self {
        self.use_proxy = honoured;
        self
    }

    /// Whether the platform's certificates are loaded. Default `true`. Without them every `https` URL is refused, and
    /// a machine that has none can still reach a loopback service over `http`.
    pub fn use_tls(mut self, loaded: bool) -> Self {
        self.use_tls = loaded;
        self
    }

    /// Makes the transport, and its first connection pool.
    ///
    /// # Errors
    ///
    /// When TLS can't be set up. Usually the machine has no CA certificates: install the `ca-certificates` package.
    pub fn build(self) -> Result<ReqwestTransport, ConfigError> {
        let connect_timeout = Duration::from_secs(1);
        let client = self
            .client(connect_timeout)
            .map_err(|cause| ConfigError::new(Fault::Transport(cause.into())))?;
        Ok(ReqwestTransport {
            settings: self,
            clients: RwLock::new(vec![(connect_timeout, client)]),
        })
    }

    fn client(&self, connect_timeout: Duration) -> Result<reqwest::Client, reqwest::Error> {
        let mut builder = reqwest::Client::builder()
            .connect_timeout(connect_timeout)
            .redirect(redirect::Policy::none())
            .referer(false)
            .pool_idle_timeout(self.pool_idle_timeout)
            .pool_max_idle_per_host(self.pool_max_idle_per_host);
        if !self.use_proxy {
            builder = builder.no_proxy();
        }
        if !self.use_tls {
            builder = builder.tls_certs_only([]);
        }
        builder.build()
    }
}
