//! What is done with one message, from its start until it is settled or has to wait.

use super::job::{Decoded, Job, Next, Step, Unsettled};
use super::parking::content;
use super::retries::Decision;
use super::store::StoreDown;
use super::worker::{self, Failed, Worker};
use super::{Context, Handler};
use crate::clock;
use crate::{Admission, DeadLetters, InboxStore, NewlyParked, Received};
use event_contracts::{FromEnvelope, RawEnvelope};
use std::future::Future;
use std::pin::pin;
use std::sync::atomic::Ordering;
use std::task::Poll;
use std::time::Duration;

impl<H, D: DeadLetters, I: InboxStore> Worker<H, D, I> {
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
                        Ok(Some(Ended::Leave))
                    }
                };
                match ended {
                    Ok(None) => {}
                    Ok(Some(Ended::Settle)) => return self.settle(job.unsettled, true).await,
                    Ok(Some(Ended::Leave)) => return self.settle(job.unsettled, false).await,
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
                    return Ok(Some(Ended::Leave));
                }
                Admission::KeyParked if !self.has_room_in_park() => {
                    return Ok(Some(Ended::Rest(self.config.park.poll_interval)));
                }
                Admission::KeyParked => {
                    let content = content(&identity.message_id, job.unsettled.message());
                    let behind = NewlyParked::behind(&self.config.name, &identity.key, &content)
                        .redriven(identity.is_redriven);
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
            Err(reason) => {
                job.next = Next::GiveUp(self.undecodable(reason));
                return Ok(None);
            }
        };
        let context = Context::new(job.unsettled.message(), attempt, self.config.handler_deadline);
        match self.call(decoded, &mut transaction, &context).await {
            Ok(()) => {
                if I::REMEMBERS {
                    self.commit(transaction).await?;
                }
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
            Decision::Hold(delay) => return Some(Ended::Rest(delay)),
            Decision::Park(delay) if job.identity.is_some() => {
                let (due, reason) = (clock::now() + delay, failed.reason);
                job.next = Next::Park { due, reason };
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

    async fn settle<U: Unsettled, M>(&self, unsettled: U, is_committed: bool) -> Step<U, M> {
        let place = unsettled.place();
        let mut settled = pin!(unsettled.settle());
        let is_settled = match clock::at_once(settled.as_mut()).await {
            Poll::Ready(is_settled) => is_settled,
            Poll::Pending => {
                self.settling.fetch_add(1, Ordering::Relaxed);
                let is_settled = settled.await;
                self.settling.fetch_sub(1, Ordering::Relaxed);
                is_settled
            }
        };
        if !is_settled {
            self.counters().settle_failures(1);
        }
        Step::Done { place, is_committed }
    }
}

/// How a step ended that ends an attempt.
pub(super) enum Ended {
    /// What became of the message is committed.
    Settle,
    /// Nothing had to be.
    Leave,
    Rest(Duration),
}

/// Decodes a message again, for another attempt: the handler has consumed the first one.
pub(super) fn again<R: Received, M: FromEnvelope>(message: &R, attempt: u32) -> Result<Decoded<M>, String> {
    worker::read(|| {
        let raw = RawEnvelope::parse(message.body())?;
        let decoded = Box::new(M::from_envelope(&raw)?);
        Ok(worker::decoded(decoded, &raw, message, attempt))
    })
}
