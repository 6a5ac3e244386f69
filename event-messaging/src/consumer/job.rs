use crate::Delivery;
use event_contracts::{Error, FromEnvelope, RawEnvelope};

/// A delivered message and what is to be done with it.
pub(super) struct Job<D, M> {
    /// Order is kept within it; `None` when the message could not even be read.
    pub(super) key: Option<String>,
    pub(super) delivery: D,
    pub(super) task: Task<M>,
}

pub(super) enum Task<M> {
    /// Hand it over; decoded once, for the first try.
    Handle(M),
    /// Acknowledge it: the handler does not take its type.
    Skip,
    /// Put it aside.
    Reject(Error),
}

impl<D: Delivery, M: FromEnvelope> Job<D, M> {
    pub(super) fn new(delivery: D) -> Self {
        let (key, task) = match RawEnvelope::parse(delivery.body()) {
            Err(error) => (None, Task::Reject(error)),
            Ok(raw) => {
                // A message without a key has no order to keep, so it gets a lane of its own.
                let key = raw.partition_key().unwrap_or(raw.message_id()).to_owned();
                let task = if M::is_accepted(&raw) {
                    M::from_envelope(&raw).map_or_else(Task::Reject, Task::Handle)
                } else {
                    Task::Skip
                };
                (Some(key), task)
            }
        };
        Self { key, delivery, task }
    }
}

/// Decodes the body again, for another try: the handler has consumed the first one.
pub(super) fn decode<M: FromEnvelope>(body: &[u8]) -> Result<M, Error> {
    M::from_envelope(&RawEnvelope::parse(body)?)
}
