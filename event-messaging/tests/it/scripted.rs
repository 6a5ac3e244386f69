//! An inbox store that does as it is told, and a consumer over it.

use crate::handlers::{Deleted, Started, dead_letters};
use crate::support::Stop;
use event_messaging::memory::{Inbox, InboxTransaction, InboxUnavailable};
use event_messaging::{
    Admission, Consumer, ConsumerConfig, Handler, InboxEntry, InboxStore, NewlyParked, Parked, ParkedBacklog,
    ParkedLease, clock, memory,
};
use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What becomes of a call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Told {
    #[default]
    Pass,
    Fail,
    /// It fails, and its error panics when it is asked for its words.
    FailSpeechless,
    Hang,
}

/// Passes on what comes, but for the operation that it was told something of.
#[derive(Clone, Default)]
pub(crate) struct Scripted {
    pub(crate) inner: Inbox,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    told: Option<(&'static str, Told)>,
    calls: Vec<(&'static str, clock::Instant)>,
}

impl Scripted {
    /// What becomes of every call of the operation from now on; of those of all others nothing in particular.
    pub(crate) fn tell(&self, operation: &'static str, told: Told) {
        self.state.lock().unwrap().told = Some((operation, told));
    }

    /// How often each operation was called.
    pub(crate) fn calls(&self, operation: &str) -> usize {
        let state = self.state.lock().unwrap();
        state.calls.iter().filter(|(of, _)| *of == operation).count()
    }

    async fn pass(&self, operation: &'static str) -> Result<(), StoreError> {
        let told = {
            let mut state = self.state.lock().unwrap();
            state.calls.push((operation, clock::now()));
            state.told.filter(|(of, _)| *of == operation)
        };
        match told.map(|(_, told)| told).unwrap_or_default() {
            Told::Pass => Ok(()),
            Told::Fail => Err(StoreError { is_speechless: false }),
            Told::FailSpeechless => Err(StoreError { is_speechless: true }),
            Told::Hang => std::future::pending().await,
        }
    }
}

#[derive(Debug)]
pub(crate) struct StoreError {
    is_speechless: bool,
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        assert!(!self.is_speechless, "no words for this");
        f.write_str("told to fail")
    }
}

impl std::error::Error for StoreError {}

impl From<InboxUnavailable> for StoreError {
    fn from(_: InboxUnavailable) -> Self {
        Self { is_speechless: false }
    }
}

impl InboxStore for Scripted {
    type Error = StoreError;

    type Transaction = InboxTransaction;

    const PARKS: bool = true;

    async fn begin(&self) -> Result<InboxTransaction, StoreError> {
        self.pass("begin").await?;
        Ok(self.inner.begin().await?)
    }

    async fn admit(
        &self,
        transaction: &mut InboxTransaction,
        entry: InboxEntry<'_>,
    ) -> Result<Admission, StoreError> {
        self.pass("admit").await?;
        Ok(self.inner.admit(transaction, entry).await?)
    }

    async fn commit(&self, transaction: InboxTransaction) -> Result<(), StoreError> {
        self.pass("commit").await?;
        Ok(self.inner.commit(transaction).await?)
    }

    async fn park(
        &self,
        transaction: &mut InboxTransaction,
        message: NewlyParked<'_>,
    ) -> Result<(), StoreError> {
        self.pass("park").await?;
        Ok(self.inner.park(transaction, message).await?)
    }

    async fn claim_parked(
        &self,
        consumer: &str,
        limit: usize,
        lease: Duration,
    ) -> Result<Vec<Parked>, StoreError> {
        self.pass("claim_parked").await?;
        Ok(self.inner.claim_parked(consumer, limit, lease).await?)
    }

    async fn unpark(
        &self,
        transaction: &mut InboxTransaction,
        lease: ParkedLease,
    ) -> Result<bool, StoreError> {
        self.pass("unpark").await?;
        Ok(self.inner.unpark(transaction, lease).await?)
    }

    async fn postpone(
        &self,
        lease: ParkedLease,
        attempts: u32,
        delay: Duration,
        reason: &str,
    ) -> Result<bool, StoreError> {
        self.pass("postpone").await?;
        Ok(self.inner.postpone(lease, attempts, delay, reason).await?)
    }

    async fn prune(&self, consumer: &str, age: Duration, limit: usize) -> Result<usize, StoreError> {
        self.pass("prune").await?;
        Ok(self.inner.prune(consumer, age, limit).await?)
    }

    async fn parked(&self, consumer: &str) -> Result<ParkedBacklog, StoreError> {
        self.pass("parked").await?;
        Ok(self.inner.parked(consumer).await?)
    }
}

/// Runs a consumer over the store.
pub(crate) fn run_over(
    (broker, queue): &(memory::Broker, memory::Queue),
    handler: impl Handler<Deleted, InboxTransaction> + 'static,
    store: &Scripted,
    config: ConsumerConfig,
) -> Started {
    let stop = Stop::new();
    let consumer = Consumer::new(queue.clone(), handler, dead_letters(broker).0, config)
        .unwrap()
        .with_inbox(store.clone());
    Started {
        control: consumer.control(),
        task: tokio::spawn(consumer.run(stop.signal())),
        stop,
    }
}
