//! A transport and a database of one test, and what runs over them.

use super::brake::Brake;
use super::folder::Folder;
use super::handler::{Effects, Seen};
use super::hooked::{Hooked, Switch};
use super::intake::Run;
use super::process::{Part, Role};
use super::watched::{Handed, Watched};
use super::{DEAD_LETTERS, Database, EXCHANGE, Effect, Intake, Place, Transport, write};
use event_contracts::MessageId;
use event_messaging::clock;
use event_messaging::{
    Backlog, Backoff, ConsumerConfig, ConsumerCounts, Control, DeadLetterExchange, Error, OutboundMessage,
    OutboxStore, Outcome, ParkConfig, Publisher, Relay, RelayConfig, RelayCounters, RelayCounts, Retries,
};
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// How long anything may take that a test waits for.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Rig<T, D> {
    pub(crate) transport: T,
    pub(crate) database: D,
    module: String,
    /// Removed last.
    folder: Folder,
}

/// A relay that runs in this process.
pub(crate) struct RelayRun {
    pub(crate) counters: RelayCounters,
    pub(crate) handed: Handed,
    stop: watch::Sender<bool>,
    task: JoinHandle<RelayCounts>,
}

/// A consumer that runs in this process.
pub(crate) struct ConsumerRun {
    pub(crate) control: Control,
    pub(crate) seen: Seen,
    task: JoinHandle<Result<ConsumerCounts, Error>>,
}

/// The defaults of relays here: they poll often and rest shortly, and no limit is near.
pub(crate) fn relay_config() -> RelayConfig {
    RelayConfig::default()
        .with_lease(Duration::from_secs(120))
        .with_publish_timeout(Duration::from_secs(30))
        .with_poll_interval(Duration::from_millis(20))
        .with_backoff(backoff())
}

/// The same for consumers.
pub(crate) fn consumer_config() -> ConsumerConfig {
    let mut config = ConsumerConfig::new("conformance")
        .with_retries(Retries::new(vec![Duration::from_millis(20); 5]))
        .with_backoff(backoff())
        .with_commit_interval(Duration::from_millis(20));
    config.park = ParkConfig::default().with_poll_interval(Duration::from_millis(20));
    config
}

/// Between 20 and 400 ms, and after the random part at least 10 ms.
pub(crate) fn backoff() -> Backoff {
    Backoff::new(Duration::from_millis(20), Duration::from_millis(400))
}

impl<T: Transport, D: Database> Rig<T, D> {
    pub(crate) async fn new(module: &str) -> Self {
        let folder = Folder::new();
        Self {
            transport: T::fresh(folder.path()).await,
            database: D::open(folder.path()).await,
            module: module.to_owned(),
            folder,
        }
    }

    /// Another handle on the database, as another process has it.
    pub(crate) async fn database_of_another(&self) -> D {
        D::open(self.folder.path()).await
    }

    /// A process of its own; a writer's name is the key it writes.
    pub(crate) fn part(&self, role: Role, name: &str, hold: Option<Place>) -> Part {
        Part::start(&self.module, self.folder.path(), role, name, hold)
    }

    /// Writes events of a key into the outbox, each in a transaction of its own.
    pub(crate) async fn write(&self, key: &str, events: u64) -> Vec<MessageId> {
        let (outbox, mut ids) = (self.database.outbox(), Vec::new());
        for _ in 0..events {
            ids.push(write::event(&self.database, &outbox, key, EXCHANGE, &Brake::none()).await);
        }
        ids
    }

    /// Publishes without an outbox, and without a fault.
    pub(crate) async fn publish(&self, messages: impl IntoIterator<Item = OutboundMessage>) {
        let publisher = self.transport.publisher();
        for message in messages {
            let outcomes = publisher.publish(vec![message]).await;
            assert_eq!(outcomes, [Outcome::Sent], "nothing is wrong yet");
        }
    }

    pub(crate) fn relay(&self) -> RelayRun {
        self.relay_with(relay_config(), &Switch::default(), &Brake::none())
    }

    pub(crate) fn relay_with(&self, config: RelayConfig, switch: &Switch, brake: &Brake) -> RelayRun {
        let handed = Handed::default();
        let publisher = Watched::new(self.transport.publisher(), handed.clone(), brake.clone());
        let store = Hooked::new(self.database.outbox(), switch.clone(), brake.clone());
        let relay = Relay::new(store, publisher, config).expect("the configuration is right");
        let (stop, mut stopped) = watch::channel(false);
        RelayRun {
            counters: relay.counters(),
            handed,
            stop,
            task: tokio::spawn(relay.run(async move {
                let _ = stopped.wait_for(|stopped| *stopped).await;
            })),
        }
    }

    pub(crate) fn consumer(&self, process: &str) -> ConsumerRun {
        let handler = Effects::new(process, Brake::none());
        self.consumer_with(handler, consumer_config(), &Switch::default())
    }

    pub(crate) fn consumer_with(
        &self,
        handler: Effects<D>,
        config: ConsumerConfig,
        switch: &Switch,
    ) -> ConsumerRun {
        let inbox = Hooked::new(self.database.inbox(), switch.clone(), Brake::none());
        let dead_letters = DeadLetterExchange::new(self.transport.publisher(), DEAD_LETTERS);
        let seen = handler.seen();
        let intake = self.transport.intake(config.prefetch);
        let (control, run): (_, Run) = intake
            .consume(handler, dead_letters, inbox, config)
            .expect("the configuration is right");
        ConsumerRun {
            control,
            seen,
            task: tokio::spawn(run),
        }
    }

    pub(crate) async fn backlog(&self) -> Backlog {
        self.database
            .outbox()
            .backlog()
            .await
            .expect("the database is well")
    }

    /// Key and number of every effect, in the order of their commits within each key.
    pub(crate) async fn effects(&self) -> Vec<(String, u64)> {
        let effects = self.database.effects().await.into_iter();
        effects.map(|effect| (effect.key, effect.sequence)).collect()
    }

    /// Waits until there are so many effects, and gives them.
    pub(crate) async fn until_effects(&self, count: usize) -> Vec<Effect> {
        let what = format!("{count} effects");
        until(&what, async || self.database.effects().await.len() >= count).await;
        self.database.effects().await
    }

    /// Waits until the outbox holds so many rows that are not sent.
    pub(crate) async fn until_pending(&self, count: u64) {
        let what = format!("{count} rows pending");
        until(&what, async || self.backlog().await.pending == count).await;
    }

    /// Waits until the consumers have so many messages before them.
    pub(crate) async fn until_waiting(&self, count: u64) {
        let what = format!("{count} messages waiting");
        until(&what, async || self.transport.waiting().await == count).await;
    }

    /// Sees that the effects of each key are 1, 2, 3, … up to what `expected` says, in this order, each once.
    pub(crate) async fn assert_effects<K: Into<String>>(&self, expected: impl IntoIterator<Item = (K, u64)>) {
        let mut found: BTreeMap<String, Vec<u64>> = BTreeMap::new();
        for (key, sequence) in self.effects().await {
            found.entry(key).or_default().push(sequence);
        }
        let expected: BTreeMap<String, Vec<u64>> = expected
            .into_iter()
            .map(|(key, last)| (key.into(), (1..=last).collect()))
            .collect();
        assert_eq!(
            found, expected,
            "one effect of each event, in the order of its key"
        );
    }
}

impl RelayRun {
    /// Stops it in good order.
    pub(crate) async fn end(self) -> RelayCounts {
        self.stop.send_replace(true);
        self.task.await.expect("a relay does not panic")
    }
}

impl ConsumerRun {
    /// Stops it in good order.
    pub(crate) async fn end(self) -> ConsumerCounts {
        self.control.drain();
        self.ended().await.expect("its source is not broken")
    }

    /// Waits until it ends by itself.
    pub(crate) async fn ended(self) -> Result<ConsumerCounts, Error> {
        self.task.await.expect("a consumer does not panic")
    }
}

/// Waits until something is so.
///
/// # Panics
///
/// When it does not become so.
pub(crate) async fn until(what: &str, is_so: impl AsyncFn() -> bool) {
    let deadline = clock::now() + PATIENCE;
    while !is_so().await {
        assert!(clock::now() < deadline, "waited too long for {what}");
        clock::sleep(Duration::from_millis(5)).await;
    }
}
