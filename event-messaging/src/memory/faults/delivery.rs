use super::line::Unsettled;
use crate::memory::TransportError;
use crate::memory::error::Kind;
use crate::{Delivery, Received};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

/// A delivery on a connection that may be cut: then it goes back at once, though its handler still has it. Its content
/// is a copy.
pub struct FaultyDelivery<D> {
    content: Content,
    /// Empty once it is settled, or went back.
    inner: Arc<Mutex<Option<D>>>,
    is_ack_lost: bool,
}

struct Content {
    exchange: String,
    routing_key: String,
    content_type: Option<String>,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
    is_redelivered: bool,
}

/// The unsettled deliveries of one source.
pub(super) struct Held<D>(Mutex<Vec<Weak<Mutex<Option<D>>>>>);

impl<D> Held<D> {
    pub(super) fn new() -> Self {
        Self(Mutex::default())
    }

    fn add(&self, delivery: &Arc<Mutex<Option<D>>>) {
        let mut held = lock(&self.0);
        held.retain(|other| other.strong_count() > 0);
        held.push(Arc::downgrade(delivery));
    }
}

impl<D: Send> Unsettled for Held<D> {
    fn give_back(&self) {
        let held = std::mem::take(&mut *lock(&self.0));
        for delivery in held.iter().filter_map(Weak::upgrade) {
            let gone = lock(&delivery).take();
            drop(gone);
        }
    }
}

impl<D: Delivery> FaultyDelivery<D> {
    pub(super) fn new(inner: D, held: &Held<D>, is_ack_lost: bool) -> Self {
        let owned = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        let content = Content {
            exchange: inner.exchange().to_owned(),
            routing_key: inner.routing_key().to_owned(),
            content_type: inner.content_type().map(str::to_owned),
            headers: inner.headers().map(owned).collect(),
            body: inner.body().to_vec(),
            is_redelivered: inner.is_redelivered(),
        };
        let inner = Arc::new(Mutex::new(Some(inner)));
        held.add(&inner);
        Self {
            content,
            inner,
            is_ack_lost,
        }
    }

    /// Whether it went back, because the connection was cut.
    pub(super) fn is_gone(&self) -> bool {
        lock(&self.inner).is_none()
    }
}

impl<D: Delivery> Received for FaultyDelivery<D> {
    fn exchange(&self) -> &str {
        &self.content.exchange
    }

    fn routing_key(&self) -> &str {
        &self.content.routing_key
    }

    fn content_type(&self) -> Option<&str> {
        self.content.content_type.as_deref()
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.content.headers.get(name).map(String::as_str)
    }

    fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        let headers = self.content.headers.iter();
        headers.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    fn body(&self) -> &[u8] {
        &self.content.body
    }

    fn is_redelivered(&self) -> bool {
        self.content.is_redelivered
    }
}

impl<D: Delivery> Delivery for FaultyDelivery<D> {
    type Error = TransportError;

    async fn ack(self) -> Result<(), TransportError> {
        let lost = || TransportError::new(Kind::Disconnected);
        let inner = lock(&self.inner).take().ok_or_else(lost)?;
        if self.is_ack_lost {
            // An acknowledgement has no answer: who sent it believes that it arrived.
            return Ok(());
        }
        inner.ack().await.map_err(|_| lost())
    }
}

impl<D> fmt::Debug for FaultyDelivery<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FaultyDelivery")
            .field("routing_key", &self.content.routing_key)
            .finish_non_exhaustive()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
