//! Another attempt of a message that was parked.

use super::attempt::again;
use super::opening::is_redriven;
use super::retries::Decision;
use super::store::StoreDown;
use super::worker::Worker;
use super::{Context, Handler};
use crate::{
    Admission, DeadLetters, Failure, FailureKind, InboxEntry, InboxStore, Parked, ParkedContent, Received,
};
use event_contracts::FromEnvelope;
use std::sync::atomic::Ordering;
use std::time::Duration;

impl<H, D: DeadLetters, I: InboxStore> Worker<H, D, I> {
    /// Tries the first message of a key that this process has leased. Whatever fails in the store leaves it parked,
    /// to be taken again when the lease has run out.
    pub(super) async fn try_parked<M: FromEnvelope + Send>(&self, parked: &Parked) -> Result<(), StoreDown>
    where
        H: Handler<M, I::Transaction>,
    {
        let Some((mut transaction, admission)) = self.take_out(parked, self.entry(parked)).await? else {
            return Ok(());
        };
        if admission == Admission::Duplicate {
            self.commit_unparked(transaction).await?;
            self.counters().duplicates(1);
            return Ok(());
        }
        let attempt = parked.attempts.saturating_add(1);
        let decoded = match again::<_, M>(&parked.content, attempt) {
            Ok(decoded) => decoded,
            Err(reason) => {
                drop(transaction);
                let failure = self.failure(
                    FailureKind::Undecodable,
                    reason,
                    parked.attempts,
                    parked.tried_for,
                );
                return self.bury_parked(parked, &failure).await;
            }
        };
        let context = Context::new(&parked.content, attempt, self.config.handler_deadline);
        let Err(failed) = self.call(decoded, &mut transaction, &context).await else {
            self.commit_unparked(transaction).await?;
            self.counters().handled(1);
            return Ok(());
        };
        drop(transaction);
        let decision = self.decide(attempt, &failed);
        tracing::warn!(
            consumer = self.config.name,
            key = parked.key,
            message_id = parked.content.message_id.as_str(),
            attempts = attempt,
            ?decision,
            reason = failed.reason,
            "handler failed"
        );
        match decision {
            Decision::Hold(delay) | Decision::Park(delay) => {
                self.postpone(parked, attempt, delay, &failed.reason).await
            }
            Decision::GiveUp(kind) => {
                let tried_for = parked.tried_for + failed.began.elapsed();
                let failure = self.failure(kind, failed.reason, attempt, tried_for);
                self.bury_parked(parked, &failure).await
            }
        }
    }

    fn entry<'a>(&'a self, parked: &'a Parked) -> InboxEntry<'a> {
        InboxEntry::new(&self.config.name, &parked.content.message_id, &parked.key)
            .unparked()
            .redriven(is_redriven(&parked.content))
    }

    /// Opens a transaction in which the message has left the park and is in the inbox; `None` when the lease is
    /// somebody else's by now.
    async fn take_out(
        &self,
        parked: &Parked,
        entry: InboxEntry<'_>,
    ) -> Result<Option<(I::Transaction, Admission)>, StoreDown> {
        let mut transaction = self.begin().await?;
        let unparked = self.inbox.unpark(&mut transaction, parked.lease);
        if !self.checked("unpark", unparked).await? {
            tracing::warn!(
                consumer = self.config.name,
                key = parked.key,
                "the lease of a parked key ran out, or its message was redriven, while it was tried"
            );
            return Ok(None);
        }
        let admission = self.admit(&mut transaction, entry).await?;
        Ok(Some((transaction, admission)))
    }

    /// Puts the message among the dead letters, and takes it out of the park when it is safe there: the next one of
    /// its key flows.
    async fn bury_parked(&self, parked: &Parked, failure: &Failure) -> Result<(), StoreDown> {
        if !self.bury(&parked.content, failure).await {
            // Its attempt does not count: nothing more is known of it than before.
            let delay = self.backoff(self.parked_not_put.fetch_add(1, Ordering::Relaxed) + 1);
            return self
                .postpone(parked, parked.attempts, delay, &failure.reason)
                .await;
        }
        self.parked_not_put.store(0, Ordering::Relaxed);
        let entry = self.entry(parked).given_up();
        if let Some((transaction, _)) = self.take_out(parked, entry).await? {
            self.commit_unparked(transaction).await?;
            self.counters().dead_lettered(1);
        }
        Ok(())
    }

    async fn commit_unparked(&self, transaction: I::Transaction) -> Result<(), StoreDown> {
        self.commit(transaction).await?;
        self.counters().unparked(1);
        self.park.unparked();
        Ok(())
    }

    async fn postpone(
        &self,
        parked: &Parked,
        attempts: u32,
        delay: Duration,
        reason: &str,
    ) -> Result<(), StoreDown> {
        let postponed = self.inbox.postpone(parked.lease, attempts, delay, reason);
        self.checked("postpone", postponed).await.map(|_| ())
    }
}

impl Received for ParkedContent {
    fn exchange(&self) -> &str {
        &self.exchange
    }

    fn routing_key(&self) -> &str {
        &self.routing_key
    }

    fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    fn body(&self) -> &[u8] {
        &self.body
    }

    fn is_redelivered(&self) -> bool {
        true
    }
}
