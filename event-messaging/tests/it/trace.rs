//! Trace context, correlation id and causation: from the writer over outbox, relay and transport to the handler and its
//! span, at every attempt, and into the dead letter; over a queue and over a log.

use crate::handlers::{Deleted, config, dead_letters};
use crate::support::{Stop, broker};
use event_contracts::product::ProductDeleted;
use event_contracts::{Envelope, MessageId, RawEnvelope};
use event_messaging::{
    Consumer, ConsumerCounts, Context, Handler, HandlerError, LogConsumer, OutboundMessage, Relay,
    RelayConfig, Retries, clock, memory,
};
use product_types::{ProductId, Timestamp};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

const TRACEPARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
const TRACESTATE: &str = "vendor=1";
const SAID: &str = "handled here";

#[derive(Clone, Copy, Debug)]
enum Face {
    Queue,
    Log,
}

const FACES: [Face; 2] = [Face::Queue, Face::Log];

/// An event that another message caused, in the request `req-1` with its trace.
fn traced() -> OutboundMessage {
    let at = Timestamp::from_unix(1_790_000_000, 0).unwrap();
    let event = ProductDeleted::new(ProductId::new("a").unwrap(), at, "u-17");
    let id = |id| MessageId::new(id).unwrap();
    let envelope = Envelope::new_with_id(id("a#1"), event, "product-service", "req-1", at)
        .caused_by(id("order#7"))
        .with_sequence(1);
    let message = OutboundMessage::from_envelope(&envelope).unwrap();
    message.with_trace_context(TRACEPARENT, Some(TRACESTATE))
}

/// Remembers what it is told, and fails as often as it was told to.
#[derive(Clone, Default)]
struct Curious {
    seen: Arc<Mutex<Vec<String>>>,
    failures: u32,
    is_permanent: bool,
}

impl<T: Send> Handler<Deleted, T> for Curious {
    type Error = HandlerError;

    async fn handle(&self, event: Deleted, _: &mut T, context: &Context<'_>) -> Result<(), HandlerError> {
        tracing::info!("{SAID}");
        let metadata = event.metadata();
        assert_eq!(context.correlation_id(), metadata.correlation_id);
        assert_eq!(
            context.deadline(),
            clock::now() + config().handler_deadline,
            "it has all its time"
        );
        self.seen.lock().unwrap().push(format!(
            "{} {} {} {} {} {} {}",
            context.attempt(),
            context.exchange(),
            context.routing_key(),
            context.traceparent().unwrap(),
            context.tracestate().unwrap(),
            context.correlation_id().unwrap(),
            metadata.causation_id.as_ref().unwrap(),
        ));
        match (context.attempt() <= self.failures, self.is_permanent) {
            (false, _) => Ok(()),
            (true, false) => Err(HandlerError::transient("told to fail")),
            (true, true) => Err(HandlerError::permanent("told to give up")),
        }
    }
}

fn expected(attempts: u32) -> Vec<String> {
    let said = |attempt| {
        format!(
            "{attempt} product.events product.product.deleted.v1 {TRACEPARENT} {TRACESTATE} req-1 order#7"
        )
    };
    (1..=attempts).map(said).collect()
}

/// What came of one message on its whole way.
struct Arrived {
    seen: Vec<String>,
    counts: ConsumerCounts,
    letters: Vec<OutboundMessage>,
}

/// From the outbox to the end: the first retry is held in memory, the second spent in the park.
async fn travel(face: Face, curious: Curious) -> Arrived {
    let outbox = memory::Outbox::new();
    outbox.enqueue(traced());
    let ((broker, queue), stop) = (broker(), Stop::new());
    let (letters, dead) = dead_letters(&broker);
    let config = config().with_retries(Retries::new([Duration::from_secs(1), Duration::from_secs(60)]));
    let (seen, inbox) = (Arc::clone(&curious.seen), memory::Inbox::new());
    let (relay, consumer) = match face {
        Face::Queue => {
            let relay = Relay::new(outbox, broker.clone(), RelayConfig::default()).unwrap();
            let consumer = Consumer::new(queue, curious, letters, config).unwrap();
            let consumer = consumer.with_inbox(inbox);
            (
                tokio::spawn(relay.run(stop.signal())),
                tokio::spawn(consumer.run(stop.signal())),
            )
        }
        Face::Log => {
            let log = memory::Log::new();
            log.create_topic("product.events", 1, 10, memory::Retention::Newest);
            let source = log.consumer("group", "product.events").unwrap();
            let relay = Relay::new(outbox, log, RelayConfig::default()).unwrap();
            let consumer = LogConsumer::new(source, curious, letters, config).unwrap();
            let consumer = consumer.with_inbox(inbox);
            (
                tokio::spawn(relay.run(stop.signal())),
                tokio::spawn(consumer.run(stop.signal())),
            )
        }
    };
    clock::sleep(Duration::from_secs(70)).await;
    stop.now();
    assert_eq!(relay.await.unwrap().sent, 1);
    let counts = consumer.await.unwrap().unwrap();
    let letters = std::iter::from_fn(|| dead.try_recv()).map(|letter| {
        let message = letter.message().clone();
        letter.ack();
        message
    });
    Arrived {
        seen: seen.lock().unwrap().clone(),
        counts,
        letters: letters.collect(),
    }
}

fn failing(failures: u32) -> Curious {
    Curious {
        failures,
        ..Curious::default()
    }
}

#[tokio::test(start_paused = true)]
async fn all_of_it_reaches_the_handler() {
    for face in FACES {
        let arrived = travel(face, Curious::default()).await;
        assert_eq!(arrived.seen, expected(1), "{face:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_retry_and_the_park_lose_nothing_of_it() {
    for face in FACES {
        let arrived = travel(face, failing(2)).await;
        assert_eq!(arrived.seen, expected(3), "{face:?}");
        let counts = arrived.counts;
        assert_eq!((counts.retried, counts.parked, counts.unparked), (2, 1, 1));
    }
}

#[tokio::test(start_paused = true)]
async fn a_dead_letter_has_all_of_it() {
    let gives_up = Curious {
        is_permanent: true,
        ..failing(1)
    };
    // One from the transport, one out of the park.
    for (curious, attempts, parked) in [(gives_up, 1, 0), (failing(3), 3, 1)] {
        for face in FACES {
            let curious = Curious {
                seen: Arc::default(),
                ..curious.clone()
            };
            let arrived = travel(face, curious).await;
            assert_eq!(
                (arrived.seen, arrived.counts.unparked),
                (expected(attempts), parked)
            );
            let [letter] = &arrived.letters[..] else {
                panic!("one letter, and not {}", arrived.letters.len());
            };
            let header = |name: &str| letter.headers[name].as_str();
            assert_eq!(header("x-dead-letter-attempts"), attempts.to_string());
            assert_eq!(
                (header("traceparent"), header("tracestate")),
                (TRACEPARENT, TRACESTATE)
            );
            let raw = RawEnvelope::parse(&letter.body).unwrap();
            assert_eq!(
                (raw.message_id(), raw.correlation_id(), raw.causation_id()),
                ("a#1", Some("req-1"), Some("order#7"))
            );
        }
    }
}

#[tokio::test(start_paused = true)]
async fn each_attempt_runs_in_a_span_that_says_all_of_it() {
    let spans = Spans::default();
    let _guard = tracing::subscriber::set_default(spans.clone());
    // Another test may be the first at the span's callsite just now, and find no subscriber there: tracing then keeps that
    // nobody is interested, unless it is asked to look again when the callsite is known.
    travel(Face::Queue, failing(2)).await;
    tracing::callsite::rebuild_interest_cache();

    for face in FACES {
        *spans.seen() = Seen::default();
        travel(face, failing(2)).await;
        let seen = spans.seen();
        let handling: Vec<_> = seen
            .said_in
            .iter()
            .map(|span| &seen.opened[span.unwrap()])
            .collect();
        // At once, held in memory, and out of the park.
        assert_eq!(handling.len(), 3, "{face:?}");
        for (attempt, span) in (1..).zip(handling) {
            let expected = [
                ("name", "messaging.process"),
                ("attempt", &format!("{attempt}")),
                ("type", "ProductDeleted"),
                ("key", "a"),
                ("message_id", "a#1"),
                ("correlation_id", "req-1"),
                ("causation_id", "order#7"),
                ("traceparent", TRACEPARENT),
                ("tracestate", TRACESTATE),
            ];
            let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
            assert_eq!(*span, BTreeMap::from(expected), "{face:?}");
        }
    }
}

/// The spans that were opened, and in which of them the handler spoke.
#[derive(Clone, Default)]
struct Spans(Arc<Mutex<Seen>>);

#[derive(Default)]
struct Seen {
    opened: Vec<BTreeMap<String, String>>,
    /// The spans that are entered now.
    entered: Vec<usize>,
    said_in: Vec<Option<usize>>,
}

impl Spans {
    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.0.lock().unwrap()
    }
}

struct Fields(BTreeMap<String, String>);

impl Visit for Fields {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name().to_owned(), value.to_owned());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}"));
    }
}

impl Subscriber for Spans {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let name = span.metadata().name().to_owned();
        let mut fields = Fields(BTreeMap::from([("name".to_owned(), name)]));
        span.record(&mut fields);
        let mut seen = self.seen();
        seen.opened.push(fields.0);
        Id::from_u64(seen.opened.len() as u64)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields(BTreeMap::new());
        event.record(&mut fields);
        if fields.0.get("message").is_some_and(|message| message == SAID) {
            let mut seen = self.seen();
            let span = seen.entered.last().copied();
            seen.said_in.push(span);
        }
    }

    fn enter(&self, span: &Id) {
        self.seen().entered.push(span.into_u64() as usize - 1);
    }

    fn exit(&self, _: &Id) {
        self.seen().entered.pop();
    }
}
