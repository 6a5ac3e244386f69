//! How a message gets into the park.

use super::attempt::Ended;
use super::job::{Job, Next, Unsettled};
use super::store::StoreDown;
use super::worker::Worker;
use crate::clock;
use crate::{DeadLetters, InboxStore, NewlyParked, ParkedContent, Received};
use event_contracts::MessageId;
use std::time::Duration;

impl<H, D: DeadLetters, I: InboxStore> Worker<H, D, I> {
    /// Parks a message that failed, and thereby its key. While the park is full, the message is held instead, and tried
    /// again when it is due.
    pub(super) async fn park<U: Unsettled, M>(
        &self,
        job: &mut Job<U, M>,
    ) -> Result<Option<Ended>, StoreDown> {
        let (Some(identity), Next::Park { due, reason }) = (&job.identity, &job.next) else {
            return Ok(Some(Ended::Rest(Duration::ZERO)));
        };
        let now = clock::now();
        let delay = due.saturating_duration_since(now);
        if !self.has_room_in_park() {
            if delay.is_zero() {
                job.next = Next::Handle(None);
                return Ok(None);
            }
            return Ok(Some(Ended::Rest(delay.min(self.config.park.poll_interval))));
        }
        let tried_for = job
            .first_tried
            .map_or(Duration::ZERO, |first| now.saturating_duration_since(first));
        let content = content(&identity.message_id, job.unsettled.message());
        let parked = NewlyParked::behind(&self.config.name, &identity.key, &content)
            .failed(job.attempts, tried_for, delay, reason)
            .redriven(identity.is_redriven);
        let transaction = self.begin().await?;
        self.write_park(transaction, parked).await?;
        Ok(Some(Ended::Settle))
    }

    /// Whether the park may take another message: one that finds it full rests in its lane, and the broker keeps those
    /// that come behind.
    pub(super) fn has_room_in_park(&self) -> bool {
        self.park.is_below(self.config.park.limit)
    }

    pub(super) async fn write_park(
        &self,
        mut transaction: I::Transaction,
        message: NewlyParked<'_>,
    ) -> Result<(), StoreDown> {
        self.checked("park", self.inbox.park(&mut transaction, message))
            .await?;
        self.commit(transaction).await?;
        self.counters().parked(1);
        self.park.parked();
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
}

/// All of a message that must survive its stay in the park.
pub(super) fn content<R: Received>(message_id: &MessageId, message: &R) -> ParkedContent {
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
