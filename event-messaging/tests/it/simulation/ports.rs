//! Every port of the crate, with chaos in between.

use super::chaos::{Chaos, Injected, Trouble};
use event_messaging::{
    Admission, Backlog, Claimed, Delivery, InboxEntry, InboxStore, Lease, LogEvent, LogSource, NewlyParked,
    OutboundMessage, OutboxStore, Outcome, Parked, ParkedBacklog, ParkedLease, Partition, Publisher,
    Received, Release, Source, memory,
};
use std::collections::BTreeSet;
use std::time::Duration;

#[derive(Clone)]
pub(crate) struct Chaotic<T> {
    pub(crate) inner: T,
    pub(crate) chaos: Chaos,
}

impl<T> Chaotic<T> {
    pub(crate) fn new(inner: T, chaos: &Chaos) -> Self {
        Self {
            inner,
            chaos: chaos.clone(),
        }
    }

    /// The answer, if it arrives.
    async fn answer<A>(&self, answer: A, trouble: Trouble) -> Result<A, Injected> {
        self.chaos.enter("", trouble).await?;
        Ok(answer)
    }
}

impl<P: Publisher> Publisher for Chaotic<P> {
    async fn publish(&self, batch: Vec<OutboundMessage>) -> Vec<Outcome> {
        let keys: BTreeSet<&str> = batch.iter().map(|message| &*message.key).collect();
        assert_eq!(keys.len(), batch.len(), "two of one key at once");
        let mut outcomes = Vec::with_capacity(batch.len());
        for message in batch {
            // The id of what cannot be read is made up anew each time.
            let id = Some(message.message_id.as_str()).filter(|_| message.routing_key != "junk");
            self.chaos
                .pass(&format!("publish {}", id.unwrap_or("junk")))
                .await;
            let outcome = if self.chaos.strikes(Trouble::Nack) {
                Outcome::Nacked
            } else if self.chaos.strikes(Trouble::LoseMessage) {
                Outcome::Unknown
            } else {
                let outcome = self.inner.publish(vec![message]).await[0];
                self.chaos.pass("confirm").await;
                if self.chaos.strikes(Trouble::LoseConfirm) {
                    Outcome::Unknown
                } else {
                    outcome
                }
            };
            self.chaos.note(outcome.as_str());
            outcomes.push(outcome);
        }
        outcomes
    }
}

impl OutboxStore for Chaotic<memory::Outbox> {
    type Error = Injected;

    async fn claim(&self, limit: usize, lease: Duration) -> Result<Vec<Claimed>, Injected> {
        self.chaos.enter("", Trouble::OutboxDown).await?;
        let claimed = self.inner.claim(limit, lease).await.unwrap();
        for row in &claimed {
            self.chaos.note(&format!("claimed row {}", row.lease.row));
        }
        self.answer(claimed, Trouble::OutboxAnswer).await
    }

    async fn mark_sent(&self, rows: &[Lease]) -> Result<usize, Injected> {
        self.chaos.enter("mark sent", Trouble::OutboxDown).await?;
        let marked = self.inner.mark_sent(rows).await.unwrap();
        self.answer(marked, Trouble::OutboxAnswer).await
    }

    async fn release(&self, rows: &[Release]) -> Result<usize, Injected> {
        self.chaos.enter("release rows", Trouble::OutboxDown).await?;
        let released = self.inner.release(rows).await.unwrap();
        self.answer(released, Trouble::OutboxAnswer).await
    }

    async fn backlog(&self) -> Result<Backlog, Injected> {
        Ok(self.inner.backlog().await.unwrap())
    }
}

impl<S: Source> Source for Chaotic<S> {
    type Delivery = Chaotic<S::Delivery>;

    type Error = S::Error;

    async fn recv(&mut self) -> Result<Option<Self::Delivery>, S::Error> {
        // Before the message is there, so that none is lost with this future.
        self.chaos.pass("").await;
        let delivery = self.inner.recv().await?;
        Ok(delivery.map(|delivery| Chaotic::new(delivery, &self.chaos)))
    }
}

impl<D: Delivery> Delivery for Chaotic<D> {
    type Error = Injected;

    async fn ack(self) -> Result<(), Injected> {
        self.chaos.enter("ack", Trouble::LoseAck).await?;
        self.inner.ack().await.map_err(|_| Injected)
    }
}

impl<R: Received> Received for Chaotic<R> {
    fn exchange(&self) -> &str {
        self.inner.exchange()
    }

    fn routing_key(&self) -> &str {
        self.inner.routing_key()
    }

    fn content_type(&self) -> Option<&str> {
        self.inner.content_type()
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.inner.header(name)
    }

    fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.inner.headers()
    }

    fn body(&self) -> &[u8] {
        self.inner.body()
    }

    fn is_redelivered(&self) -> bool {
        self.inner.is_redelivered()
    }
}

impl LogSource for Chaotic<memory::LogConsumer> {
    type Record = memory::LogRecord;

    type Error = Injected;

    async fn next(&mut self) -> Result<Option<LogEvent<memory::LogRecord>>, Injected> {
        self.chaos.pass("").await;
        let event = self.inner.next().await.map_err(|_| Injected)?;
        match &event {
            Some(LogEvent::Record(record)) => {
                self.chaos.note(&format!("read {}", record.message().message_id));
            }
            Some(other) => self.chaos.note(&format!("{other:?}")),
            None => {}
        }
        Ok(event)
    }

    async fn commit(&mut self, partition: &Partition, next: u64) -> Result<(), Injected> {
        self.chaos
            .enter(&format!("commit {partition}@{next}"), Trouble::LoseAck)
            .await?;
        self.inner.commit(partition, next).await.map_err(|_| Injected)
    }

    async fn release(&mut self, partitions: &[Partition]) -> Result<(), Injected> {
        self.chaos.pass(&format!("release {partitions:?}")).await;
        self.inner.release(partitions).await.map_err(|_| Injected)
    }

    fn pause(&mut self, partitions: &[Partition]) {
        self.chaos.note(&format!("pause {partitions:?}"));
        self.inner.pause(partitions);
    }

    fn resume(&mut self, partitions: &[Partition]) {
        self.chaos.note(&format!("resume {partitions:?}"));
        self.inner.resume(partitions);
    }
}

impl InboxStore for Chaotic<memory::Inbox> {
    type Error = Injected;

    type Transaction = memory::InboxTransaction;

    const PARKS: bool = true;

    async fn begin(&self) -> Result<Self::Transaction, Injected> {
        self.chaos.enter("begin", Trouble::InboxDown).await?;
        Ok(self.inner.begin().await.unwrap())
    }

    async fn admit(
        &self,
        transaction: &mut Self::Transaction,
        entry: InboxEntry<'_>,
    ) -> Result<Admission, Injected> {
        let what = format!("admit {}", entry.message_id);
        self.chaos.enter(&what, Trouble::InboxDown).await?;
        let admission = self.inner.admit(transaction, entry).await.unwrap();
        self.chaos.note(&format!("{admission:?}"));
        self.answer(admission, Trouble::InboxAnswer).await
    }

    async fn commit(&self, transaction: Self::Transaction) -> Result<(), Injected> {
        self.chaos.enter("commit", Trouble::InboxDown).await?;
        self.inner.commit(transaction).await.unwrap();
        self.answer((), Trouble::InboxAnswer).await
    }

    async fn park(
        &self,
        transaction: &mut Self::Transaction,
        message: NewlyParked<'_>,
    ) -> Result<(), Injected> {
        let what = format!("park {}", message.content.message_id);
        self.chaos.enter(&what, Trouble::InboxDown).await?;
        self.inner.park(transaction, message).await.unwrap();
        Ok(())
    }

    async fn claim_parked(
        &self,
        consumer: &str,
        limit: usize,
        lease: Duration,
    ) -> Result<Vec<Parked>, Injected> {
        self.chaos.enter("", Trouble::InboxDown).await?;
        let parked = self.inner.claim_parked(consumer, limit, lease).await.unwrap();
        for parked in &parked {
            self.chaos
                .note(&format!("claimed parked {}", parked.content.message_id));
        }
        self.answer(parked, Trouble::InboxAnswer).await
    }

    async fn unpark(
        &self,
        transaction: &mut Self::Transaction,
        lease: ParkedLease,
    ) -> Result<bool, Injected> {
        self.chaos.enter("unpark", Trouble::InboxDown).await?;
        Ok(self.inner.unpark(transaction, lease).await.unwrap())
    }

    async fn postpone(
        &self,
        lease: ParkedLease,
        attempts: u32,
        delay: Duration,
        reason: &str,
    ) -> Result<bool, Injected> {
        self.chaos.enter("postpone", Trouble::InboxDown).await?;
        let is_ours = self.inner.postpone(lease, attempts, delay, reason).await.unwrap();
        self.answer(is_ours, Trouble::InboxAnswer).await
    }

    async fn prune(&self, consumer: &str, age: Duration, limit: usize) -> Result<usize, Injected> {
        Ok(self.inner.prune(consumer, age, limit).await.unwrap())
    }

    async fn parked(&self, consumer: &str) -> Result<ParkedBacklog, Injected> {
        Ok(self.inner.parked(consumer).await.unwrap())
    }
}
