use super::link::Link;
use super::reply::Push;
use super::request::Request;
use crate::memory::TransportError;
use crate::memory::error::Kind;
use crate::{Delivery, OutboundMessage, Received, Source};
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::mpsc;

/// A consumer of a queue of a [`Server`](super::Server). When the connection is lost it waits for the server and
/// subscribes anew; a queue that is not there then is an error.
///
/// Dropping it ends the subscription, and not its deliveries.
pub struct RemoteConsumer {
    socket: Arc<PathBuf>,
    queue: String,
    prefetch: usize,
    subscription: Option<Subscription>,
}

struct Subscription {
    link: Arc<Link>,
    pushed: mpsc::UnboundedReceiver<Push>,
}

impl RemoteConsumer {
    pub(super) fn new(socket: Arc<PathBuf>, queue: &str, prefetch: usize) -> Self {
        Self {
            socket,
            queue: queue.to_owned(),
            prefetch: prefetch.max(1),
            subscription: None,
        }
    }

    async fn subscribed(&mut self) -> &mut Subscription {
        let subscription = match self.subscription.take() {
            Some(subscription) => subscription,
            None => {
                let (link, pushed) = Link::await_open(&self.socket).await;
                let consume = Request::Consume {
                    queue: self.queue.clone(),
                    prefetch: self.prefetch,
                };
                // A link that is lost already shows in what it pushes: nothing more.
                let _ = link.send(&consume);
                Subscription { link, pushed }
            }
        };
        self.subscription.insert(subscription)
    }
}

impl Source for RemoteConsumer {
    type Delivery = RemoteDelivery;

    type Error = TransportError;

    async fn recv(&mut self) -> Result<Option<RemoteDelivery>, TransportError> {
        loop {
            let subscription = self.subscribed().await;
            match subscription.pushed.recv().await {
                Some(Push::Delivery {
                    tag,
                    deliveries,
                    message,
                }) => {
                    return Ok(Some(RemoteDelivery {
                        link: Arc::clone(&subscription.link),
                        tag: Some(tag),
                        deliveries,
                        message,
                    }));
                }
                Some(Push::Gone) => {
                    self.subscription = None;
                    return Err(TransportError::new(Kind::Deleted(self.queue.clone())));
                }
                Some(_) => {}
                None => self.subscription = None,
            }
        }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        // What has come and was not given out yet goes back, and no more comes.
        let _ = self.link.send(&Request::Cancel);
        self.pushed.close();
        while let Ok(push) = self.pushed.try_recv() {
            if let Push::Delivery { tag, .. } = push {
                let _ = self.link.send(&Request::GiveBack(tag));
            }
        }
    }
}

/// A message of a queue of a [`Server`](super::Server); dropped, or when the connection is lost, it goes back to its
/// old place.
///
/// An acknowledgement is sent and not answered, as with AMQP: when the connection is lost before it arrives, the
/// message comes again.
#[must_use = "dropping a delivery gives it back to its queue"]
pub struct RemoteDelivery {
    link: Arc<Link>,
    /// Taken when it is settled.
    tag: Option<u64>,
    deliveries: u32,
    message: OutboundMessage,
}

impl RemoteDelivery {
    /// The message as it was published.
    #[must_use]
    pub fn message(&self) -> &OutboundMessage {
        &self.message
    }

    /// How often it was delivered before and came back.
    #[must_use]
    pub fn deliveries(&self) -> u32 {
        self.deliveries
    }
}

impl Received for RemoteDelivery {
    fn exchange(&self) -> &str {
        &self.message.exchange
    }

    fn routing_key(&self) -> &str {
        &self.message.routing_key
    }

    fn content_type(&self) -> Option<&str> {
        Some(&self.message.content_type)
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.message.headers.get(name).map(String::as_str)
    }

    fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        let headers = self.message.headers.iter();
        headers.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    fn body(&self) -> &[u8] {
        &self.message.body
    }

    fn is_redelivered(&self) -> bool {
        self.deliveries > 0
    }
}

impl Delivery for RemoteDelivery {
    type Error = TransportError;

    async fn ack(mut self) -> Result<(), TransportError> {
        match self.tag.take() {
            Some(tag) => self.link.send(&Request::Ack(tag)),
            None => Ok(()),
        }
    }
}

impl Drop for RemoteDelivery {
    fn drop(&mut self) {
        if let Some(tag) = self.tag.take() {
            // On a link that is lost, it has gone back already.
            let _ = self.link.send(&Request::GiveBack(tag));
        }
    }
}

impl fmt::Debug for RemoteConsumer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RemoteConsumer")
            .field("queue", &self.queue)
            .field("prefetch", &self.prefetch)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for RemoteDelivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RemoteDelivery")
            .field("message_id", &self.message.message_id)
            .field("deliveries", &self.deliveries)
            .finish_non_exhaustive()
    }
}
