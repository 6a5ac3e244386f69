//! Events as lines of a log.

use std::fmt::Write;
use std::sync::{Arc, Mutex};

use resilience::breaker::BreakerPolicy;
use resilience::event::{Events, log};
use resilience::retry::{Jitter, RetryPolicy};
use resilience::{Call, Policy, time};
use tracing::field::{Field, Visit};
use tracing::span;

use crate::peer::{Answer, Peer, breaker, built, by_status, ms};

/// Keeps each line as `LEVEL target message field=value …`.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<String>>>);

impl tracing::Subscriber for Lines {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        true
    }

    fn event(&self, event: &tracing::Event<'_>) {
        let mut line = Line::default();
        event.record(&mut line);
        let (level, target) = (event.metadata().level(), event.metadata().target());
        let line = format!("{level} {target} {}{}", line.message, line.fields);
        self.0.lock().unwrap().push(line);
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

#[derive(Default)]
struct Line {
    message: String,
    fields: String,
}

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        match field.name() {
            "message" => self.message = format!("{value:?}"),
            name => write!(self.fields, " {name}={value:?}").unwrap(),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn each_event_is_a_line_with_its_level_and_fields() {
    let lines = Lines::default();
    let _guard = tracing::subscriber::set_default(lines.clone());
    let events = Events::new("inventory.getStock");
    events.listen(log);
    let breaker = breaker(
        BreakerPolicy::default()
            .with_consecutive_failures(2)
            .with_trials(1),
    );
    let policy = built(
        Policy::builder()
            .retry(RetryPolicy::default().with_jitter(Jitter::None))
            .attempt_timeout(ms(500))
            .breaker(breaker)
            .events(&events),
    );
    let peer = Peer::answering([Answer::Status(503), Answer::Hang, Answer::Status(200)]);
    let ask = || policy.run(Call::idempotent(), by_status, |attempt| peer.ask(attempt));
    ask().await.unwrap_err();
    ask().await.unwrap_err();
    time::sleep(ms(30_000)).await;
    ask().await.unwrap();

    let policy = "policy=\"inventory.getStock\"";
    assert_eq!(
        *lines.0.lock().unwrap(),
        [
            format!("DEBUG resilience retrying {policy} attempt=1 delay=100ms"),
            format!("WARN resilience circuit opened {policy} breaker=\"peer\" reason=2 failures in a row"),
            format!("DEBUG resilience attempt timed out {policy} attempt=2"),
            format!("DEBUG resilience gave up {policy} attempts=2 stop=\"circuit_open\""),
            format!(
                "DEBUG resilience rejected by open circuit {policy} breaker=\"peer\" reason=2 failures in a row \
                 retry_after=Some(30s)"
            ),
            format!("INFO resilience circuit half-open {policy} breaker=\"peer\""),
            format!("INFO resilience circuit closed {policy} breaker=\"peer\""),
        ]
    );
}
