use crate::{OutboundMessage, Partition, Received, Record};
use std::sync::Arc;

/// A record of a [`Log`](super::Log).
#[derive(Clone, Debug)]
pub struct LogRecord {
    partition: Partition,
    offset: u64,
    message: Arc<OutboundMessage>,
    is_redelivered: bool,
}

impl LogRecord {
    pub(in crate::memory) fn new(
        partition: Partition,
        offset: u64,
        message: Arc<OutboundMessage>,
        is_redelivered: bool,
    ) -> Self {
        Self {
            partition,
            offset,
            message,
            is_redelivered,
        }
    }

    /// The message as it was published.
    #[must_use]
    pub fn message(&self) -> &OutboundMessage {
        &self.message
    }
}

impl Received for LogRecord {
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
        self.is_redelivered
    }
}

impl Record for LogRecord {
    fn partition(&self) -> &Partition {
        &self.partition
    }

    fn offset(&self) -> u64 {
        self.offset
    }
}
