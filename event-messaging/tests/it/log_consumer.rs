//! A consumer of a log: contiguous offsets, back-pressure, and partitions that come and go.

use crate::handlers::{Deleted, Effects, Slow, Started, config, dead_letters};
use crate::support::{Stop, broker, message, settle};
use event_contracts::MessageId;
use event_messaging::memory::faults::{Fault, Faults, Plan};
use event_messaging::memory::{self, Log, Retention};
use event_messaging::{
    ConsumerConfig, Handler, LogConsumer, LogEvent, LogSource, OutboundMessage, Partition, Publisher, Record,
    Retries, clock,
};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const TOPIC: &str = "product.events";
const SECOND: Duration = Duration::from_secs(1);

fn log(partitions: usize) -> Log {
    let log = Log::new();
    log.create_topic(TOPIC, partitions, 100_000, Retention::UntilCommitted);
    log
}

async fn publish(log: &Log, messages: impl IntoIterator<Item = OutboundMessage>) {
    let outcomes = log.publish(messages.into_iter().collect()).await;
    assert!(outcomes.iter().all(|outcome| outcome.is_sent()));
}

fn of(key: &str, sequences: std::ops::RangeInclusive<u64>) -> impl Iterator<Item = OutboundMessage> {
    sequences.map(move |sequence| message(key, sequence))
}

/// Runs a consumer of the log; its dead letters are dropped with their broker.
fn run(log: &Log, handler: impl Handler<Deleted> + 'static, config: ConsumerConfig) -> Started {
    run_over(log.consumer("group", TOPIC).unwrap(), handler, config)
}

fn run_over(
    source: impl LogSource<Record: 'static, Error: Send> + 'static,
    handler: impl Handler<Deleted> + 'static,
    config: ConsumerConfig,
) -> Started {
    let stop = Stop::new();
    let (dead_letters, _) = dead_letters(&broker().0);
    let consumer = LogConsumer::new(source, handler, dead_letters, config).unwrap();
    Started {
        control: consumer.control(),
        task: tokio::spawn(consumer.run(stop.signal())),
        stop,
    }
}

/// A source that keeps a diary of what it was told.
struct Told<S> {
    inner: S,
    diary: Diary,
}

#[derive(Clone, Default)]
struct Diary(Arc<Mutex<Vec<String>>>);

impl Diary {
    fn entries(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }

    fn write(&self, what: &str, partitions: &[Partition]) {
        let numbers: Vec<_> = partitions.iter().map(Partition::number).collect();
        self.0.lock().unwrap().push(format!("{what} {numbers:?}"));
    }
}

impl<S: LogSource> LogSource for Told<S> {
    type Record = S::Record;
    type Error = S::Error;

    async fn next(&mut self) -> Result<Option<LogEvent<S::Record>>, S::Error> {
        self.inner.next().await
    }

    async fn commit(&mut self, partition: &Partition, next: u64) -> Result<(), S::Error> {
        let entry = format!("commit {}@{next}", partition.number());
        self.diary.0.lock().unwrap().push(entry);
        self.inner.commit(partition, next).await
    }

    async fn release(&mut self, partitions: &[Partition]) -> Result<(), S::Error> {
        self.diary.write("release", partitions);
        self.inner.release(partitions).await
    }

    fn pause(&mut self, partitions: &[Partition]) {
        self.diary.write("pause", partitions);
        self.inner.pause(partitions);
    }

    fn resume(&mut self, partitions: &[Partition]) {
        self.diary.write("resume", partitions);
        self.inner.resume(partitions);
    }
}

fn told(log: &Log) -> (Told<memory::LogConsumer>, Diary) {
    let diary = Diary::default();
    let inner = log.consumer("group", TOPIC).unwrap();
    let source = Told {
        inner,
        diary: diary.clone(),
    };
    (source, diary)
}

#[tokio::test(start_paused = true)]
async fn records_are_handled_in_the_order_of_their_key_and_committed_at_intervals() {
    let log = log(2);
    publish(&log, of("a", 1..=3).chain(of("b", 1..=3))).await;
    let slow = Slow::default();
    let consumer = run(&log, slow.clone(), config());
    clock::sleep(SECOND + SECOND / 2).await;
    assert_eq!(log.lag("group", TOPIC), 6, "nothing is committed yet");
    clock::sleep(3 * SECOND).await;
    let done = slow.done();
    for key in ["a", "b"] {
        let of_key: Vec<_> = done.iter().filter(|id| id.starts_with(key)).collect();
        assert_eq!(
            of_key,
            [&format!("{key}#1"), &format!("{key}#2"), &format!("{key}#3")]
        );
    }
    assert_eq!(log.lag("group", TOPIC), 0);
    let counts = consumer.stopped().await;
    assert_eq!((counts.received, counts.handled, counts.given_back), (6, 6, 0));
}

#[tokio::test(start_paused = true)]
async fn only_what_is_done_without_a_hole_is_committed() {
    let log = log(1);
    publish(
        &log,
        [message("a", 1), message("b", 1), message("a", 2), message("b", 2)],
    )
    .await;
    let slow = Slow::failing("a#1", 99);
    let (source, diary) = told(&log);
    let stuck = config().with_retries(Retries::new([600 * SECOND]));
    let consumer = run_over(source, slow.clone(), stuck);
    clock::sleep(10 * SECOND).await;
    assert_eq!(slow.done(), ["b#1", "b#2"]);
    assert_eq!(log.lag("group", TOPIC), 4);
    let counts = consumer.stopped().await;
    assert_eq!((counts.handled, counts.given_back), (2, 2));
    assert!(
        !diary.entries().iter().any(|entry| entry.starts_with("commit")),
        "{:?}",
        diary.entries()
    );
}

#[tokio::test(start_paused = true)]
async fn what_is_done_is_committed_when_the_consumer_ends() {
    let log = log(1);
    publish(&log, of("a", 1..=5)).await;
    let slow = Slow::default();
    let rarely = config().with_commit_interval(60 * SECOND);
    let consumer = run(&log, slow.clone(), rarely);
    clock::sleep(2 * SECOND + SECOND / 2).await;
    assert_eq!(log.lag("group", TOPIC), 5);
    let counts = consumer.stopped().await;
    assert_eq!((counts.handled, counts.given_back), (3, 2));
    assert_eq!(log.lag("group", TOPIC), 2);
}

#[tokio::test(start_paused = true)]
async fn poison_is_done_when_its_dead_letter_is_safe() {
    let log = log(1);
    let id = MessageId::new("junk").unwrap();
    let junk = OutboundMessage::new(id, TOPIC, "product.product.deleted.v1", "a", "not json");
    publish(&log, [junk, message("a", 1)]).await;
    let slow = Slow::default();
    let consumer = run(&log, slow.clone(), config());
    clock::sleep(3 * SECOND).await;
    assert_eq!(slow.done(), ["a#1"]);
    assert_eq!(log.lag("group", TOPIC), 0);
    assert_eq!(consumer.stopped().await.dead_lettered, 1);
}

#[tokio::test(start_paused = true)]
async fn a_partition_that_is_behind_is_paused_alone_and_resumed_when_it_has_caught_up() {
    let log = log(2);
    let keys = keys_of_both(&log).await;
    let slow = Slow::failing(&format!("{}#2", keys[0]), 1);
    let (source, diary) = told(&log);
    let held = config()
        .with_prefetch(4)
        .with_retries(Retries::new([60 * SECOND]).with_jitter(0.0));
    let consumer = run_over(source, slow.clone(), held);
    settle().await;
    publish(&log, of(&keys[0], 2..=20).chain(of(&keys[1], 2..=20))).await;
    clock::sleep(30 * SECOND).await;
    let done = slow.done();
    let of_key = |key: &str| done.iter().filter(|id| id.starts_with(key)).count();
    assert_eq!((of_key(&keys[0]), of_key(&keys[1])), (1, 20));
    assert!(consumer.control.counts().in_flight <= 4);
    clock::sleep(60 * SECOND).await;
    assert_eq!(slow.done().len(), 40);
    assert_eq!(log.lag("group", TOPIC), 0);
    let entries = diary.entries();
    assert!(entries.contains(&"pause [0]".to_owned()) && entries.contains(&"resume [0]".to_owned()));
    consumer.stopped().await;
}

/// Publishes the first event of two keys, one of each partition, and names them in the order of their partitions.
async fn keys_of_both(log: &Log) -> [String; 2] {
    let mut found = [None, None];
    let probe = Log::new();
    probe.create_topic(TOPIC, 2, 1_000, Retention::Newest);
    let names: Vec<String> = ('a'..='z').map(String::from).collect();
    publish(&probe, names.iter().map(|key| message(key, 1))).await;
    let mut reader = probe.consumer("probe", TOPIC).unwrap();
    while found.iter().any(Option::is_none) {
        if let Some(LogEvent::Record(record)) = reader.next().await.unwrap() {
            let number = record.partition().number() as usize;
            found[number].get_or_insert(record.message().key.clone());
        }
    }
    let keys = found.map(Option::unwrap);
    publish(log, keys.iter().map(|key| message(key, 1))).await;
    keys
}

#[tokio::test(start_paused = true)]
async fn a_paused_consumer_pauses_all_its_partitions_and_keeps_them() {
    let log = log(2);
    let slow = Slow::default();
    let (source, diary) = told(&log);
    let consumer = run_over(source, slow.clone(), config());
    settle().await;
    consumer.control.pause();
    settle().await;
    publish(&log, of("a", 1..=2)).await;
    clock::sleep(300 * SECOND).await;
    assert!(slow.begun().is_empty());
    assert_eq!(diary.entries(), ["pause [0, 1]"]);
    consumer.control.resume();
    clock::sleep(3 * SECOND).await;
    assert_eq!(slow.done(), ["a#1", "a#2"]);
    consumer.stopped().await;
}

#[tokio::test(start_paused = true)]
async fn a_revoked_partition_is_released_after_what_runs_has_ended_and_is_committed() {
    let log = log(2);
    let keys = keys_of_both(&log).await;
    publish(&log, of(&keys[0], 2..=9).chain(of(&keys[1], 2..=9))).await;
    let slow = Slow::default();
    let (source, diary) = told(&log);
    let first = run_over(source, slow.clone(), config().with_commit_interval(60 * SECOND));
    clock::sleep(2 * SECOND + SECOND / 2).await;
    assert_eq!(slow.done().len(), 4);
    let second = run(&log, slow.clone(), config());
    settle().await;
    assert_eq!(diary.entries(), Vec::<String>::new());
    clock::sleep(SECOND).await;
    // The third of the key was running; the others of its partition are somebody else's.
    let entries = diary.entries();
    let commit = entries
        .iter()
        .position(|entry| entry.starts_with("commit"))
        .unwrap();
    let release = entries
        .iter()
        .position(|entry| entry.starts_with("release"))
        .unwrap();
    assert!(commit < release && entries[commit].ends_with("@3"), "{entries:?}");
    clock::sleep(20 * SECOND).await;
    let counts = (first.stopped().await, second.stopped().await);
    assert_eq!(counts.0.handled + counts.1.handled, 18);
    assert_eq!(log.lag("group", TOPIC), 0);
    assert_in_order(&slow.done(), &keys, 9);
}

fn assert_in_order(done: &[String], keys: &[String], last: u64) {
    for key in keys {
        let of_key: Vec<_> = done
            .iter()
            .filter(|id| id.starts_with(&format!("{key}#")))
            .collect();
        let expected: Vec<_> = (1..=last).map(|sequence| format!("{key}#{sequence}")).collect();
        assert_eq!(of_key, expected.iter().collect::<Vec<_>>());
    }
}

#[tokio::test(start_paused = true)]
async fn a_handler_that_outlasts_the_release_is_dropped_and_its_record_comes_to_the_other() {
    let log = log(2);
    let keys = keys_of_both(&log).await;
    let stuck = |_: Deleted| std::future::pending::<Result<(), event_messaging::HandlerError>>();
    let first = run(&log, stuck, config().with_drain_timeout(3 * SECOND));
    settle().await;
    let slow = Slow::default();
    let second = run(&log, slow.clone(), config());
    clock::sleep(2 * SECOND).await;
    assert!(slow.begun().is_empty());
    clock::sleep(3 * SECOND).await;
    assert_eq!(slow.done().len(), 1);
    assert!(keys.iter().any(|key| slow.done()[0] == format!("{key}#1")));
    assert_eq!(first.control.counts().given_back, 1);
    first.task.abort();
    second.stopped().await;
}

#[tokio::test(start_paused = true)]
async fn of_lost_partitions_everything_is_dropped_and_nothing_is_committed() {
    let log = log(1);
    publish(&log, of("a", 1..=3)).await;
    let slow = Slow::default();
    let (source, diary) = told(&log);
    let consumer = run_over(source, slow.clone(), config().with_commit_interval(60 * SECOND));
    clock::sleep(SECOND + SECOND / 2).await;
    assert_eq!(slow.done(), ["a#1"]);
    log.restart();
    settle().await;
    // It joined anew, and begins where its group has committed.
    assert_eq!(consumer.control.counts().given_back, 2);
    clock::sleep(4 * SECOND).await;
    assert_eq!(slow.done(), ["a#1", "a#1", "a#2", "a#3"]);
    assert!(diary.entries().is_empty());
    consumer.stopped().await;
    assert_eq!(log.lag("group", TOPIC), 0);
}

#[tokio::test(start_paused = true)]
async fn a_topic_that_is_deleted_ends_the_run_with_an_error() {
    let log = log(1);
    let consumer = run(&log, Slow::default(), config());
    settle().await;
    log.delete_topic(TOPIC);
    assert!(consumer.task.await.unwrap().unwrap_err().is_source());
}

#[tokio::test(start_paused = true)]
async fn with_an_inbox_a_late_retry_does_not_hold_back_the_offset() {
    let log = log(1);
    publish(&log, of("a", 1..=2).chain(of("b", 1..=1))).await;
    let (effects, inbox) = (Effects::failing("a#1", 1), memory::Inbox::new());
    let stop = Stop::new();
    let config = config().with_retries(Retries::new([60 * SECOND]).with_jitter(0.0));
    let consumer = LogConsumer::new(
        log.consumer("group", TOPIC).unwrap(),
        effects.clone(),
        dead_letters(&broker().0).0,
        config,
    )
    .unwrap()
    .with_inbox(inbox.clone());
    let task = tokio::spawn(consumer.run(stop.signal()));
    clock::sleep(2 * SECOND).await;
    assert_eq!(log.lag("group", TOPIC), 0);
    assert_eq!(effects.all(), ["b#1"]);
    assert_eq!(inbox.parked_ids("test"), ["a#1", "a#2"]);
    clock::sleep(62 * SECOND).await;
    assert_eq!(effects.all(), ["b#1", "a#1", "a#2"]);
    stop.now();
    task.await.unwrap().unwrap();
}

#[tokio::test(start_paused = true)]
async fn consumers_that_come_and_go_while_records_flow_keep_the_order_and_double_no_effect() {
    for seed in 0..20 {
        let mut random = fastrand::Rng::with_seed(seed);
        let log = log(4);
        let (effects, inbox) = (Effects::taking(SECOND / 50), memory::Inbox::new());
        let keys: Vec<String> = ('a'..='j').map(String::from).collect();
        let start = |seed| {
            let stop = Stop::new();
            let consumer = LogConsumer::new(
                log.consumer("group", TOPIC).unwrap(),
                effects.clone(),
                dead_letters(&broker().0).0,
                config().with_seed(seed),
            )
            .unwrap()
            .with_inbox(inbox.clone());
            (stop.clone(), tokio::spawn(consumer.run(stop.signal())))
        };
        let mut running = vec![start(seed)];
        for sequence in 1..=40 {
            publish(&log, keys.iter().map(|key| message(key, sequence))).await;
            clock::sleep(Duration::from_millis(random.u64(0..200))).await;
            match random.u32(0..8) {
                0 if running.len() < 4 => running.push(start(seed * 100 + sequence)),
                1 if running.len() > 1 => {
                    let (stop, task) = running.swap_remove(random.usize(0..running.len()));
                    stop.now();
                    task.await.unwrap().unwrap();
                }
                2 if running.len() > 1 => {
                    let (_, task) = running.swap_remove(random.usize(0..running.len()));
                    task.abort();
                }
                3 => log.restart(),
                _ => {}
            }
        }
        clock::sleep(120 * SECOND).await;
        for (stop, task) in running {
            stop.now();
            task.await.unwrap().unwrap();
        }
        assert_in_order(&effects.all(), &keys, 40);
        assert_eq!(log.lag("group", TOPIC), 0, "seed {seed}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_group_that_does_not_answer_a_commit_does_not_keep_the_consumer_from_ending() {
    let log = log(1);
    publish(&log, of("a", 1..=1)).await;
    let faults = Faults::new().with_commit_plan(Plan::script(|_| Some(Fault::Delay(86_400 * SECOND))));
    let source = faults.log(log.consumer("group", TOPIC).unwrap());
    let consumer = run_over(source, Slow::default(), config());
    clock::sleep(5 * SECOND).await;
    let told = clock::now();
    assert_eq!(consumer.stopped().await.handled, 1);
    assert!(told.elapsed() <= 11 * SECOND, "{:?}", told.elapsed());
}
