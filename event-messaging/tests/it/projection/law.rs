//! Whatever comes in whatever order: the projection becomes the truth, and no key of it ever goes back.

use super::model::{Change, Changes, Service, table};
use event_messaging::projection::{ProjectionConfig, Projector};
use event_messaging::{Context, Handler, InboxStore, ParkedContent, clock, memory};
use proptest::prelude::*;
use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;
use tokio::task::JoinHandle;

/// What happens next. Keys are few, so that much happens to each.
#[derive(Clone, Debug)]
enum Step {
    Change(u8),
    Delete(u8),
    /// The next event of the key comes to the projector; in a gap it stays the next.
    Deliver(u8),
    /// An event that came before comes again.
    DeliverAgain(u8, usize),
    /// The next event of the key never comes.
    Lose(u8),
    Wait(u64),
    /// The process dies, and another takes over.
    Restart,
    /// The answer to a commit is lost.
    LoseAnswer,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let key = 0..5_u8;
    let step = prop_oneof![
        6 => key.clone().prop_map(Step::Change),
        1 => key.clone().prop_map(Step::Delete),
        6 => key.clone().prop_map(Step::Deliver),
        2 => (key.clone(), 0..20_usize).prop_map(|(key, which)| Step::DeliverAgain(key, which)),
        1 => key.prop_map(Step::Lose),
        4 => (0..300_u64).prop_map(Step::Wait),
        1 => Just(Step::Restart),
        1 => Just(Step::LoseAnswer),
    ];
    proptest::collection::vec(step, 0..80)
}

type Projection = Projector<memory::ProjectionTable<Changes, Change>, Service>;

struct World {
    tells_numbers: bool,
    service: Service,
    inbox: memory::Inbox,
    table: memory::ProjectionTable<Changes, Change>,
    projector: Projection,
    running: JoinHandle<()>,
    on_their_way: BTreeMap<u8, VecDeque<Change>>,
    came: BTreeMap<u8, Vec<Change>>,
    lost: u32,
    /// The most that was seen of each key; a key that was gone after that stays gone.
    seen: BTreeMap<String, (Changes, bool)>,
}

impl World {
    fn new(tells_numbers: bool, seed: u64) -> Self {
        let service = Service::new(tells_numbers, 2).with_moods(seed);
        let inbox = memory::Inbox::new();
        let table = table(&inbox);
        let (projector, running) = process(&table, &service);
        Self {
            tells_numbers,
            service,
            inbox,
            table,
            projector,
            running,
            on_their_way: BTreeMap::new(),
            came: BTreeMap::new(),
            lost: 0,
            seen: BTreeMap::new(),
        }
    }

    async fn step(&mut self, step: Step) {
        match step {
            Step::Change(key) => self.wrote(key, self.service.change(&name(key))),
            Step::Delete(key) => self.wrote(key, self.service.delete(&name(key))),
            Step::Deliver(key) => {
                self.deliver(key).await;
            }
            Step::DeliverAgain(key, which) => {
                let came = self.came.get(&key).filter(|came| !came.is_empty());
                if let Some(change) = came.map(|came| came[which % came.len()].clone()) {
                    self.handle(&change).await;
                }
            }
            Step::Lose(key) => {
                let lost = self.on_their_way.get_mut(&key).and_then(VecDeque::pop_front);
                self.lost += u32::from(lost.is_some());
            }
            Step::Wait(time) => clock::sleep(Duration::from_millis(time)).await,
            Step::Restart => {
                self.running.abort();
                (self.projector, self.running) = process(&self.table, &self.service);
            }
            Step::LoseAnswer => self.inbox.lose_answers(1),
        }
        self.look();
    }

    fn wrote(&mut self, key: u8, change: Option<Change>) {
        self.on_their_way.entry(key).or_default().extend(change);
    }

    /// Whether there was nothing to deliver, or it was handled.
    async fn deliver(&mut self, key: u8) -> bool {
        let Some(change) = self
            .on_their_way
            .get(&key)
            .and_then(|events| events.front())
            .cloned()
        else {
            return true;
        };
        let is_handled = self.handle(&change).await;
        if is_handled {
            self.came.entry(key).or_default().push(change);
            self.on_their_way.get_mut(&key).unwrap().pop_front();
        }
        is_handled
    }

    async fn handle(&self, change: &Change) -> bool {
        let message = change.message();
        let message = ParkedContent::new(
            message.message_id,
            message.exchange,
            message.routing_key,
            message.body,
        );
        let context = Context::new(&message, 1, Duration::from_secs(30));
        let mut transaction = self.inbox.begin().await.unwrap();
        let handled = self
            .projector
            .handle(change.clone(), &mut transaction, &context)
            .await;
        handled.is_ok() && self.inbox.commit(transaction).await.is_ok()
    }

    /// No key goes back.
    fn look(&mut self) {
        let rows = self.table.rows();
        for (key, seen) in &mut self.seen {
            match rows.get(key) {
                Some(changes) => assert!(!seen.1 && *changes >= seen.0, "{key}: {changes} after {seen:?}"),
                None => seen.1 = true,
            }
        }
        for (key, changes) in rows {
            self.seen.insert(key, (changes, false));
        }
    }

    async fn end(mut self) {
        for round in 0.. {
            let mut is_waiting = false;
            for key in 0..5 {
                while self
                    .on_their_way
                    .get(&key)
                    .is_some_and(|events| !events.is_empty())
                {
                    if !self.deliver(key).await {
                        is_waiting = true;
                        break;
                    }
                    self.look();
                }
            }
            if !is_waiting {
                break;
            }
            assert!(round < 1_000, "an event in a gap waits for ever");
            clock::sleep(Duration::from_secs(1)).await;
            self.look();
        }
        self.projector.start().await;
        self.look();
        if self.lost > 0 {
            // The last events of a key leave no gap.
            let found = self.projector.reconcile().await;
            // Between a snapshot without number and the first event after it a hole cannot be seen.
            assert!(
                found.differing == 0 || !self.tells_numbers,
                "a hole inside a key was not noticed"
            );
            self.look();
        }
        assert_eq!(self.table.rows(), self.service.truth());
        assert_eq!(self.projector.reconcile().await.repaired(), 0);
        self.running.abort();
    }
}

fn process(
    table: &memory::ProjectionTable<Changes, Change>,
    service: &Service,
) -> (Projection, JoinHandle<()>) {
    let config = ProjectionConfig::default()
        .with_grace(Duration::ZERO)
        .with_seed(1);
    let projector = Projector::new(table.clone(), service.clone(), config).unwrap();
    let running = tokio::spawn({
        let projector = projector.clone();
        async move {
            tokio::join!(projector.start(), projector.keep(std::future::pending()));
        }
    });
    (projector, running)
}

fn name(key: u8) -> String {
    format!("p-{key}")
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_interleaving_the_projection_becomes_the_truth_and_never_goes_back(
        tells_numbers: bool,
        seed: u64,
        steps in steps(),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .unwrap();
        runtime.block_on(async {
            let mut world = World::new(tells_numbers, seed);
            for step in steps {
                world.step(step).await;
            }
            world.end().await;
        });
    }
}
