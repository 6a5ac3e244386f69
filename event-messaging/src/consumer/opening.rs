//! What is read of a message before anything is done with it.

use super::UnknownTypes;
use super::job::{Identity, Job, Next, Unsettled};
use super::worker::{self, Worker};
use crate::{DeadLetters, FailureKind, InboxStore, REDRIVEN_AT, Received, reason};
use event_contracts::{FromEnvelope, MessageId, RawEnvelope};
use std::time::Duration;

impl<H, D: DeadLetters, I: InboxStore> Worker<H, D, I> {
    /// Reads what came. `key` becomes the key within which its order is kept, and stays empty when there is none: the
    /// message cannot be read.
    pub(super) fn open<U: Unsettled, M: FromEnvelope>(&self, unsettled: U, key: &mut String) -> Job<U, M> {
        key.clear();
        let mut identity = None;
        let next = match RawEnvelope::parse(unsettled.message().body()) {
            Err(error) => Next::Refuse(self.undecodable(reason::with_causes(&error))),
            Ok(raw) => {
                // A message without a key has no order to keep, so it gets a lane of its own.
                key.push_str(raw.partition_key().unwrap_or(raw.message_id()));
                if I::REMEMBERS
                    && let Ok(message_id) = MessageId::new(raw.message_id())
                {
                    identity = Some(Identity {
                        message_id,
                        key: key.clone(),
                        is_redriven: is_redriven(unsettled.message()),
                    });
                }
                self.route(&raw, unsettled.message())
            }
        };
        Job {
            unsettled,
            next,
            identity,
            attempts: 0,
            first_tried: None,
            not_put: 0,
        }
    }

    fn route<R: Received, M: FromEnvelope>(&self, raw: &RawEnvelope<'_>, message: &R) -> Next<M> {
        let decode = || worker::decode(raw, message, 1);
        match worker::read(|| M::is_accepted(raw).then(decode).transpose()) {
            Ok(Some(decoded)) => return Next::Handle(Some(decoded)),
            Ok(None) => {}
            Err(reason) => return Next::Refuse(self.undecodable(reason)),
        }
        match self.config.unknown_types {
            UnknownTypes::Acknowledge => Next::Skip,
            UnknownTypes::DeadLetter => {
                let reason = format!(
                    "the handler does not take {} in version {}",
                    raw.message_type_as_written(),
                    raw.version()
                );
                Next::Refuse(self.failure(FailureKind::UnknownType, reason, 0, Duration::ZERO))
            }
        }
    }

    pub(super) fn undecodable(&self, reason: String) -> crate::Failure {
        self.failure(FailureKind::Undecodable, reason, 0, Duration::ZERO)
    }
}

/// Whether a message that was given up is sent again on purpose.
pub(super) fn is_redriven<R: Received>(message: &R) -> bool {
    message.header(REDRIVEN_AT).is_some()
}
