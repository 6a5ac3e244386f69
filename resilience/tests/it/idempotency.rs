//! A call that must not be repeated is sent once, unless it provably never arrived.

use resilience::retry::Stop;
use resilience::{Call, Policy};

use crate::peer::{Answer, Failure, Peer, built, by_status, ms};

async fn requests(call: Call, answers: impl Into<Vec<Answer>>) -> usize {
    let peer = Peer::answering(answers);
    let policy = built(Policy::builder().attempt_timeout(ms(100)));
    let _ = policy.run(call, by_status, |attempt| peer.ask(attempt)).await;
    peer.requests()
}

#[tokio::test(start_paused = true)]
async fn once_it_may_have_arrived_it_is_not_sent_again() {
    let answers = [
        Answer::Status(503),
        Answer::Later(429, ms(10)),
        Answer::Fail(Failure::Reset),
        Answer::Hang,
    ];
    for answer in answers {
        assert_eq!(
            requests(Call::not_idempotent(), [answer.clone()]).await,
            1,
            "{answer:?}"
        );
        assert!(
            requests(Call::idempotent(), [answer.clone()]).await > 1,
            "{answer:?}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn what_never_arrived_is_sent_again() {
    let answers = [Answer::Fail(Failure::Refused), Answer::Status(201)];
    assert_eq!(requests(Call::not_idempotent(), answers).await, 2);
}

#[tokio::test(start_paused = true)]
async fn after_one_attempt_that_may_have_arrived_the_earlier_ones_do_not_matter() {
    let answers = [
        Answer::Fail(Failure::Refused),
        Answer::Fail(Failure::Reset),
        Answer::Status(201),
    ];
    assert_eq!(requests(Call::not_idempotent(), answers).await, 2);
}

#[tokio::test(start_paused = true)]
async fn the_default_call_is_the_careful_one() {
    assert_eq!(Call::default(), Call::not_idempotent());
    assert!(!Call::default().idempotent);
}

#[tokio::test(start_paused = true)]
async fn the_error_says_that_this_was_the_reason() {
    let peer = Peer::answering([Answer::Fail(Failure::Reset)]);
    let error = built(Policy::builder())
        .run(Call::not_idempotent(), by_status, |attempt| peer.ask(attempt))
        .await
        .unwrap_err();
    assert_eq!(error.stopped_by(), Some(Stop::NotIdempotent));
}
