//! Dead letters that are sent again: handled once more, in a new place, and with one effect.

use crate::handlers::{Effects, Started, config, dead_letters, publish, publish_all, run_with_inbox};
use crate::support::{Scripted, Stop, Told, broker, message, settle};
use event_contracts::price::ProductPriceChanged;
use event_contracts::{Envelope, MessageId};
use event_messaging::{
    Consumer, ConsumerConfig, DeadLetterExchange, DeadLetters, Failure, OutboundMessage, Publisher,
    REDRIVEN_AT, Received, Retries, UnknownTypes, clock, memory,
};
use std::convert::Infallible;
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);

/// One retry is held, and one spent in the park.
fn patient() -> ConsumerConfig {
    config().with_retries(Retries::new([SECOND, MINUTE]).with_jitter(0.0))
}

struct Bench {
    broker: memory::Broker,
    queue: memory::Queue,
    dead: memory::Queue,
    inbox: memory::Inbox,
    effects: Effects,
}

impl Bench {
    fn new(effects: Effects) -> Self {
        let (broker, queue) = broker();
        let (_, dead) = dead_letters(&broker);
        Self {
            broker,
            queue,
            dead,
            inbox: memory::Inbox::new(),
            effects,
        }
    }

    fn start(&self, config: ConsumerConfig) -> Started {
        run_with_inbox(
            &self.broker,
            &self.queue,
            self.effects.clone(),
            self.inbox.clone(),
            config,
        )
    }

    /// Starts a consumer whose dead letters go through `publisher`.
    fn start_with(&self, dead_letters: impl DeadLetters + 'static, config: ConsumerConfig) -> Started {
        let stop = Stop::new();
        let consumer = Consumer::new(self.queue.clone(), self.effects.clone(), dead_letters, config)
            .unwrap()
            .with_inbox(self.inbox.clone());
        Started {
            control: consumer.control(),
            task: tokio::spawn(consumer.run(stop.signal())),
            stop,
        }
    }

    /// Takes the only dead letter, and makes the message of it.
    fn letter(&self) -> OutboundMessage {
        assert_eq!(self.dead.ready(), 1);
        let letter = self.dead.try_recv().unwrap();
        let message = OutboundMessage::from_dead_letter(&letter).unwrap();
        letter.ack();
        message
    }

    async fn send(&self, message: &OutboundMessage) {
        publish_all(&self.broker, vec![message.clone()]).await;
        settle().await;
    }
}

#[tokio::test(start_paused = true)]
async fn whichever_way_a_message_was_given_up_it_is_handled_once_when_it_is_redriven() {
    let all_held = || config().with_retries(Retries::new([SECOND]).with_jitter(0.0));
    for (config, effects) in [
        (patient(), Effects::failing("a#1", 1).permanently()),
        (all_held(), Effects::failing("a#1", 2)),
        (patient(), Effects::failing("a#1", 3)),
    ] {
        let bench = Bench::new(effects);
        let consumer = bench.start(config);
        publish(&bench.broker, &[("a", 1), ("a", 2)]).await;
        clock::sleep(2 * MINUTE).await;
        assert_eq!(bench.effects.all(), ["a#2"]);
        assert!(bench.inbox.is_given_up("test", "a#1"));

        let redriven = bench.letter();
        bench.send(&redriven).await;
        assert_eq!(bench.effects.all(), ["a#2", "a#1"]);
        assert!(bench.inbox.is_handled("test", "a#1") && !bench.inbox.is_given_up("test", "a#1"));
        let calls = bench.effects.calls();
        bench.send(&redriven).await;
        bench.send(&message("a", 1)).await;
        assert_eq!((bench.effects.all().len(), bench.effects.calls()), (2, calls));
        assert_eq!(consumer.stopped().await.duplicates, 2);
        assert_eq!(bench.queue.unsettled(), 0);
    }
}

#[tokio::test(start_paused = true)]
async fn a_message_that_could_not_be_read_is_handled_when_its_letter_is_redriven_repaired() {
    let bench = Bench::new(Effects::default());
    let consumer = bench.start(patient());
    let mut broken = message("a", 1);
    let right = broken.body.clone();
    let body = String::from_utf8(right.to_vec()).unwrap();
    broken.body = body.replace("productId", "other").into();
    publish_all(&bench.broker, vec![broken, message("a", 2)]).await;
    settle().await;
    assert_eq!(bench.effects.all(), ["a#2"]);

    let mut redriven = bench.letter();
    bench.send(&redriven).await;
    let again = bench.letter();
    assert_eq!(
        again.message_id.as_str(),
        "a#1",
        "not repaired, it is a dead letter anew"
    );
    redriven.body = right;
    bench.send(&redriven).await;
    bench.send(&redriven).await;
    assert_eq!(bench.effects.all(), ["a#2", "a#1"]);
    assert_eq!(consumer.stopped().await.duplicates, 1);
}

#[tokio::test(start_paused = true)]
async fn a_message_of_a_type_that_was_not_known_is_handled_when_it_is_redriven_to_who_knows_it() {
    let bench = Bench::new(Effects::default());
    let (letters, _) = dead_letters(&bench.broker);
    let prices = |_: Envelope<ProductPriceChanged>| async { Ok::<(), Infallible>(()) };
    let strict = config().with_unknown_types(UnknownTypes::DeadLetter);
    let consumer = Consumer::new(bench.queue.clone(), prices, letters, strict)
        .unwrap()
        .with_inbox(bench.inbox.clone());
    let stop = Stop::new();
    let older = tokio::spawn(consumer.run(stop.signal()));
    publish(&bench.broker, &[("a", 1)]).await;
    settle().await;
    stop.now();
    assert_eq!(older.await.unwrap().unwrap().dead_lettered, 1);

    let newer = bench.start(config());
    let redriven = bench.letter();
    bench.send(&redriven).await;
    bench.send(&redriven).await;
    assert_eq!(
        (bench.effects.all(), bench.effects.calls()),
        (vec!["a#1".to_owned()], 1)
    );
    newer.stopped().await;
}

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

#[tokio::test(start_paused = true)]
async fn a_redriven_message_that_fails_again_has_all_its_retries_and_a_new_letter() {
    let bench = Bench::new(Effects::failing("a#1", 7));
    let consumer = bench.start(patient());
    publish(&bench.broker, &[("a", 1)]).await;
    for calls in [3, 6] {
        clock::sleep(2 * MINUTE).await;
        assert_eq!((bench.effects.calls(), bench.dead.ready()), (calls, 1));
        assert!(bench.inbox.is_given_up("test", "a#1"));
        // One that was not redriven is absorbed as before.
        bench.send(&message("a", 1)).await;
        assert_eq!(bench.effects.calls(), calls);
        bench.send(&bench.letter()).await;
    }
    clock::sleep(2 * SECOND).await;
    assert_eq!(
        (bench.effects.all(), bench.effects.calls()),
        (vec!["a#1".to_owned()], 8)
    );
    assert_eq!(bench.dead.ready(), 0);
    let counts = consumer.stopped().await;
    assert_eq!(
        (counts.dead_lettered, counts.handled, counts.duplicates),
        (2, 1, 2)
    );
}

#[tokio::test(start_paused = true)]
async fn a_redriven_message_takes_its_place_behind_those_of_its_key_that_wait() {
    // a#2 fails and is parked before a#1 comes again, and a#3 and a#4 come around it.
    let bench = Bench::new(Effects::failing("a#1", 3).and_failing("a#2", 2));
    let consumer = bench.start(patient());
    publish(&bench.broker, &[("a", 1)]).await;
    clock::sleep(2 * MINUTE).await;
    publish(&bench.broker, &[("a", 2), ("a", 3)]).await;
    clock::sleep(2 * SECOND).await;
    let redriven = bench.letter();
    bench.send(&redriven).await;
    bench.send(&redriven).await;
    publish(&bench.broker, &[("a", 4), ("b", 1)]).await;
    settle().await;
    assert_eq!(bench.inbox.parked_ids("test"), ["a#2", "a#3", "a#1", "a#4"]);
    clock::sleep(2 * MINUTE).await;
    assert_eq!(bench.effects.all(), ["b#1", "a#2", "a#3", "a#1", "a#4"]);
    consumer.stopped().await;
}

#[tokio::test(start_paused = true)]
async fn a_redriven_message_is_absorbed_by_those_who_have_handled_it() {
    let bench = Bench::new(Effects::failing("a#1", 1).permanently());
    let others = bench.broker.declare_queue("others", 100);
    bench.broker.bind("others", "product.events", "#").unwrap();
    let (inbox, effects) = (memory::Inbox::new(), Effects::default());
    let consumer = bench.start(patient());
    let other = run_with_inbox(&bench.broker, &others, effects.clone(), inbox, patient());
    publish(&bench.broker, &[("a", 1)]).await;
    settle().await;
    bench.send(&bench.letter()).await;
    assert_eq!(
        (bench.effects.all(), effects.all()),
        (vec!["a#1".to_owned()], vec!["a#1".to_owned()])
    );
    assert_eq!(other.stopped().await.duplicates, 1);
    consumer.stopped().await;
}

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
