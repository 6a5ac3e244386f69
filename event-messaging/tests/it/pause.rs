//! A consumer that is told to pause.

use crate::handlers::{Slow, config, publish, run};
use crate::support::broker;
use event_messaging::{Retries, clock};
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

#[tokio::test(start_paused = true)]
async fn a_paused_consumer_finishes_what_runs_and_begins_nothing() {
    let (broker, queue) = broker();
    publish(&broker, &[("a", 1), ("a", 2)]).await;
    let slow = Slow::default();
    let consumer = run(&broker, &queue, slow.clone(), config());
    clock::sleep(SECOND / 2).await;
    consumer.control.pause();
    assert!(consumer.control.is_paused());
    publish(&broker, &[("b", 1)]).await;
    clock::sleep(60 * SECOND).await;
    assert_eq!(slow.begun(), ["a#1"]);
    assert_eq!((slow.done().len(), queue.ready()), (1, 1));
    consumer.control.resume();
    clock::sleep(2 * SECOND).await;
    assert_eq!(slow.done(), ["a#1", "a#2", "b#1"]);
    consumer.stopped().await;
}

#[tokio::test(start_paused = true)]
async fn no_retry_is_made_in_a_pause() {
    let (broker, queue) = broker();
    publish(&broker, &[("a", 1)]).await;
    let slow = Slow::failing("a#1", 1);
    let consumer = run(
        &broker,
        &queue,
        slow.clone(),
        config().with_retries(Retries::new([2 * SECOND])),
    );
    clock::sleep(2 * SECOND).await;
    consumer.control.pause();
    clock::sleep(60 * SECOND).await;
    assert_eq!(slow.begun().len(), 1);
    consumer.control.resume();
    clock::sleep(2 * SECOND).await;
    assert_eq!(slow.done(), ["a#1"]);
    consumer.stopped().await;
}

#[tokio::test(start_paused = true)]
async fn a_paused_consumer_ends_when_it_is_told_to() {
    let (broker, queue) = broker();
    let consumer = run(&broker, &queue, Slow::default(), config());
    consumer.control.pause();
    clock::sleep(SECOND).await;
    let begun = clock::now();
    consumer.stopped().await;
    assert!(clock::now() - begun < SECOND);
}
