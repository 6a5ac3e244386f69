//! Code of users that panics where nobody expects it: one message suffers, and the consumer goes on.

use crate::handlers::{Deleted, Effects, Started, config, dead_letters, publish, run};
use crate::scripted::{Scripted, Told, run_over};
use crate::support::{Stop, broker, message};
use event_contracts::{EnvelopeReader, FromEnvelope, RawEnvelope};
use event_messaging::memory::{self, Log, Retention};
use event_messaging::{
    Consumer, ConsumerCounts, DeadLetters, Failure, HandlerError, LogConsumer, Publisher, Received, Retries,
    clock,
};
use std::fmt;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tracing::field::Field;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

const SECOND: Duration = Duration::from_secs(1);

/// Takes no message of the key `bad`, and does not say so.
struct Touchy;

impl FromEnvelope for Touchy {
    fn is_accepted(raw: &RawEnvelope<'_>) -> bool {
        assert_ne!(raw.partition_key(), Some("worse"), "cannot be asked");
        true
    }

    fn from_envelope(raw: &RawEnvelope<'_>) -> Result<Self, event_contracts::Error> {
        assert_ne!(raw.partition_key(), Some("bad"), "cannot be read");
        Ok(Self)
    }
}

/// As [`Touchy`], and cannot even be read to its end.
struct Hasty;

impl FromEnvelope for Hasty {
    fn is_accepted(_: &RawEnvelope<'_>) -> bool {
        true
    }

    fn from_envelope(_: &RawEnvelope<'_>) -> Result<Self, event_contracts::Error> {
        Ok(Self)
    }

    fn read(reader: EnvelopeReader<'_>) -> Result<(RawEnvelope<'_>, Option<Self>), event_contracts::Error> {
        let raw = reader.into_raw()?;
        assert_ne!(raw.partition_key(), Some("bad"), "cannot be read");
        Ok((raw, None))
    }
}

async fn pleased(_: Touchy) -> Result<(), HandlerError> {
    Ok(())
}

fn reasons(dead: &memory::Queue) -> Vec<String> {
    std::iter::from_fn(|| dead.try_recv())
        .map(|letter| {
            let headers = letter.message().headers.clone();
            letter.ack();
            format!(
                "{}: {}",
                headers["x-dead-letter-kind"], headers["x-dead-letter-reason"]
            )
        })
        .collect()
}

fn assert_all_are_told(counts: ConsumerCounts, dead: &memory::Queue) {
    assert_eq!((counts.handled, counts.dead_lettered), (1, 2));
    let reasons = reasons(dead);
    assert!(
        reasons[0].starts_with("undecodable: the decoder panicked: "),
        "{reasons:?}"
    );
    assert!(
        reasons[0].contains("cannot be asked") && reasons[1].contains("cannot be read"),
        "{reasons:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_decoder_that_panics_makes_a_dead_letter_of_a_queues_message() {
    let (broker, queue) = broker();
    publish(&broker, &[("worse", 1), ("bad", 1), ("good", 1)]).await;
    let (place, dead) = dead_letters(&broker);
    let stop = Stop::new();
    let consumer = Consumer::new(queue, pleased, place, config()).unwrap();
    let running = tokio::spawn(consumer.run(stop.signal()));
    clock::sleep(SECOND).await;
    stop.now();
    assert_all_are_told(running.await.unwrap().unwrap(), &dead);
}

#[tokio::test(start_paused = true)]
async fn a_message_whose_reading_panics_is_known_to_the_inbox_when_it_comes_again() {
    let (broker, queue) = broker();
    let bad = message("bad", 1);
    broker.publish(vec![bad.clone(), bad, message("good", 1)]).await;
    let (place, dead) = dead_letters(&broker);
    let stop = Stop::new();
    let pleased = |_: Hasty| async { Ok::<_, HandlerError>(()) };
    let consumer = Consumer::new(queue, pleased, place, config())
        .unwrap()
        .with_inbox(memory::Inbox::new());
    let running = tokio::spawn(consumer.run(stop.signal()));
    clock::sleep(SECOND).await;
    stop.now();
    let counts = running.await.unwrap().unwrap();
    assert_eq!(
        (counts.handled, counts.dead_lettered, counts.duplicates),
        (1, 1, 1)
    );
    let reasons = reasons(&dead);
    assert!(
        reasons[0].starts_with("undecodable: the decoder panicked: ")
            && reasons[0].contains("cannot be read"),
        "{reasons:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_decoder_that_panics_makes_a_dead_letter_of_a_logs_record() {
    let log = Log::new();
    log.create_topic("product.events", 1, 10, Retention::UntilCommitted);
    log.publish(vec![message("worse", 1), message("bad", 1), message("good", 1)])
        .await;
    let (place, dead) = dead_letters(&broker().0);
    let stop = Stop::new();
    let source = log.consumer("group", "product.events").unwrap();
    let consumer = LogConsumer::new(source, pleased, place, config()).unwrap();
    let running = tokio::spawn(consumer.run(stop.signal()));
    clock::sleep(2 * SECOND).await;
    assert_eq!(log.lag("group", "product.events"), 0);
    stop.now();
    assert_all_are_told(running.await.unwrap().unwrap(), &dead);
}

#[tokio::test(start_paused = true)]
async fn a_decoder_that_panics_at_a_later_attempt_makes_a_dead_letter_of_a_parked_message_too() {
    static READ: AtomicU32 = AtomicU32::new(0);
    struct Once;
    impl FromEnvelope for Once {
        fn is_accepted(_: &RawEnvelope<'_>) -> bool {
            true
        }

        fn from_envelope(_: &RawEnvelope<'_>) -> Result<Self, event_contracts::Error> {
            assert_eq!(READ.fetch_add(1, Ordering::SeqCst), 0, "read before");
            Ok(Self)
        }
    }
    let (broker, queue) = broker();
    publish(&broker, &[("a", 1)]).await;
    let (place, dead) = dead_letters(&broker);
    let fails = |_: Once| async { Err::<(), _>(HandlerError::transient("not yet")) };
    let stop = Stop::new();
    let config = config().with_retries(Retries::new([60 * SECOND]));
    let consumer = Consumer::new(queue, fails, place, config)
        .unwrap()
        .with_inbox(memory::Inbox::new());
    let running = tokio::spawn(consumer.run(stop.signal()));
    clock::sleep(70 * SECOND).await;
    stop.now();
    let counts = running.await.unwrap().unwrap();
    assert_eq!((counts.parked, counts.unparked, counts.dead_lettered), (1, 1, 1));
    let reasons = reasons(&dead);
    assert!(
        reasons[0].contains("the decoder panicked: ") && reasons[0].contains("read before"),
        "{reasons:?}"
    );
}

/// An error that panics when it is asked for its words, or for its cause, or that is its own cause.
#[derive(Debug)]
enum Broken {
    Words,
    Cause,
    Circle,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        assert!(!matches!(self, Self::Words), "no words for this");
        f.write_str("broken")
    }
}

impl std::error::Error for Broken {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        assert!(!matches!(self, Self::Cause), "no cause for this");
        matches!(self, Self::Circle).then_some(self)
    }
}

#[tokio::test(start_paused = true)]
async fn a_handlers_error_that_cannot_speak_is_a_failure_that_says_so() {
    let (broker, queue) = broker();
    publish(&broker, &[("words", 1), ("cause", 1), ("circle", 1), ("good", 1)]).await;
    let (_, dead) = dead_letters(&broker);
    let fails = |event: Deleted| async move {
        match event.payload().product_id.as_str() {
            "words" => Err(HandlerError::permanent(Broken::Words)),
            "cause" => Err(HandlerError::permanent(Broken::Cause)),
            "circle" => Err(HandlerError::permanent(Broken::Circle)),
            _ => Ok(()),
        }
    };
    let consumer = run(&broker, &queue, fails, config());
    clock::sleep(SECOND).await;
    let counts = consumer.stopped().await;
    assert_eq!((counts.handled, counts.dead_lettered), (1, 3));
    let reasons = reasons(&dead);
    assert!(
        reasons[0].starts_with("permanent: the error panicked when it was asked: ")
            && reasons[0].contains("no words for this"),
        "{reasons:?}"
    );
    assert!(
        reasons[1].starts_with("permanent: broken: the error panicked")
            && reasons[1].contains("no cause for this"),
        "{reasons:?}"
    );
    assert!(
        reasons[2].starts_with("permanent: broken: broken: broken"),
        "{reasons:?}"
    );
}

/// Wants to know every word that is logged.
struct Curious;

impl Subscriber for Curious {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut |_: &Field, value: &dyn fmt::Debug| drop(format!("{value:?}")));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// Has no place for dead letters, and cannot say why.
struct Speechless(AtomicU32);

impl DeadLetters for Speechless {
    type Error = Broken;

    async fn put<R: Received>(&self, _: &R, _: &Failure) -> Result<(), Broken> {
        match self.0.fetch_add(1, Ordering::SeqCst) {
            0 => Err(Broken::Words),
            _ => Ok(()),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_error_of_the_dead_letters_that_cannot_speak_does_not_end_the_consumer() {
    let (broker, queue) = broker();
    publish(&broker, &[("a", 1), ("a", 2)]).await;
    let fails = |_: Deleted| async { Err::<(), _>(HandlerError::permanent("no")) };
    let _guard = tracing::subscriber::set_default(Curious);
    let stop = Stop::new();
    let consumer = Consumer::new(queue, fails, Speechless(AtomicU32::new(0)), config()).unwrap();
    let running = tokio::spawn(consumer.run(stop.signal()));
    clock::sleep(SECOND).await;
    stop.now();
    let counts = running.await.unwrap().unwrap();
    assert_eq!((counts.dead_lettered, counts.dead_letter_failures), (2, 1));
}

async fn handled_after_a_failure_of(operation: &'static str, failures: u32) {
    let place = broker();
    publish(&place.0, &[("a", 1), ("b", 1)]).await;
    let (effects, store) = (Effects::failing("a#1", failures), Scripted::default());
    let config = config().with_retries(Retries::new([60 * SECOND; 2]).with_jitter(0.0));
    let consumer: Started = run_over(&place, effects.clone(), &store, config);
    store.tell(operation, Told::FailSpeechless);
    clock::sleep(70 * SECOND).await;
    assert!(store.calls(operation) > 0, "{operation}");
    store.tell(operation, Told::Pass);
    clock::sleep(120 * SECOND).await;
    let mut all = effects.all();
    all.sort();
    assert_eq!(all, ["a#1", "b#1"], "{operation}");
    assert!(consumer.stopped().await.store_failures > 0, "{operation}");
}

#[tokio::test(start_paused = true)]
async fn a_stores_error_that_cannot_speak_does_not_end_the_consumer() {
    let _guard = tracing::subscriber::set_default(Curious);
    for operation in ["begin", "admit", "commit"] {
        handled_after_a_failure_of(operation, 0).await;
    }
    for operation in ["park", "claim_parked", "unpark"] {
        handled_after_a_failure_of(operation, 1).await;
    }
    handled_after_a_failure_of("postpone", 2).await;
}
