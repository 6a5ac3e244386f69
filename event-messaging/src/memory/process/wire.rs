//! Numbers, texts and messages as bytes: big-endian, lengths in front. Reading answers `None` to what is damaged.

use crate::OutboundMessage;
use bytes::Bytes;
use event_contracts::MessageId;
use std::collections::BTreeMap;

/// Bytes that are written.
#[derive(Debug, Default)]
pub(super) struct Put(pub(super) Vec<u8>);

impl Put {
    pub(super) fn u8(&mut self, value: u8) {
        self.0.push(value);
    }

    pub(super) fn u32(&mut self, value: u32) {
        self.0.extend_from_slice(&value.to_be_bytes());
    }

    pub(super) fn u64(&mut self, value: u64) {
        self.0.extend_from_slice(&value.to_be_bytes());
    }

    pub(super) fn size(&mut self, value: usize) {
        self.u64(value as u64);
    }

    pub(super) fn bytes(&mut self, value: &[u8]) {
        self.size(value.len());
        self.0.extend_from_slice(value);
    }

    pub(super) fn text(&mut self, value: &str) {
        self.bytes(value.as_bytes());
    }

    pub(super) fn numbers(&mut self, numbers: &[u32]) {
        self.size(numbers.len());
        numbers.iter().for_each(|number| self.u32(*number));
    }

    pub(super) fn message(&mut self, message: &OutboundMessage) {
        self.text(message.message_id.as_str());
        self.text(&message.exchange);
        self.text(&message.routing_key);
        self.text(&message.key);
        self.u8(u8::from(message.sequence.is_some()));
        self.u64(message.sequence.unwrap_or(0));
        self.size(message.headers.len());
        for (name, value) in &message.headers {
            self.text(name);
            self.text(value);
        }
        self.text(&message.content_type);
        self.bytes(&message.body);
    }
}

/// Bytes that are read.
#[derive(Debug)]
pub(super) struct Take<'a>(pub(super) &'a [u8]);

impl<'a> Take<'a> {
    fn fixed<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (head, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*head)
    }

    pub(super) fn u8(&mut self) -> Option<u8> {
        self.fixed::<1>().map(|[value]| value)
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        self.fixed().map(u32::from_be_bytes)
    }

    pub(super) fn u64(&mut self) -> Option<u64> {
        self.fixed().map(u64::from_be_bytes)
    }

    pub(super) fn size(&mut self) -> Option<usize> {
        usize::try_from(self.u64()?).ok()
    }

    pub(super) fn flag(&mut self) -> Option<bool> {
        self.u8().map(|value| value != 0)
    }

    pub(super) fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = self.size()?;
        let (head, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(head)
    }

    pub(super) fn text(&mut self) -> Option<String> {
        String::from_utf8(self.bytes()?.to_vec()).ok()
    }

    /// As many as the number in front says.
    pub(super) fn list<T>(&mut self, mut one: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let length = self.size()?;
        (0..length).map(|_| one(self)).collect()
    }

    pub(super) fn message(&mut self) -> Option<OutboundMessage> {
        let message_id = MessageId::new(self.text()?).ok()?;
        let (exchange, routing_key, key) = (self.text()?, self.text()?, self.text()?);
        let (has_sequence, sequence) = (self.flag()?, self.u64()?);
        let headers: BTreeMap<String, String> = self
            .list(|take| Some((take.text()?, take.text()?)))?
            .into_iter()
            .collect();
        let content_type = self.text()?;
        let body = Bytes::copy_from_slice(self.bytes()?);
        let mut message = OutboundMessage::new(message_id, exchange, routing_key, key, body);
        message.sequence = has_sequence.then_some(sequence);
        message.headers = headers;
        message.content_type = content_type;
        Some(message)
    }
}
