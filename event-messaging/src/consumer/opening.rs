//! What is read of a message before anything is done with it.

use super::UnknownTypes;
use super::job::{Identity, Job, Next, Unsettled};
use super::worker::{self, Worker};
use crate::{DeadLetters, FailureKind, InboxStore, REDRIVEN_AT, Received};
use event_contracts::{EnvelopeReader, FromEnvelope, MessageId, RawEnvelope};
use std::time::Duration;

impl<H, D: DeadLetters, I: InboxStore> Worker<H, D, I> {
    /// Reads what came. `key` becomes the key within which its order is kept, and stays empty when there is none: the
    /// message cannot be read.
    pub(super) fn open<U: Unsettled, M: FromEnvelope>(&self, unsettled: U, key: &mut String) -> Job<U, M> {
        key.clear();
        let mut identity = None;
        let message = unsettled.message();
        // All in one, because what is read is large, and would be moved out.
        let read = worker::read(|| match M::read(EnvelopeReader::open(message.body())?) {
            Ok((ref raw, decoded)) => {
                identity = identify::<_, I>(raw, message, key);
                self.route(raw, decoded.map(Box::new), message)
            }
            Err(error) => Err(error),
        });
        let next = read.unwrap_or_else(|reason| {
            // It may be the payload alone that could not be read.
            if key.is_empty()
                && let Ok(raw) = RawEnvelope::parse(message.body())
            {
                identity = identify::<_, I>(&raw, message, key);
            }
            Next::Refuse(self.undecodable(reason))
        });
        Job {
            unsettled,
            next,
            identity,
            attempts: 0,
            first_tried: None,
            not_put: 0,
        }
    }

    /// `decoded` is the message, if it was decoded while it was read.
    fn route<R: Received, M: FromEnvelope>(
        &self,
        raw: &RawEnvelope<'_>,
        decoded: Option<Box<M>>,
        message: &R,
    ) -> Result<Next<M>, event_contracts::Error> {
        if M::is_accepted(raw) {
            let decoded = decoded.map_or_else(|| M::from_envelope(raw).map(Box::new), Ok)?;
            return Ok(Next::Handle(Some(worker::decoded(decoded, raw, message, 1))));
        }
        Ok(match self.config.unknown_types {
            UnknownTypes::Acknowledge => Next::Skip,
            UnknownTypes::DeadLetter => {
                let reason = format!(
                    "the handler does not take {} in version {}",
                    raw.message_type_as_written(),
                    raw.version()
                );
                Next::Refuse(self.failure(FailureKind::UnknownType, reason, 0, Duration::ZERO))
            }
        })
    }

    pub(super) fn undecodable(&self, reason: String) -> crate::Failure {
        self.failure(FailureKind::Undecodable, reason, 0, Duration::ZERO)
    }
}

/// Who a message is for the inbox, if there is one. Its key is written into `key`.
fn identify<R: Received, I: InboxStore>(
    raw: &RawEnvelope<'_>,
    message: &R,
    key: &mut String,
) -> Option<Identity> {
    // A message without a key has no order to keep, so it gets a lane of its own.
    key.push_str(raw.partition_key().unwrap_or(raw.message_id()));
    if !I::REMEMBERS {
        return None;
    }
    let message_id = MessageId::new(raw.message_id()).ok()?;
    Some(Identity {
        message_id,
        key: key.clone(),
        is_redriven: is_redriven(message),
    })
}

/// Whether a message that was given up is sent again on purpose.
pub(super) fn is_redriven<R: Received>(message: &R) -> bool {
    message.header(REDRIVEN_AT).is_some()
}
