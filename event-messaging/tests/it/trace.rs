//! Trace context and correlation id, from the writer through the transport to the handler and its span.

use crate::handlers::{Deleted, config, dead_letters};
use crate::support::{Stop, broker, message, settle};
use event_messaging::{
    Consumer, Context, Handler, HandlerError, LogConsumer, OutboundMessage, Publisher, Relay, RelayConfig,
    Retries, clock, memory,
};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

const TRACEPARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

fn traced() -> OutboundMessage {
    message("a", 1).with_trace_context(TRACEPARENT, Some("vendor=1"))
}

/// Remembers what the context says, and fails as often as it was told to.
#[derive(Clone, Default)]
struct Curious {
    seen: Arc<Mutex<Vec<String>>>,
    failures: Arc<Mutex<u32>>,
}

impl<T: Send> Handler<Deleted, T> for Curious {
    type Error = HandlerError;

    async fn handle(&self, event: Deleted, _: &mut T, context: &Context<'_>) -> Result<(), HandlerError> {
        let correlation_id = context.correlation_id();
        assert_eq!(correlation_id, event.metadata().correlation_id);
        assert_eq!(
            context.deadline(),
            clock::now() + config().handler_deadline,
            "it has all its time"
        );
        self.seen.lock().unwrap().push(format!(
            "{} {} {} {} {} {}",
            context.attempt(),
            context.exchange(),
            context.routing_key(),
            context.traceparent().unwrap(),
            context.tracestate().unwrap(),
            correlation_id.unwrap(),
        ));
        let mut failures = self.failures.lock().unwrap();
        match failures.checked_sub(1) {
            None => Ok(()),
            Some(left) => {
                *failures = left;
                Err(HandlerError::transient("told to fail"))
            }
        }
    }
}

fn expected(attempt: u32) -> String {
    format!("{attempt} product.events product.product.deleted.v1 {TRACEPARENT} vendor=1 req-1")
}

#[tokio::test(start_paused = true)]
async fn both_reach_the_handler_from_the_outbox_over_relay_and_broker() {
    let (broker, queue) = broker();
    let outbox = memory::Outbox::new();
    outbox.enqueue(traced());
    let stop = Stop::new();
    let relay = Relay::new(outbox, broker.clone(), RelayConfig::default()).unwrap();
    let curious = Curious::default();
    let consumer = Consumer::new(queue, curious.clone(), dead_letters(&broker).0, config()).unwrap();
    let running = (
        tokio::spawn(relay.run(stop.signal())),
        tokio::spawn(consumer.run(stop.signal())),
    );
    settle().await;
    stop.now();
    running.0.await.unwrap();
    running.1.await.unwrap().unwrap();
    assert_eq!(*curious.seen.lock().unwrap(), [expected(1)]);
}

#[tokio::test(start_paused = true)]
async fn both_reach_the_handler_over_a_log_and_out_of_the_park() {
    let log = memory::Log::new();
    log.create_topic("product.events", 1, 10, memory::Retention::Newest);
    log.publish(vec![traced()]).await;
    let stop = Stop::new();
    let curious = Curious::default();
    *curious.failures.lock().unwrap() = 1;
    let consumer = LogConsumer::new(
        log.consumer("group", "product.events").unwrap(),
        curious.clone(),
        dead_letters(&broker().0).0,
        config().with_retries(Retries::new([Duration::from_secs(60)])),
    )
    .unwrap()
    .with_inbox(memory::Inbox::new());
    let running = tokio::spawn(consumer.run(stop.signal()));
    clock::sleep(Duration::from_secs(70)).await;
    stop.now();
    assert_eq!(running.await.unwrap().unwrap().unparked, 1);
    assert_eq!(*curious.seen.lock().unwrap(), [expected(1), expected(2)]);
}

/// One message that is handled at the second attempt.
async fn handle_at_the_second_attempt() {
    let (broker, queue) = broker();
    broker.publish(vec![traced()]).await;
    let curious = Curious::default();
    *curious.failures.lock().unwrap() = 1;
    let stop = Stop::new();
    let consumer = Consumer::new(queue, curious, dead_letters(&broker).0, config()).unwrap();
    let running = tokio::spawn(consumer.run(stop.signal()));
    clock::sleep(Duration::from_secs(3)).await;
    stop.now();
    running.await.unwrap().unwrap();
}

#[tokio::test(start_paused = true)]
async fn each_attempt_has_a_span_that_says_what_is_handled() {
    let spans = Spans::default();
    let _guard = tracing::subscriber::set_default(spans.clone());
    // Another test may be the first at the span's callsite just now, and find no subscriber there: tracing then keeps that
    // nobody is interested, unless it is asked to look again when the callsite is known.
    handle_at_the_second_attempt().await;
    tracing::callsite::rebuild_interest_cache();
    spans.0.lock().unwrap().clear();

    handle_at_the_second_attempt().await;
    let spans = spans.0.lock().unwrap();
    let processed: Vec<_> = spans
        .iter()
        .filter(|span| span["name"] == "messaging.process")
        .collect();
    assert_eq!(processed.len(), 2);
    for (index, span) in processed.iter().enumerate() {
        let field = |name: &str| span[name].as_str();
        assert_eq!(field("attempt"), (index + 1).to_string());
        assert_eq!(
            (field("type"), field("key"), field("message_id")),
            ("ProductDeleted", "a", "a#1")
        );
        assert_eq!(
            (field("traceparent"), field("correlation_id")),
            (TRACEPARENT, "req-1")
        );
    }
}

/// The spans that were opened, as their fields.
#[derive(Clone, Default)]
struct Spans(Arc<Mutex<Vec<BTreeMap<String, String>>>>);

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
        let mut spans = self.0.lock().unwrap();
        spans.push(fields.0);
        Id::from_u64(spans.len() as u64)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, _: &Event<'_>) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}
