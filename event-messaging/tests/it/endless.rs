//! Times that no clock counts up to: they are as good as for ever, and nobody panics.

use crate::support::{broker, message, settle};
use event_messaging::memory::faults::Faults;
use event_messaging::memory::{self, Log, Retention};
use event_messaging::{
    Context, DeadLetterExchange, DeadLetters, Failure, FailureKind, LogEvent, LogSource, OutboxStore,
    Outcome, Publisher, clock,
};
use std::time::Duration;

const EVER: Duration = Duration::MAX;

#[tokio::test(start_paused = true)]
async fn a_handler_may_be_given_for_ever() {
    let (broker, queue) = broker();
    broker.publish(vec![message("a", 1)]).await;
    let delivery = queue.try_recv().unwrap();
    let context = Context::new(&delivery, 1, EVER);
    let year = Duration::from_secs(365 * 86_400);
    assert!(context.deadline() > clock::now() + 20 * year);
    assert_eq!(context.deadline(), context.deadline());
}

#[tokio::test(start_paused = true)]
async fn a_dead_letter_may_take_for_ever() {
    let (broker, queue) = broker();
    broker.publish(vec![message("a", 1)]).await;
    let delivery = queue.try_recv().unwrap();
    let place = DeadLetterExchange::new(broker.clone(), "product.events").with_timeout(EVER);
    let failure = Failure::new(FailureKind::Permanent, "no", "test");
    place.put(&delivery, &failure).await.unwrap();
    assert_eq!(queue.ready(), 1);
}

#[tokio::test(start_paused = true)]
async fn leases_sessions_and_answers_may_last_for_ever() {
    let broker = memory::Broker::new().with_publish_timeout(EVER);
    let faulty = Faults::new().with_answer_within(EVER).publisher(broker);
    assert_eq!(faulty.publish(vec![message("a", 1)]).await, [Outcome::Unroutable]);

    let outbox = memory::Outbox::new();
    outbox.enqueue(message("a", 1));
    assert_eq!(outbox.claim(1, EVER).await.unwrap().len(), 1);
    assert!(outbox.claim(1, EVER).await.unwrap().is_empty());

    let log = Log::new()
        .with_publish_timeout(EVER)
        .with_session_timeout(EVER)
        .with_release_timeout(EVER);
    log.create_topic("product.events", 1, 10, Retention::Newest);
    assert_eq!(log.publish(vec![message("a", 1)]).await, [Outcome::Sent]);
    let mut first = log.consumer("group", "product.events").unwrap();
    let mut second = log.consumer("group", "product.events").unwrap();
    assert!(matches!(first.next().await.unwrap(), Some(LogEvent::Assigned(_))));
    let waiting = tokio::spawn(async move { second.next().await });
    settle().await;
    assert!(matches!(first.next().await.unwrap(), Some(LogEvent::Record(_))));
    waiting.abort();
}
