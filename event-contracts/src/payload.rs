use crate::error::{Kind, Position};
use crate::{Error, Event, Version};
use product_types::Timestamp;
use serde::Deserialize;
use serde::de::Error as _;
use std::fmt;

/// A payload that has not been decoded, and what the envelope says about it.
///
/// [`Event::read_payload`] is given one when the payload is not in the event's own form.
#[derive(Clone, Copy, Debug)]
pub struct Payload<'a> {
    /// The whole message, for positions.
    message: &'a [u8],
    json: &'a str,
    written_type: &'a str,
    version: Version,
    timestamp: Timestamp,
    /// The event that is being read, for the error.
    event: &'static str,
}

impl<'a> Payload<'a> {
    /// `json` is a part of `message`.
    pub(crate) fn new(
        message: &'a [u8],
        json: &'a str,
        written_type: &'a str,
        version: Version,
        timestamp: Timestamp,
        event: &'static str,
    ) -> Self {
        Self {
            message,
            json,
            written_type,
            version,
            timestamp,
            event,
        }
    }

    /// The payload as it came, as JSON text.
    #[must_use]
    pub fn json(&self) -> &'a str {
        self.json
    }

    /// The name of the event's type as the message bears it, without suffixes.
    #[must_use]
    pub fn written_type(&self) -> &'a str {
        self.written_type
    }

    /// The version of the payload's schema, as the writer stated it.
    #[must_use]
    pub fn version(&self) -> Version {
        self.version
    }

    /// When it happened at the source, as the envelope says.
    #[must_use]
    pub fn timestamp(&self) -> Timestamp {
        self.timestamp
    }

    /// The error for a payload that decodes and still is no such event, for an event's own
    /// [`read_payload`](Event::read_payload). Its position is where the payload begins; `reason` is its `source()`.
    #[must_use]
    pub fn invalid(&self, reason: impl fmt::Display) -> Error {
        let start = Position::of(self.message, self.offset());
        Error::json(
            Kind::Payload(self.event),
            Some(start),
            serde_json::Error::custom(reason),
        )
    }

    /// Decodes the payload as a `T`, which may borrow from the message.
    ///
    /// # Errors
    ///
    /// When it does not fit; the position counts from the start of the whole message.
    pub fn decode<T: Deserialize<'a>>(self) -> Result<T, Error> {
        serde_json::from_str(self.json).map_err(|cause| {
            let position = self.position_of(&cause);
            Error::json(Kind::Payload(self.event), Some(position), cause)
        })
    }

    /// Reads the payload as the event that came before: in its own form when the majors are the same, else through
    /// the one before that, and so on. The caller converts it one step, from version n to n + 1.
    ///
    /// # Errors
    ///
    /// When `Old` does not read this major version, or the payload does not fit.
    pub fn upcast<Old: Event>(mut self) -> Result<Old, Error> {
        self.event = Old::TYPE;
        if !Old::VERSION.is_read_from(Old::OLDEST_MAJOR, self.version) {
            return Err(Error::new(Kind::OtherMajor(Old::TYPE)));
        }
        if self.version.major == Old::VERSION.major {
            self.decode()
        } else {
            Old::read_payload(self)
        }
    }

    /// Where in the whole message the payload begins.
    fn offset(&self) -> usize {
        let (payload, message) = (self.json.as_ptr().addr(), self.message.as_ptr().addr());
        payload.saturating_sub(message)
    }

    /// Where in the whole message a trouble in the payload is.
    fn position_of(&self, in_payload: &serde_json::Error) -> Position {
        let start = Position::of(self.message, self.offset());
        let shift = if in_payload.line() <= 1 {
            start.column - 1
        } else {
            0
        };
        Position {
            line: start.line - 1 + in_payload.line(),
            column: shift + in_payload.column(),
        }
    }
}
