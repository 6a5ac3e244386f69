//! A store that is well, but does not commit what some messages write; and what that may do to the others.

use crate::handlers::{Deleted, Effects, Started, config, dead_letters, publish};
use crate::support::{Stop, broker};
use event_messaging::memory::{Inbox, InboxTransaction, InboxUnavailable};
use event_messaging::{
    Admission, Consumer, InboxEntry, InboxStore, NewlyParked, Parked, ParkedBacklog, ParkedLease, Retries,
    clock, memory,
};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

/// Refuses to commit what belongs to the messages of some keys, as a constraint does that is checked at the end.
#[derive(Clone, Default)]
struct Refusing {
    inner: Inbox,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    /// What the keys begin with.
    refused: Option<&'static str>,
    /// The key of the transaction that is open; here there is one at a time.
    key: String,
}

impl Refusing {
    fn refuse(&self, keys: Option<&'static str>) {
        self.state.lock().unwrap().refused = keys;
    }
}

impl InboxStore for Refusing {
    type Error = InboxUnavailable;

    type Transaction = InboxTransaction;

    const PARKS: bool = true;

    async fn begin(&self) -> Result<InboxTransaction, InboxUnavailable> {
        self.state.lock().unwrap().key.clear();
        self.inner.begin().await
    }

    async fn admit(
        &self,
        transaction: &mut InboxTransaction,
        entry: InboxEntry<'_>,
    ) -> Result<Admission, InboxUnavailable> {
        entry.key.clone_into(&mut self.state.lock().unwrap().key);
        self.inner.admit(transaction, entry).await
    }

    async fn commit(&self, transaction: InboxTransaction) -> Result<(), InboxUnavailable> {
        {
            let state = self.state.lock().unwrap();
            if state.refused.is_some_and(|keys| state.key.starts_with(keys)) {
                return Err(InboxUnavailable);
            }
        }
        self.inner.commit(transaction).await
    }

    async fn park(
        &self,
        transaction: &mut InboxTransaction,
        message: NewlyParked<'_>,
    ) -> Result<(), InboxUnavailable> {
        self.inner.park(transaction, message).await
    }

    async fn claim_parked(
        &self,
        consumer: &str,
        limit: usize,
        lease: Duration,
    ) -> Result<Vec<Parked>, InboxUnavailable> {
        self.inner.claim_parked(consumer, limit, lease).await
    }

    async fn unpark(
        &self,
        transaction: &mut InboxTransaction,
        lease: ParkedLease,
    ) -> Result<bool, InboxUnavailable> {
        self.inner.unpark(transaction, lease).await
    }

    async fn postpone(
        &self,
        lease: ParkedLease,
        attempts: u32,
        delay: Duration,
        reason: &str,
    ) -> Result<bool, InboxUnavailable> {
        self.inner.postpone(lease, attempts, delay, reason).await
    }

    async fn prune(&self, consumer: &str, age: Duration, limit: usize) -> Result<usize, InboxUnavailable> {
        self.inner.prune(consumer, age, limit).await
    }

    async fn parked(&self, consumer: &str) -> Result<ParkedBacklog, InboxUnavailable> {
        self.inner.parked(consumer).await
    }
}

fn started(broker: &memory::Broker, queue: &memory::Queue, effects: &Effects, store: &Refusing) -> Started {
    let (stop, (dead_letters, _)) = (Stop::new(), dead_letters(broker));
    let config = config().with_retries(Retries::new([60 * SECOND]).with_jitter(0.0));
    let consumer: Consumer<_, _, _, Deleted, _> =
        Consumer::new(queue.clone(), effects.clone(), dead_letters, config)
            .unwrap()
            .with_inbox(store.clone());
    Started {
        control: consumer.control(),
        task: tokio::spawn(consumer.run(stop.signal())),
        stop,
    }
}

#[tokio::test(start_paused = true)]
async fn a_message_whose_commit_always_fails_does_not_block_other_keys() {
    let (broker, queue) = broker();
    let (effects, store) = (Effects::default(), Refusing::default());
    store.refuse(Some("bad"));
    publish(&broker, &[("bad", 1), ("bad", 2), ("a", 1), ("b", 1), ("a", 2)]).await;
    let consumer = started(&broker, &queue, &effects, &store);
    clock::sleep(10 * SECOND).await;
    let mut all = effects.all();
    all.sort();
    assert_eq!(all, ["a#1", "a#2", "b#1"]);
    assert_eq!(queue.unsettled(), 2);
    store.refuse(None);
    clock::sleep(31 * SECOND).await;
    assert_eq!(effects.all()[3..], ["bad#1", "bad#2"]);
    assert_eq!(consumer.stopped().await.failed, 0);
}

#[tokio::test(start_paused = true)]
async fn a_store_that_commits_nothing_is_not_asked_for_one_parked_key_after_the_other() {
    let (broker, queue) = broker();
    let (mut effects, store) = (Effects::default(), Refusing::default());
    for number in 0..40 {
        let key = format!("k{number}");
        effects = effects.and_failing(&format!("{key}#1"), 1);
        publish(&broker, &[(&key, 1)]).await;
    }
    let consumer = started(&broker, &queue, &effects, &store);
    clock::sleep(30 * SECOND).await;
    assert_eq!(store.inner.parked_ids("test").len(), 40);
    store.refuse(Some("k"));
    clock::sleep(32 * SECOND).await;
    // All are due since a second or two; ten are tried together, and then one after each wait.
    let calls = effects.calls() - 40;
    assert!((2..20).contains(&calls), "{calls} calls");
    store.refuse(None);
    clock::sleep(120 * SECOND).await;
    assert_eq!(effects.all().len(), 40);
    consumer.stopped().await;
}
