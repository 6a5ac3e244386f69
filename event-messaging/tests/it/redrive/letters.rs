//! What a letter becomes.

use super::{Bench, patient};
use crate::handlers::{Effects, publish_all};
use crate::support::{message, settle};
use event_contracts::MessageId;
use event_messaging::{OutboundMessage, REDRIVEN_AT};

#[tokio::test(start_paused = true)]
async fn a_letter_becomes_the_message_that_it_was() {
    let bench = Bench::new(Effects::failing("a#1", 1).permanently());
    let consumer = bench.start(patient());
    let mut original = message("a", 1).with_trace_context("00-trace", None);
    original.content_type = "application/cloudevents+json".to_owned();
    publish_all(&bench.broker, vec![original.clone()]).await;
    settle().await;
    consumer.stopped().await;
    let mut redriven = bench.letter();
    assert!(redriven.headers.remove(REDRIVEN_AT).is_some());
    assert_eq!(redriven, original);

    bench.send(&original).await;
    let no_letter = bench.queue.try_recv().unwrap();
    let error = OutboundMessage::from_dead_letter(&no_letter).unwrap_err();
    assert!(error.is_no_dead_letter(), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_letter_that_nobody_can_read_is_sent_again_as_it_was() {
    let bench = Bench::new(Effects::default());
    let consumer = bench.start(patient());
    let id = MessageId::new("junk").unwrap();
    let junk = OutboundMessage::new(id, "product.events", "junk", "junk", "junk");
    publish_all(&bench.broker, vec![junk]).await;
    settle().await;
    let redriven = bench.letter();
    assert_eq!(
        (&*redriven.exchange, &*redriven.routing_key),
        ("product.events", "junk")
    );
    bench.send(&redriven).await;
    assert_eq!(bench.letter().body, "junk");
    assert_eq!(consumer.stopped().await.dead_lettered, 2);
}
