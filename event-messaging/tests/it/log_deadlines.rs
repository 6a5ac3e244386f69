//! A group that does not answer: how long a consumer of a log waits for it, and what goes on meanwhile.

use crate::handlers::{Deleted, Effects, Slow, Started, config, dead_letters};
use crate::scripted::{Scripted, Told};
use crate::support::{Stop, broker, message, settle};
use event_messaging::memory::{self, Log, Retention};
use event_messaging::{
    ConsumerConfig, Handler, HandlerError, LogConsumer, LogEvent, LogSource, Partition, Publisher, Retries,
    clock,
};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const TOPIC: &str = "product.events";
const SECOND: Duration = Duration::from_secs(1);

/// A source whose group does not answer what it was told not to, and that keeps a diary.
struct Mute {
    inner: memory::LogConsumer,
    diary: Diary,
}

#[derive(Clone, Default)]
struct Diary(Arc<Mutex<Pages>>);

#[derive(Default)]
struct Pages {
    unanswered: Vec<&'static str>,
    entries: Vec<(String, clock::Instant)>,
}

impl Diary {
    /// Calls whose entry begins with one of these are not answered from now on.
    fn leave_unanswered(&self, calls: &[&'static str]) {
        self.0.lock().unwrap().unanswered = calls.to_vec();
    }

    /// When something was written down that begins with `what`, the first time.
    fn when(&self, what: &str) -> Option<clock::Instant> {
        let pages = self.0.lock().unwrap();
        let first = pages.entries.iter().find(|(entry, _)| entry.starts_with(what));
        first.map(|(_, at)| *at)
    }

    async fn write(&self, entry: String) {
        let is_unanswered = {
            let mut pages = self.0.lock().unwrap();
            pages.entries.push((entry.clone(), clock::now()));
            pages.unanswered.iter().any(|call| entry.starts_with(call))
        };
        if is_unanswered {
            std::future::pending::<()>().await;
        }
    }
}

impl LogSource for Mute {
    type Record = <memory::LogConsumer as LogSource>::Record;
    type Error = memory::TransportError;

    async fn next(&mut self) -> Result<Option<LogEvent<Self::Record>>, Self::Error> {
        let event = self.inner.next().await;
        if let Ok(Some(LogEvent::Revoked(_))) = &event {
            self.diary.write("revoked".to_owned()).await;
        }
        event
    }

    async fn commit(&mut self, partition: &Partition, next: u64) -> Result<(), Self::Error> {
        self.diary.write(format!("commit {}", partition.number())).await;
        self.inner.commit(partition, next).await
    }

    async fn release(&mut self, partitions: &[Partition]) -> Result<(), Self::Error> {
        self.diary.write("release".to_owned()).await;
        self.inner.release(partitions).await
    }

    fn pause(&mut self, partitions: &[Partition]) {
        self.inner.pause(partitions);
    }

    fn resume(&mut self, partitions: &[Partition]) {
        self.inner.resume(partitions);
    }
}

fn log() -> Log {
    let log = Log::new();
    log.create_topic(TOPIC, 2, 100_000, Retention::UntilCommitted);
    log
}

async fn publish(log: &Log, key: &str, sequence: u64) {
    let outcomes = log.publish(vec![message(key, sequence)]).await;
    assert!(outcomes.iter().all(|outcome| outcome.is_sent()));
}

/// A key of each partition.
async fn keys() -> [String; 2] {
    let probe = log();
    let mut reader = probe.consumer("probe", TOPIC).unwrap();
    let mut found = [None, None];
    for key in ('a'..='z').map(String::from) {
        publish(&probe, &key, 1).await;
        let record = loop {
            if let Some(LogEvent::Record(record)) = reader.next().await.unwrap() {
                break record;
            }
        };
        let number = event_messaging::Record::partition(&record).number() as usize;
        found[number].get_or_insert(key);
    }
    found.map(Option::unwrap)
}

fn start(
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

fn run(log: &Log, handler: impl Handler<Deleted> + 'static, config: ConsumerConfig) -> (Started, Diary) {
    let diary = Diary::default();
    let source = Mute {
        inner: log.consumer("group", TOPIC).unwrap(),
        diary: diary.clone(),
    };
    (start(source, handler, config), diary)
}

/// Lets another consumer join, which takes partition 1 away from the first one.
fn join(log: &Log) -> Started {
    start(log.consumer("group", TOPIC).unwrap(), Slow::default(), config())
}

#[tokio::test(start_paused = true)]
async fn a_revoked_partition_is_given_up_in_time_though_nobody_answers() {
    let (log, keys) = (log(), keys().await);
    let rarely = config().with_commit_interval(60 * SECOND);
    let (first, diary) = run(&log, Slow::default(), rarely);
    settle().await;
    diary.leave_unanswered(&["commit", "release"]);
    publish(&log, &keys[0], 1).await;
    publish(&log, &keys[1], 1).await;
    clock::sleep(2 * SECOND).await;
    let second = join(&log);
    clock::sleep(30 * SECOND).await;
    let [revoked, committed, released] =
        ["revoked", "commit", "release"].map(|what| diary.when(what).expect(what));
    assert_eq!(committed, revoked, "nothing ran");
    assert!(released - revoked <= 10 * SECOND, "{:?}", released - revoked);
    // It reads on when the release, too, had its time.
    publish(&log, &keys[0], 2).await;
    let before = first.control.counts().handled;
    clock::sleep(2 * SECOND).await;
    assert_eq!(first.control.counts().handled, before + 1);
    first.task.abort();
    second.task.abort();
}

#[tokio::test(start_paused = true)]
async fn commit_and_release_have_a_second_each_after_handlers_that_take_all_of_the_drain_timeout() {
    let (log, keys) = (log(), keys().await);
    let stuck_at_two = move |event: Deleted| async move {
        if event.metadata().sequence == Some(2) {
            std::future::pending::<()>().await;
        }
        Ok::<_, HandlerError>(())
    };
    let config = config()
        .with_drain_timeout(3 * SECOND)
        .with_commit_interval(60 * SECOND);
    let (first, diary) = run(&log, stuck_at_two, config);
    settle().await;
    diary.leave_unanswered(&["commit", "release"]);
    for sequence in 1..=2 {
        publish(&log, &keys[0], sequence).await;
        publish(&log, &keys[1], sequence).await;
    }
    settle().await;
    let second = join(&log);
    clock::sleep(30 * SECOND).await;
    let [revoked, committed, released] =
        ["revoked", "commit", "release"].map(|what| diary.when(what).expect(what));
    assert_eq!(
        (committed - revoked, released - revoked),
        (3 * SECOND, 4 * SECOND)
    );
    first.task.abort();
    second.task.abort();
}

#[tokio::test(start_paused = true)]
async fn a_retry_of_another_partition_is_made_while_a_commit_at_a_revocation_hangs() {
    let (log, keys) = (log(), keys().await);
    let config = config()
        .with_commit_interval(60 * SECOND)
        .with_retries(Retries::new([5 * SECOND]).with_jitter(0.0));
    let slow = Slow::failing(&format!("{}#1", keys[0]), 1);
    let (first, diary) = run(&log, slow.clone(), config);
    settle().await;
    diary.leave_unanswered(&["commit"]);
    publish(&log, &keys[0], 1).await;
    publish(&log, &keys[1], 1).await;
    clock::sleep(2 * SECOND).await;
    let second = join(&log);
    clock::sleep(20 * SECOND).await;
    // The first attempts took a second, and the wait before the retry five: in the midst of the commit.
    let begun = slow.begun_at();
    assert_eq!((begun.len(), begun[2] - begun[0]), (3, 6 * SECOND));
    assert!(diary.when("commit").unwrap() < begun[2] && begun[2] < diary.when("release").unwrap());
    first.task.abort();
    second.task.abort();
}

#[tokio::test(start_paused = true)]
async fn a_slot_that_a_revocation_frees_is_taken_while_the_release_hangs() {
    let (log, keys) = (log(), keys().await);
    let begun = Diary::default();
    let (stuck, of_handlers) = (keys[1].clone(), begun.clone());
    let handler = move |event: Deleted| {
        let (key, begun) = (event.payload().product_id.to_string(), of_handlers.clone());
        let is_stuck = key == stuck;
        async move {
            begun.write(key).await;
            if is_stuck {
                std::future::pending::<()>().await;
            }
            Ok::<_, HandlerError>(())
        }
    };
    let (first, diary) = run(&log, handler, config().with_concurrency(1));
    settle().await;
    diary.leave_unanswered(&["release"]);
    publish(&log, &keys[1], 1).await;
    settle().await;
    publish(&log, &keys[0], 1).await;
    settle().await;
    let second = join(&log);
    clock::sleep(20 * SECOND).await;
    assert_eq!(begun.when(&keys[0]), diary.when("release"));
    first.task.abort();
    second.task.abort();
}

#[tokio::test(start_paused = true)]
async fn a_commit_that_is_not_answered_keeps_records_of_others_back_for_its_limit_at_most() {
    let (log, keys) = (log(), keys().await);
    let slow = Slow::default();
    let (consumer, diary) = run(&log, slow.clone(), config().with_call_timeout(5 * SECOND));
    settle().await;
    diary.leave_unanswered(&["commit"]);
    publish(&log, &keys[1], 1).await;
    while diary.when("commit").is_none() {
        clock::sleep(SECOND / 10).await;
    }
    for sequence in 1..=10 {
        publish(&log, &keys[0], sequence).await;
        let published = clock::now();
        clock::sleep(7 * SECOND).await;
        let begun = slow.begun_at().pop().unwrap();
        assert!(begun - published <= 5 * SECOND, "{:?}", begun - published);
        assert_eq!(slow.done().len() as u64, 1 + sequence);
    }
    consumer.task.abort();
}

#[tokio::test(start_paused = true)]
async fn a_partition_whose_commit_is_not_answered_does_not_keep_the_others_from_theirs() {
    let (log, keys) = (log(), keys().await);
    let (consumer, diary) = run(&log, Slow::default(), config().with_call_timeout(5 * SECOND));
    settle().await;
    diary.leave_unanswered(&["commit 0"]);
    for sequence in 1..=20 {
        publish(&log, &keys[0], sequence).await;
        publish(&log, &keys[1], sequence).await;
    }
    clock::sleep(60 * SECOND).await;
    assert_eq!(log.lag("group", TOPIC), 20, "those of partition 0");
    consumer.task.abort();
}

#[tokio::test(start_paused = true)]
async fn a_pause_is_heeded_and_ended_while_a_commit_hangs() {
    let (log, keys) = (log(), keys().await);
    let slow = Slow::failing(&format!("{}#1", keys[0]), 2);
    let config = config().with_retries(Retries::new([3 * SECOND; 2]).with_jitter(0.0));
    let (consumer, diary) = run(&log, slow.clone(), config);
    settle().await;
    diary.leave_unanswered(&["commit"]);
    publish(&log, &keys[0], 1).await;
    publish(&log, &keys[1], 1).await;
    clock::sleep(2 * SECOND).await;
    assert!(diary.when("commit").is_some());
    consumer.control.pause();
    clock::sleep(10 * SECOND).await;
    assert_eq!(slow.begun().len(), 2);
    consumer.control.resume();
    settle().await;
    assert_eq!(slow.begun().len(), 3);
    consumer.task.abort();
}

#[tokio::test(start_paused = true)]
async fn the_drain_timeout_counts_from_the_shutdown_also_in_the_midst_of_a_revocation() {
    let (log, keys) = (log(), keys().await);
    let stuck = |_: Deleted| std::future::pending::<Result<(), HandlerError>>();
    let (first, diary) = run(&log, stuck, config().with_commit_interval(60 * SECOND));
    settle().await;
    diary.leave_unanswered(&["commit", "release"]);
    publish(&log, &keys[0], 1).await;
    publish(&log, &keys[1], 1).await;
    settle().await;
    let second = join(&log);
    clock::sleep(8 * SECOND).await;
    assert!(
        diary
            .when("revoked")
            .is_some_and(|revoked| revoked.elapsed() > 7 * SECOND)
    );
    let told = clock::now();
    assert_eq!(first.stopped().await.given_back, 2);
    assert!(told.elapsed() <= 10 * SECOND, "{:?}", told.elapsed());
    second.task.abort();
}

#[tokio::test(start_paused = true)]
async fn a_commit_of_the_inbox_that_hangs_does_not_hold_up_a_revocation_and_is_made_by_the_next_owner() {
    let (log, keys) = (log(), keys().await);
    let (store, effects) = (Scripted::default(), Effects::default());
    let config = config()
        .with_drain_timeout(2 * SECOND)
        .with_call_timeout(600 * SECOND);
    let over = || {
        let stop = Stop::new();
        let (dead_letters, _) = dead_letters(&broker().0);
        let source = log.consumer("group", TOPIC).unwrap();
        let consumer = LogConsumer::new(source, effects.clone(), dead_letters, config.clone());
        let consumer = consumer.unwrap().with_inbox(store.clone());
        Started {
            control: consumer.control(),
            task: tokio::spawn(consumer.run(stop.signal())),
            stop,
        }
    };
    let first = over();
    settle().await;
    store.tell("commit", Told::Hang);
    publish(&log, &keys[1], 1).await;
    publish(&log, &keys[1], 2).await;
    settle().await;
    store.tell("commit", Told::Pass);
    let second = over();
    clock::sleep(10 * SECOND).await;
    let expected = [1, 2].map(|sequence| format!("{}#{sequence}", keys[1]));
    assert_eq!(effects.all(), expected);
    assert_eq!(second.stopped().await.handled, 2);
    assert_eq!(first.stopped().await.given_back, 2);
}
