//! One run: writers, two relays, a broker or a log, consumers that come and go, and what must be true in the end.

use super::chaos::{Chaos, Trouble};
use super::ports::Chaotic;
use crate::handlers::Deleted;
use crate::support::message;
use event_contracts::MessageId;
use event_messaging::{
    Backoff, Consumer, ConsumerConfig, ConsumerCounts, Context, Control, DeadLetterExchange, Error, Handler,
    HandlerError, InboxStore, LogConsumer, OutboundMessage, OutboxStore, ParkConfig, Publisher, Relay,
    RelayConfig, Retries, clock, memory,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::task::JoinHandle;

const TOPIC: &str = "product.events";
const NAME: &str = "simulated";

/// What a run is made of.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) seed: u64,
    pub(crate) is_log: bool,
    /// Whether most events are of one key, and several are written at once.
    pub(crate) is_busy: bool,
    pub(crate) events: u64,
    pub(crate) troubles: BTreeSet<Trouble>,
}

impl Plan {
    pub(crate) fn of(seed: u64) -> Self {
        let mut random = fastrand::Rng::with_seed(seed ^ 0x5eed);
        let troubles = Trouble::ALL.into_iter().filter(|_| random.bool()).collect();
        Self {
            seed,
            is_log: random.bool(),
            is_busy: random.bool(),
            events: random.u64(4..28),
            troubles,
        }
    }
}

#[derive(Clone)]
enum Transport {
    Queue(memory::Broker, memory::Queue),
    Log(memory::Log),
}

/// Writes each event's number when its transaction is committed. Some events are poison.
#[derive(Clone)]
struct Effects {
    chaos: Chaos,
    committed: Arc<Mutex<BTreeMap<String, Vec<u64>>>>,
    poison: Arc<Mutex<BTreeSet<String>>>,
}

impl Handler<Deleted, memory::InboxTransaction> for Effects {
    type Error = HandlerError;

    async fn handle(
        &self,
        event: Deleted,
        transaction: &mut memory::InboxTransaction,
        _: &Context<'_>,
    ) -> Result<(), HandlerError> {
        let metadata = event.metadata();
        let id = metadata.message_id.to_string();
        let (key, sequence) = (
            metadata.partition_key.clone().unwrap(),
            metadata.sequence.unwrap(),
        );
        let effects = self.clone();
        transaction.on_commit(move || {
            effects.chaos.note(&format!("effect {key}#{sequence}"));
            effects
                .committed
                .lock()
                .unwrap()
                .entry(key)
                .or_default()
                .push(sequence);
        });
        let entered = self.chaos.enter(&format!("handle {id}"), Trouble::Handler).await;
        if self.poison.lock().unwrap().contains(&id) {
            return Err(HandlerError::permanent("poison"));
        }
        Ok(entered?)
    }
}

struct Running {
    control: Control,
    task: JoinHandle<Result<ConsumerCounts, Error>>,
}

struct World {
    plan: Plan,
    chaos: Chaos,
    outbox: memory::Outbox,
    inbox: memory::Inbox,
    transport: Transport,
    effects: Effects,
    dead: memory::Queue,
    dead_letters: DeadLetterExchange<Chaotic<memory::Broker>>,
    relays: Vec<JoinHandle<()>>,
    consumers: Vec<Running>,
    /// By key: how many were written.
    written: BTreeMap<String, u64>,
    /// What was written as poison: it becomes a dead letter, and takes effect when it was cured and sent again.
    doomed: BTreeSet<String>,
}

/// Runs a plan; the error says what was not true.
pub(crate) async fn run(plan: Plan, chaos: Chaos) -> Result<(), String> {
    let mut world = World::new(plan, chaos);
    world.start_relay();
    world.start_relay();
    world.start_consumer();
    for _ in 0..world.plan.events {
        let at_once = if world.plan.is_busy {
            1 + world.chaos.below(6)
        } else {
            1
        };
        for _ in 0..at_once {
            world.write();
        }
        world.happen().await;
        let pause = world.chaos.below(60);
        clock::sleep(Duration::from_millis(pause)).await;
    }
    for _ in 0..10 {
        world.happen().await;
        clock::sleep(Duration::from_millis(500)).await;
    }
    world.chaos.calm();
    world.rest().await?;
    while world.redrive(true).await {
        world.rest().await?;
    }
    world.end().await
}

impl World {
    fn new(plan: Plan, chaos: Chaos) -> Self {
        let transport = if plan.is_log {
            let log = memory::Log::new()
                .with_publish_timeout(Duration::from_millis(300))
                .with_session_timeout(Duration::from_secs(6))
                .with_release_timeout(Duration::from_secs(8));
            log.create_topic(TOPIC, 3, 8, memory::Retention::UntilCommitted);
            Transport::Log(log)
        } else {
            let broker = memory::Broker::new().with_publish_timeout(Duration::from_millis(300));
            let queue = broker.declare_sharded_queue("q", 3, 8);
            broker.bind("q", TOPIC, "#").unwrap();
            Transport::Queue(broker, queue)
        };
        let dead_broker = memory::Broker::new();
        let dead = dead_broker.declare_queue("dead", 10_000);
        dead_broker.bind("dead", "dead", "#").unwrap();
        let effects = Effects {
            chaos: chaos.clone(),
            committed: Arc::default(),
            poison: Arc::default(),
        };
        Self {
            outbox: memory::Outbox::new(),
            inbox: memory::Inbox::new(),
            dead_letters: DeadLetterExchange::new(Chaotic::new(dead_broker, &chaos), "dead"),
            transport,
            effects,
            dead,
            relays: Vec::new(),
            consumers: Vec::new(),
            written: BTreeMap::new(),
            doomed: BTreeSet::new(),
            plan,
            chaos,
        }
    }

    fn start_relay(&mut self) {
        let relay = match &self.transport {
            Transport::Queue(broker, _) => self.relay(broker.clone()),
            Transport::Log(log) => self.relay(log.clone()),
        };
        self.relays.push(relay);
    }

    fn relay(&self, publisher: impl Publisher + 'static) -> JoinHandle<()> {
        let config = RelayConfig::default()
            .with_batch(1 + self.chaos.below(6) as usize)
            .with_lease(Duration::from_secs(3))
            .with_publish_timeout(Duration::from_millis(1_000))
            .with_backoff(Backoff::new(
                Duration::from_millis(20),
                Duration::from_millis(400),
            ))
            .with_seed(self.chaos.below(u64::MAX));
        let store = Chaotic::new(self.outbox.clone(), &self.chaos);
        let relay = Relay::new(store, Chaotic::new(publisher, &self.chaos), config).unwrap();
        tokio::spawn(async move {
            relay.run(std::future::pending()).await;
        })
    }

    fn start_consumer(&mut self) {
        let prefetch = 1 + self.chaos.below(6) as usize;
        let levels = [50, 200, 1_000, 3_000].map(Duration::from_millis);
        let retries = Retries::new(levels.iter().copied().cycle().take(60).collect::<Vec<_>>())
            .with_hold_at_most(Duration::from_millis(300));
        let config = ConsumerConfig::new(NAME)
            .with_prefetch(prefetch)
            .with_concurrency(1 + self.chaos.below(4) as usize)
            .with_handler_deadline(Duration::from_secs(4))
            .with_retries(retries)
            .with_backoff(Backoff::new(
                Duration::from_millis(20),
                Duration::from_millis(400),
            ))
            .with_drain_timeout(Duration::from_millis(200))
            .with_commit_interval(Duration::from_millis(150))
            .with_park(
                ParkConfig::default()
                    .with_limit(1 + self.chaos.below(12) as usize)
                    .with_poll_interval(Duration::from_millis(300))
                    .with_lease(Duration::from_secs(5)),
            )
            .with_seed(self.chaos.below(u64::MAX));
        let inbox = Chaotic::new(self.inbox.clone(), &self.chaos);
        let (effects, dead_letters) = (self.effects.clone(), self.dead_letters.clone());
        let running = match &self.transport {
            Transport::Queue(_, queue) => {
                let source = Chaotic::new(queue.consumer(prefetch), &self.chaos);
                let consumer = Consumer::new(source, effects, dead_letters, config).unwrap();
                Running {
                    control: consumer.control(),
                    task: tokio::spawn(consumer.with_inbox(inbox).run(std::future::pending())),
                }
            }
            Transport::Log(log) => {
                let source = Chaotic::new(log.consumer(NAME, TOPIC).unwrap(), &self.chaos);
                let consumer = LogConsumer::new(source, effects, dead_letters, config).unwrap();
                Running {
                    control: consumer.control(),
                    task: tokio::spawn(consumer.with_inbox(inbox).run(std::future::pending())),
                }
            }
        };
        self.consumers.push(running);
    }

    /// Writes an event; now and then poison, or what is no event at all.
    fn write(&mut self) {
        let is_of_the_busy_key = self.plan.is_busy && self.chaos.below(3) > 0;
        let key = if is_of_the_busy_key {
            0
        } else {
            self.chaos.below(4)
        };
        let key = format!("k{key}");
        if self.chaos.below(20) == 0 {
            let id = format!("junk-{}", self.chaos.below(u64::MAX));
            let message_id = MessageId::new(&id).unwrap();
            self.outbox
                .enqueue(OutboundMessage::new(message_id, TOPIC, "junk", &key, "junk"));
            return;
        }
        let sequence = self.written.entry(key.clone()).or_default();
        *sequence += 1;
        let message = message(&key, *sequence);
        if self.chaos.below(15) == 0 {
            let id = message.message_id.to_string();
            self.effects.poison.lock().unwrap().insert(id.clone());
            self.doomed.insert(id);
        }
        self.outbox.enqueue(message);
    }

    /// Sends a dead letter again, cured or not, and says whether there was one.
    async fn redrive(&mut self, is_cured: bool) -> bool {
        let Some(letter) = self.dead.try_recv() else {
            return false;
        };
        let message = OutboundMessage::from_dead_letter(&letter).unwrap();
        let id = message.message_id.to_string();
        if !self.doomed.contains(&id) {
            // Junk, which nobody can repair.
            letter.ack();
            return true;
        }
        self.chaos.note(&format!("redrive {id}, cured: {is_cured}"));
        if is_cured {
            self.effects.poison.lock().unwrap().remove(&id);
        }
        let outcomes = match &self.transport {
            Transport::Queue(broker, _) => {
                Chaotic::new(broker.clone(), &self.chaos)
                    .publish(vec![message])
                    .await
            }
            Transport::Log(log) => {
                Chaotic::new(log.clone(), &self.chaos)
                    .publish(vec![message])
                    .await
            }
        };
        // Otherwise it stays, and may be sent once too often.
        if outcomes[0].is_sent() {
            letter.ack();
        }
        true
    }

    /// Something happens to a process, or to a dead letter, or nothing.
    async fn happen(&mut self) {
        if self.chaos.below(4) == 0 {
            let is_cured = self.chaos.below(2) == 0;
            self.redrive(is_cured).await;
        }
        if self.chaos.strikes(Trouble::Crash) {
            self.chaos.note("a relay dies");
            let which = self.chaos.below(self.relays.len() as u64) as usize;
            self.relays.swap_remove(which).abort();
            self.start_relay();
        }
        if self.chaos.strikes(Trouble::Crash) && !self.consumers.is_empty() {
            self.chaos.note("a consumer dies");
            let which = self.chaos.below(self.consumers.len() as u64) as usize;
            self.consumers.swap_remove(which).task.abort();
            self.start_consumer();
        }
        if self.chaos.strikes(Trouble::Scale) {
            if self.consumers.len() < 3 && self.chaos.below(2) == 0 {
                self.chaos.note("a consumer comes");
                self.start_consumer();
            } else if self.consumers.len() > 1 {
                self.chaos.note("a consumer goes");
                let which = self.chaos.below(self.consumers.len() as u64) as usize;
                self.consumers[which].control.drain();
                drop(self.consumers.swap_remove(which));
            }
        }
        if self.chaos.strikes(Trouble::Restart) {
            self.chaos.note("the broker restarts");
            match &self.transport {
                Transport::Queue(broker, _) => broker.restart(),
                Transport::Log(log) => log.restart(),
            }
        }
    }

    /// Waits until nothing is left to do.
    async fn rest(&self) -> Result<(), String> {
        for _ in 0..600 {
            let pending = self.outbox.backlog().await.unwrap().pending;
            let unsettled = match &self.transport {
                Transport::Queue(_, queue) => queue.unsettled() as u64,
                Transport::Log(log) => log.lag(NAME, TOPIC),
            };
            let parked = self.inbox.parked(NAME).await.unwrap().messages;
            if (pending, unsettled, parked) == (0, 0, 0) {
                return Ok(());
            }
            clock::sleep(Duration::from_millis(500)).await;
        }
        let backlog = self.outbox.backlog().await.unwrap();
        let parked = self.inbox.parked_ids(NAME);
        Err(format!(
            "it does not come to rest: {backlog:?}, parked {parked:?}"
        ))
    }

    async fn end(mut self) -> Result<(), String> {
        for relay in &self.relays {
            relay.abort();
        }
        for Running { control, task } in std::mem::take(&mut self.consumers) {
            control.drain();
            let counts = task.await.unwrap().map_err(|error| error.to_string())?;
            accounted_for(&counts)?;
        }
        let committed = self.effects.committed.lock().unwrap();
        for (key, written) in &self.written {
            let mut effects = committed.get(key).cloned().unwrap_or_default();
            let is_sound = |sequence: &u64| !self.doomed.contains(&format!("{key}#{sequence}"));
            if !effects.iter().filter(|sequence| is_sound(sequence)).is_sorted() {
                return Err(format!("the effects of {key} are out of order: {effects:?}"));
            }
            // Those that were redriven come late.
            effects.sort_unstable();
            let expected: Vec<u64> = (1..=*written).collect();
            if effects != expected {
                return Err(format!(
                    "of {key} the effects are {effects:?}, and should be {expected:?}"
                ));
            }
        }
        Ok(())
    }
}

/// Whatever comes leaves in one of the ways that are counted.
fn accounted_for(counts: &ConsumerCounts) -> Result<(), String> {
    let came = counts.received + counts.unparked;
    let left = counts.handled
        + counts.duplicates
        + counts.unknown
        + counts.parked
        + counts.dead_lettered
        + counts.given_back;
    if came == left {
        Ok(())
    } else {
        Err(format!("{came} messages came and {left} left: {counts:?}"))
    }
}
