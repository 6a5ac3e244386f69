//! The way out: what runs is finished, the rest is given back.

use crate::handlers::{Deleted, Slow, config, publish, run};
use crate::support::{broker, ids, settle};
use event_messaging::{HandlerError, Retries, clock};
use std::time::Duration;

#[tokio::test(start_paused = true)]
async fn shutdown_finishes_what_runs_and_gives_back_the_rest_in_order() {
    let (broker, queue) = broker();
    publish(&broker, &[("a", 1), ("a", 2), ("b", 1), ("c", 1)]).await;
    let slow = Slow::failing("b#1", 1);
    let consumer = run(&broker, &queue, slow.clone(), config().with_concurrency(2));
    clock::sleep(Duration::from_millis(500)).await;
    let begun = clock::now();
    let counts = consumer.stopped().await;
    assert!(clock::now() - begun <= Duration::from_millis(510));
    assert_eq!(slow.done(), ["a#1"]);
    assert_eq!(
        (counts.received, counts.handled, counts.failed, counts.given_back),
        (4, 1, 1, 3)
    );
    assert_eq!(ids(&queue), ["a#2", "b#1", "c#1"]);
}

#[tokio::test(start_paused = true)]
async fn the_handle_ends_a_consumer_as_its_shutdown_does() {
    let (broker, queue) = broker();
    publish(&broker, &[("a", 1), ("a", 2)]).await;
    let slow = Slow::default();
    let consumer = run(&broker, &queue, slow.clone(), config());
    settle().await;
    consumer.control.drain();
    assert!(consumer.control.is_draining());
    let counts = consumer.task.await.unwrap().unwrap();
    assert_eq!((counts.handled, counts.given_back), (1, 1));
    assert_eq!(ids(&queue), ["a#2"]);
}

#[tokio::test(start_paused = true)]
async fn a_handler_that_outlasts_the_drain_is_dropped_and_its_message_given_back() {
    let (broker, queue) = broker();
    publish(&broker, &[("a", 1)]).await;
    let stuck = |_: Deleted| std::future::pending::<Result<(), HandlerError>>();
    let consumer = run(&broker, &queue, stuck, config());
    settle().await;
    let begun = clock::now();
    assert_eq!(consumer.stopped().await.given_back, 1);
    assert_eq!(clock::now() - begun, Duration::from_secs(10));
    assert_eq!(queue.ready(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_resting_message_does_not_hold_up_the_shutdown() {
    let (broker, queue) = broker();
    publish(&broker, &[("a", 1)]).await;
    let fails = |_: Deleted| async { Err::<(), _>(HandlerError::transient("no")) };
    let long = config().with_retries(Retries::new([Duration::from_secs(20)]));
    let consumer = run(&broker, &queue, fails, long);
    settle().await;
    let begun = clock::now();
    let counts = consumer.stopped().await;
    assert!(clock::now() - begun < Duration::from_millis(5));
    assert_eq!((counts.failed, counts.given_back, queue.ready()), (1, 1, 1));
}

#[tokio::test(start_paused = true)]
async fn a_message_behind_one_that_runs_is_not_given_back_before_that_one_has_ended() {
    let (broker, queue) = broker();
    publish(&broker, &[("a", 1), ("a", 2)]).await;
    let slow = Slow::default();
    let consumer = run(&broker, &queue, slow.clone(), config());
    clock::sleep(Duration::from_millis(500)).await;
    consumer.stop.now();
    settle().await;
    // Another consumer would overtake.
    assert_eq!((queue.ready(), slow.done().len()), (0, 0));
    consumer.task.await.unwrap().unwrap();
    assert_eq!((queue.ready(), slow.done().len()), (1, 1));
}
