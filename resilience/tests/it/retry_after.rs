use std::time::Duration;

use resilience::classify::{Classification, Outcome, Retry};
use resilience::retry::Stop;
use resilience::{Call, Deadline, Policy, time};

use crate::peer::{Answer, Failure, Peer, built, by_status, ms};

fn within_ten_seconds() -> Policy {
    built(Policy::builder().overall_timeout(Duration::from_secs(10)))
}

#[tokio::test(start_paused = true)]
async fn the_wait_that_the_peer_asks_for_is_kept() {
    for status in [429, 503] {
        let peer = Peer::answering([Answer::Later(status, Duration::from_secs(2)), Answer::Status(200)]);
        within_ten_seconds()
            .run(Call::idempotent(), by_status, |attempt| peer.ask(attempt))
            .await
            .unwrap();
        assert_eq!(peer.waits(), [Duration::from_secs(2)]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_wait_beyond_the_deadline_fails_at_once_and_tells_it() {
    let start = time::now();
    let mut requests = 0;
    let error = within_ten_seconds()
        .run(
            Call::idempotent().with_deadline(Deadline::after(Duration::from_secs(1))),
            |_: Result<&(), &Failure>| {
                Classification::new(Outcome::Throttled, Retry::After(Duration::from_secs(2)))
            },
            |_| {
                requests += 1;
                std::future::ready(Err(Failure::Reset))
            },
        )
        .await
        .unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(2)));
    assert_eq!(error.stopped_by(), Some(Stop::DeadlineTooClose));
    assert_eq!(requests, 1);
    assert_eq!(time::now(), start, "no time is lost");
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_ends_at_the_deadline_is_too_long() {
    let peer = Peer::answering([Answer::Later(429, Duration::from_secs(10))]);
    let start = time::now();
    let completed = within_ten_seconds()
        .run(Call::idempotent(), by_status, |attempt| peer.ask(attempt))
        .await
        .unwrap();
    assert_eq!((completed.value.0, time::now()), (429, start));
}

#[tokio::test(start_paused = true)]
async fn it_counts_as_a_retry() {
    let peer = Peer::answering([Answer::Later(429, ms(10))]);
    within_ten_seconds()
        .run(Call::idempotent(), by_status, |attempt| peer.ask(attempt))
        .await
        .unwrap();
    assert_eq!(peer.requests(), 4);
}

#[tokio::test(start_paused = true)]
async fn the_longest_wait_there_is_does_no_harm() {
    let policy = built(Policy::builder().overall_timeout(Duration::MAX));
    let peer = Peer::answering([Answer::Later(429, Duration::MAX)]);
    let completed = policy
        .run(Call::idempotent(), by_status, |attempt| peer.ask(attempt))
        .await
        .unwrap();
    assert_eq!(completed.attempts, 1);
}
