//! Letters that are there before their message has left: it may take effect, or come back at once.

use super::{Bench, MINUTE, SECOND, patient};
use crate::handlers::{Effects, publish, publish_all};
use crate::support::{Scripted, Told, settle};
use event_messaging::{
    DeadLetterExchange, DeadLetters, Failure, OutboundMessage, Publisher, Received, clock, memory,
};

/// Dead letters of a process that dies when the first of them is confirmed.
fn dying(bench: &Bench) -> DeadLetterExchange<impl Publisher + use<>> {
    let inbox = bench.inbox.clone();
    let publisher = Scripted::new(bench.broker.clone(), move |_| {
        inbox.set_down(true);
        Told::Pass
    });
    DeadLetterExchange::new(publisher, "dead")
}

#[tokio::test(start_paused = true)]
async fn a_message_that_takes_effect_though_its_letter_is_safe_absorbs_the_letter() {
    // From the queue; and from the park, where it is tried again when the dead process's lease has run out.
    for effects in [
        Effects::failing("a#1", 1).permanently(),
        Effects::failing("a#1", 3),
    ] {
        let bench = Bench::new(effects);
        let consumer = bench.start_with(dying(&bench), patient());
        publish(&bench.broker, &[("a", 1), ("a", 2)]).await;
        clock::sleep(61 * SECOND + SECOND / 2).await;
        assert_eq!(bench.dead.ready(), 1);
        assert!(!bench.inbox.is_handled("test", "a#1"));
        consumer.task.abort();
        let _ = consumer.task.await;
        bench.inbox.set_down(false);

        let consumer = bench.start(patient());
        clock::sleep(2 * MINUTE).await;
        assert_eq!(bench.effects.all(), ["a#1", "a#2"]);
        let calls = bench.effects.calls();
        bench.send(&bench.letter()).await;
        assert_eq!((bench.effects.all().len(), bench.effects.calls()), (2, calls));
        assert_eq!(consumer.stopped().await.duplicates, 1);
    }
}

#[tokio::test(start_paused = true)]
async fn two_letters_of_one_message_have_one_effect() {
    let bench = Bench::new(Effects::failing("a#1", 2).permanently());
    let consumer = bench.start_with(dying(&bench), patient());
    publish(&bench.broker, &[("a", 1)]).await;
    settle().await;
    consumer.task.abort();
    let _ = consumer.task.await;
    bench.inbox.set_down(false);
    let consumer = bench.start(patient());
    settle().await;
    assert_eq!(bench.dead.ready(), 2);
    while let Some(letter) = bench.dead.try_recv() {
        bench
            .send(&OutboundMessage::from_dead_letter(&letter).unwrap())
            .await;
        letter.ack();
    }
    assert_eq!((bench.effects.all().len(), bench.effects.calls()), (1, 3));
    consumer.stopped().await;
}

/// Sends every letter again at once, and answers after the message has come back.
struct Hasty(DeadLetterExchange<memory::Broker>, memory::Queue, memory::Broker);

impl DeadLetters for Hasty {
    type Error = event_messaging::NotPut;

    async fn put<R: Received>(&self, message: &R, failure: &Failure) -> Result<(), Self::Error> {
        self.0.put(message, failure).await?;
        if let Some(letter) = self.1.try_recv() {
            let message = OutboundMessage::from_dead_letter(&letter).unwrap();
            publish_all(&self.2, vec![message]).await;
            letter.ack();
        }
        clock::sleep(SECOND).await;
        Ok(())
    }
}

#[tokio::test(start_paused = true)]
async fn a_message_that_is_redriven_before_it_has_left_the_park_is_not_lost_with_it() {
    let bench = Bench::new(Effects::failing("a#1", 3));
    let exchange = DeadLetterExchange::new(bench.broker.clone(), "dead");
    let hasty = Hasty(exchange, bench.dead.clone(), bench.broker.clone());
    let consumer = bench.start_with(hasty, patient());
    publish(&bench.broker, &[("a", 1), ("a", 2)]).await;
    clock::sleep(2 * MINUTE).await;
    assert_eq!(bench.effects.all(), ["a#1", "a#2"]);
    assert_eq!((bench.effects.calls(), bench.queue.unsettled()), (5, 0));
    assert!(bench.inbox.parked_ids("test").is_empty());
    consumer.stopped().await;
}

#[tokio::test(start_paused = true)]
async fn a_message_that_is_redriven_before_its_queue_has_let_it_go_is_handled_after_it() {
    let bench = Bench::new(Effects::failing("a#1", 1).permanently());
    let exchange = DeadLetterExchange::new(bench.broker.clone(), "dead");
    let hasty = Hasty(exchange, bench.dead.clone(), bench.broker.clone());
    let consumer = bench.start_with(hasty, patient());
    publish(&bench.broker, &[("a", 1), ("a", 2)]).await;
    clock::sleep(MINUTE).await;
    assert_eq!(bench.effects.all(), ["a#2", "a#1"]);
    assert_eq!((bench.effects.calls(), bench.queue.unsettled()), (3, 0));
    consumer.stopped().await;
}
