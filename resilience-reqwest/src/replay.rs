use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};
use reqwest::Body;

/// So much of a streaming body is kept for another attempt.
const KEPT: usize = 64 * 1024;

/// A streaming body of which the beginning is kept as it is sent.
///
/// Each attempt takes a body from [`next`](Self::next), which first repeats what is kept and then goes on with the
/// stream. Only the body taken last may do so: an earlier one, which a connection may still hold, ends with an error.
pub(crate) struct Replay(Arc<Mutex<Source>>);

struct Source {
    stream: Body,
    /// As the stream told it before anything was read.
    size: SizeHint,
    kept: Vec<Bytes>,
    kept_bytes: usize,
    /// More was read than is kept.
    is_torn: bool,
    is_ended: bool,
    /// How many bodies were taken.
    taken: u64,
}

impl Replay {
    pub(crate) fn new(stream: Body) -> Self {
        Self(Arc::new(Mutex::new(Source {
            size: stream.size_hint(),
            stream,
            kept: Vec::new(),
            kept_bytes: 0,
            is_torn: false,
            is_ended: false,
            taken: 0,
        })))
    }

    /// The body of the next attempt, from its beginning.
    pub(crate) fn next(&self) -> Body {
        let mut source = lock(&self.0);
        source.taken += 1;
        Body::wrap(ReplayBody {
            source: Arc::clone(&self.0),
            number: source.taken,
            is_lost: source.is_torn,
            repeated: 0,
            size: source.size,
        })
    }

    /// Whether all that was sent can be sent once more.
    pub(crate) fn is_whole(&self) -> bool {
        !lock(&self.0).is_torn
    }
}

/// One attempt's body.
struct ReplayBody {
    source: Arc<Mutex<Source>>,
    number: u64,
    /// The beginning was gone when this body was taken.
    is_lost: bool,
    /// How many of the kept pieces this attempt has sent.
    repeated: usize,
    size: SizeHint,
}

impl HttpBody for ReplayBody {
    type Data = Bytes;
    type Error = Box<dyn StdError + Send + Sync>;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let this = &mut *self;
        let mut source = lock(&this.source);
        if this.is_lost || source.taken != this.number {
            return Poll::Ready(Some(Err(NotWhole.into())));
        }
        if let Some(piece) = source.kept.get(this.repeated) {
            this.repeated += 1;
            return Poll::Ready(Some(Ok(Frame::data(piece.clone()))));
        }
        if source.is_ended {
            return Poll::Ready(None);
        }
        // Under the lock, though the stream is the caller's code: taken out, it would be missing for the next attempt in the
        // moment in which the connection of this one still reads it. It can't reach this lock.
        let frame = match ready!(Pin::new(&mut source.stream).poll_frame(cx)) {
            Some(Ok(frame)) => frame,
            Some(Err(cause)) => {
                source.is_torn = true;
                return Poll::Ready(Some(Err(cause.into())));
            }
            None => {
                source.is_ended = true;
                return Poll::Ready(None);
            }
        };
        source.keep(&frame);
        this.repeated = source.kept.len();
        Poll::Ready(Some(Ok(frame)))
    }

    fn size_hint(&self) -> SizeHint {
        self.size
    }
}

impl Source {
    fn keep(&mut self, frame: &Frame<Bytes>) {
        match frame.data_ref() {
            Some(data) if !self.is_torn && self.kept_bytes + data.len() <= KEPT => {
                self.kept_bytes += data.len();
                self.kept.push(data.clone());
            }
            // Trailers can't be said twice either: they may depend on a stream that has ended.
            _ => {
                self.is_torn = true;
                self.kept = Vec::new();
            }
        }
    }
}

/// A stream that panicked while it was read is torn or about to fail again; either way the state is sound.
fn lock(source: &Mutex<Source>) -> MutexGuard<'_, Source> {
    source.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A later attempt has taken the stream over, or its beginning is no longer there.
#[derive(Debug)]
struct NotWhole;

impl fmt::Display for NotWhole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the body can't be sent from its beginning any more")
    }
}

impl StdError for NotWhole {}
