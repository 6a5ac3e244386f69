//! What is done with one message, from its start until it is settled or has to wait.

use super::job::{Decoded, Identity, Job, Next, Step, Unsettled};
use super::retries::Decision;
use super::worker::{self, Failed, Worker};
use super::{Context, Handler, UnknownTypes};
use crate::clock;
use crate::{
    Admission, DeadLetters, FailureKind, InboxEntry, InboxStore, NewlyParked, ParkedContent, Received,
};
use event_contracts::{EnvelopeReader, FromEnvelope, MessageId, RawEnvelope};
use std::future::Future;
use std::time::Duration;

impl<H, D: DeadLetters, I: InboxStore> Worker<H, D, I> {
    /// Reads what came. `key` becomes the key within which its order is kept, and stays empty when there is none: the
    /// message cannot be read.
    pub(super) fn open<U: Unsettled, M: FromEnvelope>(&self, unsettled: U, key: &mut String) -> Job<U, M> {
        key.clear();
        let mut identity = None;
        let next = match read(unsettled.message().body()) {
            Err(error) => Next::Refuse(self.undecodable(&error)),
            // Not moved out of the answer: both are large.
            Ok((ref raw, decoded)) => {
                // A message without a key has no order to keep, so it gets a lane of its own.
                key.push_str(raw.partition_key().unwrap_or(raw.message_id()));
                if I::REMEMBERS
                    && let Ok(message_id) = MessageId::new(raw.message_id())
                {
                    identity = Some(Identity {
                        message_id,
                        key: key.clone(),
                    });
                }
                self.route(raw, decoded.map(Box::new), unsettled.message())
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

    /// `decoded` is the message, if it was decoded while it was read.
    fn route<R: Received, M: FromEnvelope>(
        &self,
        raw: &RawEnvelope<'_>,
        decoded: Option<Box<M>>,
        message: &R,
    ) -> Next<M> {
        if M::is_accepted(raw) {
            return match decoded.map_or_else(|| M::from_envelope(raw).map(Box::new), Ok) {
                Ok(decoded) => Next::Handle(Some(worker::decoded(decoded, raw, message, 1))),
                Err(error) => Next::Refuse(self.undecodable(&error)),
            };
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

    fn undecodable(&self, error: &event_contracts::Error) -> crate::Failure {
        let reason = worker::with_causes(error);
        self.failure(FailureKind::Undecodable, reason, 0, Duration::ZERO)
    }

    /// Takes a message as far as it gets.
    #[expect(
        clippy::manual_async_fn,
        reason = "the future of an `async fn` has its arguments twice, and this one is moved for every message"
    )]
    pub(super) fn attempt<U: Unsettled, M: FromEnvelope + Send>(
        &self,
        mut job: Job<U, M>,
    ) -> impl Future<Output = Step<U, M>> + Send
    where
        H: Handler<M, I::Transaction>,
    {
        async move {
            loop {
                // What is rare is boxed: it would make every future large.
                let ended = match &mut job.next {
                    Next::Handle(_) => self.handle(&mut job).await,
                    Next::Park { .. } => Box::pin(self.park(&mut job)).await,
                    Next::Refuse(_) => Box::pin(self.refuse(&mut job)).await,
                    Next::GiveUp(failure) => {
                        if Box::pin(self.bury(job.unsettled.message(), failure)).await {
                            job.next = Next::Remember;
                            continue;
                        }
                        job.not_put = job.not_put.saturating_add(1);
                        let delay = self.backoff(job.not_put);
                        return Step::Rest(Box::new(job), delay);
                    }
                    Next::Remember => Box::pin(self.remember(job.identity.as_ref())).await,
                    Next::Skip => {
                        self.counters().unknown(1);
                        Ok(Some(Ended::Settle))
                    }
                };
                match ended {
                    Ok(None) => {}
                    Ok(Some(Ended::Settle)) => return self.settle(job.unsettled).await,
                    Ok(Some(Ended::Rest(delay))) => return Step::Rest(Box::new(job), delay),
                    Err(StoreDown) => return Step::StoreDown(Box::new(job)),
                }
            }
        }
    }

    async fn handle<U: Unsettled, M: FromEnvelope>(
        &self,
        job: &mut Job<U, M>,
    ) -> Result<Option<Ended>, StoreDown>
    where
        H: Handler<M, I::Transaction>,
    {
        let mut transaction = self.begin().await?;
        if let Some(identity) = &job.identity {
            match self
                .admit(&mut transaction, identity.entry(&self.config.name))
                .await?
            {
                Admission::New => {}
                Admission::Duplicate => {
                    self.counters().duplicates(1);
                    return Ok(Some(Ended::Settle));
                }
                Admission::KeyParked => {
                    let content = content(&identity.message_id, job.unsettled.message());
                    let behind = NewlyParked::behind(&self.config.name, &identity.key, &content);
                    Box::pin(self.write_park(transaction, behind)).await?;
                    return Ok(Some(Ended::Settle));
                }
            }
        }
        let attempt = job.attempts.saturating_add(1);
        let decoded = match &mut job.next {
            Next::Handle(decoded) => decoded.take(),
            _ => None,
        };
        let decoded = match decoded.map_or_else(|| again(job.unsettled.message(), attempt), Ok) {
            Ok(decoded) => decoded,
            Err(error) => {
                job.next = Next::GiveUp(self.undecodable(&error));
                return Ok(None);
            }
        };
        let context = Context::new(job.unsettled.message(), attempt, self.config.handler_deadline);
        match self.call(decoded, &mut transaction, &context).await {
            Ok(()) => {
                self.commit(transaction).await?;
                self.counters().handled(1);
                Ok(Some(Ended::Settle))
            }
            Err(failed) => {
                drop(transaction);
                job.attempts = attempt;
                Ok(self.failed(job, failed))
            }
        }
    }

    /// What becomes of a message whose attempt failed.
    fn failed<U: Unsettled, M>(&self, job: &mut Job<U, M>, failed: Failed) -> Option<Ended> {
        let first_tried = *job.first_tried.get_or_insert(failed.began);
        let decision = self.decide(job.attempts, &failed);
        tracing::warn!(
            consumer = self.config.name,
            key = job.identity.as_ref().map(|identity| &*identity.key),
            routing_key = job.unsettled.message().routing_key(),
            attempts = job.attempts,
            ?decision,
            reason = failed.reason,
            "handler failed"
        );
        match decision {
            Decision::Hold(delay) => {
                job.next = Next::Handle(None);
                return Some(Ended::Rest(delay));
            }
            Decision::Park(delay) if job.identity.is_some() => {
                let reason = failed.reason;
                job.next = Next::Park { delay, reason };
            }
            // Nothing can be parked that has no identity, and whatever has a handler has one with an inbox.
            Decision::Park(delay) => return Some(Ended::Rest(delay)),
            Decision::GiveUp(kind) => {
                let tried_for = clock::now().saturating_duration_since(first_tried);
                let failure = self.failure(kind, failed.reason, job.attempts, tried_for);
                job.next = Next::GiveUp(failure);
            }
        }
        None
    }

    /// Parks a message that failed, and thereby its key.
    async fn park<U: Unsettled, M>(&self, job: &mut Job<U, M>) -> Result<Option<Ended>, StoreDown> {
        let (Some(identity), Next::Park { delay, reason }) = (&job.identity, &job.next) else {
            return Ok(Some(Ended::Rest(Duration::ZERO)));
        };
        let tried_for = job.first_tried.map_or(Duration::ZERO, |first| {
            clock::now().saturating_duration_since(first)
        });
        let content = content(&identity.message_id, job.unsettled.message());
        let parked = NewlyParked::behind(&self.config.name, &identity.key, &content).failed(
            job.attempts,
            tried_for,
            *delay,
            reason,
        );
        let transaction = self.begin().await?;
        self.write_park(transaction, parked).await?;
        Ok(Some(Ended::Settle))
    }

    async fn write_park(
        &self,
        mut transaction: I::Transaction,
        message: NewlyParked<'_>,
    ) -> Result<(), StoreDown> {
        let written = self.inbox.park(&mut transaction, message).await;
        self.checked("park", written)?;
        self.commit(transaction).await?;
        self.counters().parked(1);
        tracing::info!(
            consumer = self.config.name,
            key = message.key,
            message_id = message.content.message_id.as_str(),
            attempts = message.attempts,
            delay = ?message.delay,
            "message parked"
        );
        Ok(())
    }

    /// Gives up a message that was never handed to the handler, unless that was done before.
    async fn refuse<U: Unsettled, M>(&self, job: &mut Job<U, M>) -> Result<Option<Ended>, StoreDown> {
        if let Some(identity) = &job.identity {
            let mut transaction = self.begin().await?;
            let entry = identity.entry(&self.config.name).unparked();
            if self.admit(&mut transaction, entry).await? == Admission::Duplicate {
                self.counters().duplicates(1);
                return Ok(Some(Ended::Settle));
            }
        }
        job.next = match std::mem::replace(&mut job.next, Next::Skip) {
            Next::Refuse(failure) => Next::GiveUp(failure),
            other => other,
        };
        Ok(None)
    }

    /// Enters a dead letter into the inbox.
    async fn remember(&self, identity: Option<&Identity>) -> Result<Option<Ended>, StoreDown> {
        if let Some(identity) = identity {
            let mut transaction = self.begin().await?;
            // Its key may be parked, which is no obstacle to forgetting it.
            let entry = identity.entry(&self.config.name).unparked();
            self.admit(&mut transaction, entry).await?;
            self.commit(transaction).await?;
        }
        // Not before: until here it may be given back, which is counted as well.
        self.counters().dead_lettered(1);
        Ok(Some(Ended::Settle))
    }

    async fn settle<U: Unsettled, M>(&self, unsettled: U) -> Step<U, M> {
        let place = unsettled.place();
        if !unsettled.settle().await {
            self.counters().settle_failures(1);
        }
        Step::Done(place)
    }

    pub(super) async fn begin(&self) -> Result<I::Transaction, StoreDown> {
        let begun = self.inbox.begin().await;
        let transaction = self.checked("begin", begun)?;
        if I::REMEMBERS {
            self.store.answered();
        }
        Ok(transaction)
    }

    pub(super) async fn admit(
        &self,
        transaction: &mut I::Transaction,
        entry: InboxEntry<'_>,
    ) -> Result<Admission, StoreDown> {
        let admission = self.inbox.admit(transaction, entry).await;
        self.checked("admit", admission)
    }

    pub(super) async fn commit(&self, transaction: I::Transaction) -> Result<(), StoreDown> {
        let committed = self.inbox.commit(transaction).await;
        self.checked("commit", committed)
    }

    pub(super) fn checked<T>(
        &self,
        operation: &'static str,
        answer: Result<T, I::Error>,
    ) -> Result<T, StoreDown> {
        answer.map_err(|error| {
            self.store_failed(operation, &error);
            StoreDown
        })
    }
}

/// The store failed, and that was counted and said.
pub(super) struct StoreDown;

/// How a step ended that ends an attempt.
enum Ended {
    Settle,
    Rest(Duration),
}

impl Identity {
    fn entry<'a>(&'a self, consumer: &'a str) -> InboxEntry<'a> {
        InboxEntry::new(consumer, &self.message_id, &self.key)
    }
}

/// Reads a message, and decodes it on the way where that is possible.
fn read<M: FromEnvelope>(body: &[u8]) -> Result<(RawEnvelope<'_>, Option<M>), event_contracts::Error> {
    M::read(EnvelopeReader::open(body)?)
}

/// Decodes a message again, for another attempt: the handler has consumed the first one.
pub(super) fn again<R: Received, M: FromEnvelope>(
    message: &R,
    attempt: u32,
) -> Result<Decoded<M>, event_contracts::Error> {
    let raw = RawEnvelope::parse(message.body())?;
    let decoded = Box::new(M::from_envelope(&raw)?);
    Ok(worker::decoded(decoded, &raw, message, attempt))
}

/// All of a message that must survive its stay in the park.
fn content<R: Received>(message_id: &MessageId, message: &R) -> ParkedContent {
    let mut content = ParkedContent::new(
        message_id.clone(),
        message.exchange(),
        message.routing_key(),
        message.body(),
    );
    content.content_type = message.content_type().map(str::to_owned);
    let headers = message.headers();
    content.headers = headers
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    content
}
