//! Bodies that break the connection.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use futures_util::Stream;
use http::HeaderValue;
use http::header::CONTENT_LENGTH;

/// An answer that never reaches the client: HTTP/1 writes nothing before the body's first part, and so closes the
/// connection without a byte; HTTP/2 resets the stream. It looks like a success, so that nothing gives it another body.
pub(super) fn reset() -> Response {
    Response::new(Body::from_stream(Breaking {
        part: None,
        flushed: true,
    }))
}

/// The real answer, cut in the middle of its body; `None` when it has no body to cut.
pub(super) async fn truncated(response: Response, limit: usize) -> Option<Response> {
    let (mut head, body) = response.into_parts();
    let whole = axum::body::to_bytes(body, limit)
        .await
        .ok()
        .filter(|whole| !whole.is_empty())?;
    head.headers
        .insert(CONTENT_LENGTH, HeaderValue::from(whole.len()));
    let part = whole.slice(..whole.len() / 2);
    Some(Response::from_parts(
        head,
        Body::from_stream(Breaking {
            part: Some(part),
            flushed: false,
        }),
    ))
}

/// Gives its part, lets the connection write it, and then fails, upon which the connection is closed.
struct Breaking {
    part: Option<Bytes>,
    flushed: bool,
}

/// Why a body ended early; it is never sent.
#[derive(Debug)]
struct Cut;

impl Stream for Breaking {
    type Item = Result<Bytes, Cut>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(part) = self.part.take() {
            return Poll::Ready(Some(Ok(part)));
        }
        if !std::mem::replace(&mut self.flushed, true) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(Some(Err(Cut)))
    }
}

impl std::fmt::Display for Cut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("cut on purpose")
    }
}

impl std::error::Error for Cut {}
