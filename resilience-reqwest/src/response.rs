//! Responses whose bodies are read in part, or by a deadline.

use std::error::Error as StdError;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http_body::{Body as HttpBody, Frame, SizeHint};
use reqwest::{Body, Response, ResponseBuilderExt as _};
use resilience::{Deadline, time};

/// So much of a failed response is read for the sake of its connection; one with more to say costs the connection.
const READ: usize = 64 * 1024;

/// So long a failed response is read: a new connection takes no longer.
const READ_FOR: Duration = Duration::from_millis(100);

/// The same response, of which the body has been read up to a limit; dropping what comes back frees the connection.
///
/// Cancel safe: the response is dropped with the future.
pub(crate) async fn drain(mut response: Response) -> Response {
    let mut read = BytesMut::new();
    let by = time::now() + READ_FOR;
    let end = loop {
        match time::timeout_at(by, response.chunk()).await {
            Ok(Ok(Some(piece))) => read.extend_from_slice(&piece),
            Ok(Ok(None)) => break Some(Ok(())),
            Ok(Err(cause)) => break Some(Err(cause)),
            Err(_elapsed) => break None,
        }
        if read.len() >= READ {
            break None;
        }
    };
    let read = read.freeze();
    with_body(response, |unread| match end {
        Some(Ok(())) => read.into(),
        Some(Err(cause)) => Body::wrap(Begun {
            read,
            rest: Err(Some(cause)),
        }),
        None => Body::wrap(Begun {
            read,
            rest: Ok(unread),
        }),
    })
}

/// The same response, of which the body must be read by `deadline`.
pub(crate) fn read_by(deadline: Deadline, response: Response) -> Response {
    with_body(response, |body| {
        Body::wrap(Limited {
            body,
            end: Box::pin(time::sleep_until(deadline.instant())),
        })
    })
}

/// The same head over what `body` makes of the unread rest.
fn with_body(response: Response, body: impl FnOnce(Body) -> Body) -> Response {
    let url = http::Response::builder()
        .url(response.url().clone())
        .body(())
        .expect("a response without headers is well formed");
    let (mut head, unread) = http::Response::from(response).into_parts();
    head.extensions.extend(url.into_parts().0.extensions);
    http::Response::from_parts(head, body(unread)).into()
}

/// A body of which the beginning has been read already.
struct Begun {
    read: Bytes,
    rest: Result<Body, Option<reqwest::Error>>,
}

impl HttpBody for Begun {
    type Data = Bytes;
    type Error = reqwest::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, reqwest::Error>>> {
        if !self.read.is_empty() {
            let read = std::mem::take(&mut self.read);
            return Poll::Ready(Some(Ok(Frame::data(read))));
        }
        match &mut self.rest {
            Ok(rest) => Pin::new(rest).poll_frame(cx),
            Err(cause) => Poll::Ready(cause.take().map(Err)),
        }
    }
}

/// A body that is read in time or not at all.
struct Limited {
    body: Body,
    end: Pin<Box<dyn Future<Output = ()> + Send + Sync>>,
}

impl HttpBody for Limited {
    type Data = Bytes;
    type Error = Box<dyn StdError + Send + Sync>;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(cx) {
            return Poll::Ready(frame.map(|frame| frame.map_err(Into::into)));
        }
        // By this kind `reqwest::Error::is_timeout` knows it.
        let late = || {
            io::Error::new(
                io::ErrorKind::TimedOut,
                "the deadline passed while the body was read",
            )
        };
        self.end.as_mut().poll(cx).map(|()| Some(Err(late().into())))
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }
}
