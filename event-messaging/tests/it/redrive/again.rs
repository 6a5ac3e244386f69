//! What becomes of a message that is redriven.

use super::{Bench, MINUTE, SECOND, patient};
use crate::handlers::{Effects, config, dead_letters, publish, publish_all, run_with_inbox};
use crate::support::{Stop, message, settle};
use event_contracts::Envelope;
use event_contracts::price::ProductPriceChanged;
use event_messaging::{Consumer, Retries, UnknownTypes, clock, memory};
use std::convert::Infallible;

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
