//! Attempts that fail: when they are made again, what waits for them, and when a message is given up.

use crate::handlers::{Deleted, Slow, config, dead_letters, publish, run};
use crate::support::{Scripted, Told, broker, settle};
use event_messaging::{Consumer, DeadLetterExchange, HandlerError, Outcome, Retries, clock};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

#[tokio::test(start_paused = true)]
async fn a_failed_message_is_tried_again_and_holds_back_its_key_alone() {
    let (broker, queue) = broker();
    publish(&broker, &[("a", 1), ("a", 2), ("b", 1), ("b", 2)]).await;
    let slow = Slow::failing("a#1", 2);
    let consumer = run(&broker, &queue, slow.clone(), config());
    clock::sleep(20 * SECOND).await;
    assert_eq!(slow.done(), ["b#1", "b#2", "a#1", "a#2"]);
    assert_eq!(slow.begun().iter().filter(|id| *id == "a#1").count(), 3);
    let counts = consumer.stopped().await;
    assert_eq!((counts.handled, counts.failed, counts.retried), (4, 2, 2));
}

#[tokio::test(start_paused = true)]
async fn the_waits_are_the_levels_and_then_the_message_is_a_dead_letter_and_the_next_one_flows() {
    let (broker, queue) = broker();
    publish(&broker, &[("a", 1), ("a", 2)]).await;
    let (_, dead) = dead_letters(&broker);
    let slow = Slow::failing("a#1", 100);
    let retries = Retries::default().with_jitter(0.0);
    let consumer = run(&broker, &queue, slow.clone(), config().with_retries(retries));
    clock::sleep(800 * SECOND).await;
    let begun = slow.begun_at();
    let waits: Vec<_> = begun
        .windows(2)
        // Each attempt takes a second by itself.
        .map(|pair| (pair[1] - pair[0] - SECOND).as_millis() / 1_000)
        .collect();
    assert_eq!(waits, [1, 5, 30, 120, 600, 0]);
    assert_eq!(slow.done(), ["a#2"]);
    let counts = consumer.stopped().await;
    assert_eq!((counts.handled, counts.failed, counts.dead_lettered), (1, 6, 1));
    let letter = dead.try_recv().unwrap();
    let headers = &letter.message().headers;
    assert_eq!(letter.message().message_id.as_str(), "a#1");
    assert_eq!(headers["x-dead-letter-kind"], "exhausted");
    assert_eq!(headers["x-dead-letter-reason"], "told to fail");
    assert_eq!(headers["x-dead-letter-attempts"], "6");
    let tried: u64 = headers["x-dead-letter-tried-ms"].parse().unwrap();
    assert_eq!(tried / 1_000, 762, "six attempts and the waits between them");
}

#[tokio::test(start_paused = true)]
async fn a_permanent_failure_is_a_dead_letter_at_once() {
    let (broker, queue) = broker();
    publish(&broker, &[("a", 1), ("a", 2)]).await;
    let (_, dead) = dead_letters(&broker);
    let slow = Slow::failing("a#1", 1).permanently();
    let consumer = run(&broker, &queue, slow.clone(), config());
    clock::sleep(3 * SECOND).await;
    assert_eq!(slow.begun(), ["a#1", "a#2"]);
    let letter = dead.try_recv().unwrap();
    assert_eq!(letter.message().headers["x-dead-letter-kind"], "permanent");
    assert_eq!(consumer.stopped().await.dead_lettered, 1);
}

#[tokio::test(start_paused = true)]
async fn a_failing_key_does_not_take_a_handlers_slot_while_it_rests() {
    let (broker, queue) = broker();
    publish(&broker, &[("a", 1), ("b", 1)]).await;
    let slow = Slow::failing("a#1", 1);
    let resting = config()
        .with_concurrency(1)
        .with_retries(Retries::new([20 * SECOND]));
    let consumer = run(&broker, &queue, slow.clone(), resting);
    clock::sleep(3 * SECOND).await;
    assert_eq!(slow.done(), ["b#1"]);
    clock::sleep(22 * SECOND).await;
    assert_eq!(slow.done(), ["b#1", "a#1"]);
    consumer.stopped().await;
}

#[tokio::test(start_paused = true)]
async fn a_handler_that_outlasts_its_deadline_has_failed() {
    let (broker, queue) = broker();
    publish(&broker, &[("a", 1)]).await;
    let (_, dead) = dead_letters(&broker);
    let stuck = |_: Deleted| std::future::pending::<Result<(), HandlerError>>();
    let impatient = config()
        .with_handler_deadline(2 * SECOND)
        .with_retries(Retries::new([]));
    let consumer = run(&broker, &queue, stuck, impatient);
    clock::sleep(3 * SECOND).await;
    assert_eq!(consumer.stopped().await.failed, 1);
    let letter = dead.try_recv().unwrap();
    assert_eq!(
        letter.message().headers["x-dead-letter-reason"],
        "the handler did not end within 2 s"
    );
}

#[tokio::test(start_paused = true)]
async fn a_handler_that_panics_has_failed_and_the_others_go_on() {
    let (broker, queue) = broker();
    publish(&broker, &[("a", 1), ("b", 1)]).await;
    let (_, dead) = dead_letters(&broker);
    let panics = |event: Deleted| async move {
        assert_ne!(event.payload().product_id.as_str(), "a", "cannot bear it");
        Ok::<_, HandlerError>(())
    };
    let consumer = run(
        &broker,
        &queue,
        panics,
        config().with_retries(Retries::new([SECOND])),
    );
    clock::sleep(3 * SECOND).await;
    let counts = consumer.stopped().await;
    assert_eq!((counts.handled, counts.failed, counts.dead_lettered), (1, 2, 1));
    let letter = dead.try_recv().unwrap();
    let reason = &letter.message().headers["x-dead-letter-reason"];
    assert!(
        reason.starts_with("the handler panicked: ") && reason.contains("cannot bear it"),
        "{reason}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_message_is_kept_until_its_dead_letter_is_safe_and_the_handler_is_not_asked_again() {
    let (broker, queue) = broker();
    publish(&broker, &[("a", 1), ("a", 2)]).await;
    let (_, dead) = dead_letters(&broker);
    let refusals = Arc::new(AtomicU32::new(5));
    let left = Arc::clone(&refusals);
    let publisher = Scripted::new(broker.clone(), move |_| {
        let refuse = left
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1))
            .is_ok();
        if refuse {
            Told::Answer(Outcome::Nacked)
        } else {
            Told::Pass
        }
    });
    let slow = Slow::failing("a#1", 1).permanently();
    let place = DeadLetterExchange::new(publisher, "dead");
    let consumer = Consumer::new(queue.clone(), slow.clone(), place, config()).unwrap();
    let control = consumer.control();
    let stop = crate::support::Stop::new();
    let task = tokio::spawn(consumer.run(stop.signal()));
    clock::sleep(SECOND + SECOND / 100).await;
    assert_eq!((control.counts().dead_letter_failures, queue.unsettled()), (1, 2));
    clock::sleep(20 * SECOND).await;
    stop.now();
    let counts = task.await.unwrap().unwrap();
    assert_eq!((counts.dead_lettered, counts.dead_letter_failures), (1, 5));
    assert_eq!(slow.begun(), ["a#1", "a#2"]);
    assert_eq!(dead.ready(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_consumer_that_dies_mid_message_loses_nothing_and_keeps_the_order() {
    let (broker, queue) = broker();
    publish(&broker, &[("a", 1), ("a", 2), ("a", 3)]).await;
    let slow = Slow::default();
    let consumer = run(&broker, &queue, slow.clone(), config());
    clock::sleep(SECOND + SECOND / 2).await;
    consumer.task.abort();
    settle().await;
    assert_eq!((slow.done(), queue.ready()), (vec!["a#1".to_owned()], 2));
    let again = queue.try_recv().unwrap();
    assert!(again.is_redelivered());
    drop(again);
    assert_eq!(crate::support::ids(&queue), ["a#2", "a#3"]);
}
