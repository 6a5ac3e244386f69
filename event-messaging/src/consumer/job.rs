use crate::clock::Instant;
use crate::{Failure, InboxEntry, Received};
use event_contracts::MessageId;
use std::future::Future;
use std::time::Duration;
use tracing::Span;

/// A message that is this consumer's until it is settled, whichever way its transport settles.
pub(super) trait Unsettled: Send {
    type Message: Received;

    /// Where it stands in a log; nothing, for a queue.
    type Place: Clone + Send + Unpin;

    fn message(&self) -> &Self::Message;

    fn place(&self) -> Self::Place;

    /// Says that its effect is done. `false` when that could not be said: it will come again.
    fn settle(self) -> impl Future<Output = bool> + Send;
}

/// A message and how far it has come.
pub(super) struct Job<U, M> {
    pub(super) unsettled: U,
    pub(super) next: Next<M>,
    /// Who it is for the inbox; `None` without an inbox, or when the message cannot be read.
    pub(super) identity: Option<Identity>,
    /// How often the handler was called.
    pub(super) attempts: u32,
    /// When it was first tried; known after the first failure.
    pub(super) first_tried: Option<Instant>,
    /// How often its dead letter was not confirmed.
    pub(super) not_put: u32,
}

#[derive(Debug)]
pub(super) struct Identity {
    pub(super) message_id: MessageId,
    pub(super) key: String,
    /// Whether it was given up before, and is sent again on purpose.
    pub(super) is_redriven: bool,
}

impl Identity {
    pub(super) fn entry<'a>(&'a self, consumer: &'a str) -> InboxEntry<'a> {
        InboxEntry::new(consumer, &self.message_id, &self.key).redriven(self.is_redriven)
    }
}

/// What is to be done with a message next. Each step is taken again when the store failed in it, and none before it.
pub(super) enum Next<M> {
    /// Call the handler; the first time with what was decoded already.
    Handle(Option<Decoded<M>>),
    /// Put it into the park, to be tried again when it is due.
    Park { due: Instant, reason: String },
    /// Put it among the dead letters, unless the inbox knows it.
    Refuse(Failure),
    /// Put it among the dead letters.
    GiveUp(Failure),
    /// It is among the dead letters: enter it into the inbox, so that it does not go there twice.
    Remember,
    /// The handler does not take its type: acknowledge it.
    Skip,
}

impl<M> Next<M> {
    /// Whether the store is the first that is asked, and not perhaps nobody, or somebody who takes his time.
    pub(super) fn begins_at_store(&self) -> bool {
        !matches!(self, Self::GiveUp(_) | Self::Skip)
    }
}

/// A message for the handler, and the span that its handling is in.
pub(super) struct Decoded<M> {
    /// In a box, because it may be large, and is moved from hand to hand.
    pub(super) message: Box<M>,
    pub(super) span: Span,
}

/// How an attempt ended. What is not the rule is boxed, so that the rule is cheap to hand over.
pub(super) enum Step<U: Unsettled, M> {
    /// The message is settled, and the next of its key may start. What became of it was committed to the store, or
    /// nothing had to be.
    Done { place: U::Place, is_committed: bool },
    /// It is to be tried again after a wait.
    Rest(Box<Job<U, M>>, Duration),
    /// The store failed: it is to be tried again when the store is well.
    StoreDown(Box<Job<U, M>>),
}
