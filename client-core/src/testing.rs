//! A transport that answers from a script: for tests of what is built on a client.
//!
//! ```
//! use client_core::testing::{Reply, ScriptedTransport};
//! use client_core::{Client, RequestBuilder};
//! # use client_core::{BuildError, DecodeError, Idempotency, Operation, OperationInfo, bytes::Bytes, decode, http};
//! # struct Ping;
//! # static PING: OperationInfo = OperationInfo::new("ping", http::Method::GET, "/ping").with_idempotency(Idempotency::Idempotent);
//! # impl Operation for Ping {
//! #     type Output = ();
//! #     const INFO: &'static OperationInfo = &PING;
//! #     fn to_request(&self) -> Result<http::Request<Bytes>, BuildError> { RequestBuilder::new(&PING).build() }
//! #     fn parse(response: &http::Response<Bytes>) -> Result<(), DecodeError> { decode::empty(response) }
//! # }
//! # #[tokio::main(flavor = "current_thread", start_paused = true)]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!
//! let transport = ScriptedTransport::new([Reply::status(503), Reply::status(204)]);
//! let client = Client::builder("https://service.test").transport(transport.clone()).build()?;
//!
//! assert_eq!(client.call(Ping).send().await?.attempts(), 2);
//! assert_eq!(transport.requests().len(), 2);
//! # Ok(())
//! # }
//! ```

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue, StatusCode};
use serde::Serialize;

use crate::{BoxFuture, Exchange, Transport, TransportError};

/// A [`Transport`] that gives its replies in order, and keeps the requests. Clones are one transport.
#[derive(Clone, Default)]
pub struct ScriptedTransport {
    script: Arc<Mutex<Script>>,
}

#[derive(Default)]
struct Script {
    replies: VecDeque<Reply>,
    afterwards: Option<Reply>,
    requests: Vec<http::Request<Bytes>>,
}

impl ScriptedTransport {
    /// Gives these replies, one for each request. When they are over, requests are refused as unsendable.
    pub fn new(replies: impl IntoIterator<Item = Reply>) -> Self {
        let transport = Self::default();
        transport.script().replies.extend(replies);
        transport
    }

    /// Gives this reply to every request.
    #[must_use]
    pub fn always(reply: Reply) -> Self {
        Self::new([]).afterwards(reply)
    }

    /// Gives this reply to every request after the script is over.
    #[must_use]
    pub fn afterwards(self, reply: Reply) -> Self {
        self.script().afterwards = Some(reply);
        self
    }

    /// Adds replies to the end of the script.
    pub fn push(&self, replies: impl IntoIterator<Item = Reply>) {
        self.script().replies.extend(replies);
    }

    /// The requests so far, in the order in which they were sent.
    #[must_use]
    pub fn requests(&self) -> Vec<http::Request<Bytes>> {
        self.script().requests.clone()
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        // Nothing panics while the lock is held.
        self.script.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Transport for ScriptedTransport {
    fn send(
        &self,
        request: http::Request<Bytes>,
        _exchange: Exchange,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        let reply = {
            let mut script = self.script();
            script.requests.push(request);
            script.replies.pop_front().or_else(|| script.afterwards.clone())
        };
        Box::pin(async move {
            let Some(reply) = reply else {
                return Err(TransportError::unsendable("the script of replies is over"));
            };
            resilience::time::sleep(reply.delay).await;
            match reply.end {
                End::Answer(response) => Ok(response),
                End::NoConnection => Err(TransportError::connect("scripted: connection refused")),
                End::Interrupted => Err(TransportError::interrupted("scripted: connection reset")),
                End::Never => std::future::pending().await,
            }
        })
    }
}

impl fmt::Debug for ScriptedTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let script = self.script();
        f.debug_struct("ScriptedTransport")
            .field("replies_left", &script.replies.len())
            .field("requests", &script.requests.len())
            .finish_non_exhaustive()
    }
}

/// What a [`ScriptedTransport`] does with one request.
#[derive(Clone, Debug)]
pub struct Reply {
    delay: Duration,
    end: End,
}

#[derive(Clone, Debug)]
enum End {
    Answer(http::Response<Bytes>),
    NoConnection,
    Interrupted,
    Never,
}

impl Reply {
    /// An answer without a body.
    ///
    /// # Panics
    ///
    /// When the number is no HTTP status (100 to 999).
    #[must_use]
    pub fn status(status: u16) -> Self {
        let mut response = http::Response::new(Bytes::new());
        *response.status_mut() =
            StatusCode::from_u16(status).unwrap_or_else(|_| panic!("{status} is no HTTP status"));
        Self::ending(End::Answer(response))
    }

    /// An answer with a JSON body.
    ///
    /// # Panics
    ///
    /// As [`status`](Self::status), and when the value can't be written as JSON.
    #[must_use]
    pub fn json(status: u16, body: &(impl Serialize + ?Sized)) -> Self {
        let text = serde_json::to_vec(body).unwrap_or_else(|error| panic!("reply is not JSON: {error}"));
        Self::status(status)
            .with_header(CONTENT_TYPE.as_str(), "application/json")
            .with_body(text)
    }

    /// No connection: nothing was sent.
    #[must_use]
    pub fn no_connection() -> Self {
        Self::ending(End::NoConnection)
    }

    /// The connection breaks before the answer is complete.
    #[must_use]
    pub fn interrupted() -> Self {
        Self::ending(End::Interrupted)
    }

    /// No answer, ever.
    #[must_use]
    pub fn never() -> Self {
        Self::ending(End::Never)
    }

    /// Sets the body of an answer; a failure has none and stays as it is.
    #[must_use]
    pub fn with_body(mut self, body: impl Into<Bytes>) -> Self {
        if let End::Answer(response) = &mut self.end {
            *response.body_mut() = body.into();
        }
        self
    }

    /// Sets a header of an answer; a failure has none and stays as it is.
    ///
    /// # Panics
    ///
    /// When name or value can't stand in a header.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) else {
            panic!("`{name}` with this value is no header");
        };
        if let End::Answer(response) = &mut self.end {
            response.headers_mut().insert(name, value);
        }
        self
    }

    /// Lets the reply take this long.
    #[must_use]
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    fn ending(end: End) -> Self {
        Self {
            delay: Duration::ZERO,
            end,
        }
    }
}
