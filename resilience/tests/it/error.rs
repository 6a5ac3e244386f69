use std::error::Error as _;
use std::time::Duration;

use resilience::breaker::BreakerPolicy;
use resilience::retry::RetryPolicy;
use resilience::{BoxedError, Call, Error, ErrorKind, Policy, time};

use crate::peer::{Answer, Failure, Peer, breaker, built, by_status};

async fn error_of(answer: Answer) -> Error<Failure> {
    let policy = built(Policy::builder().retry(RetryPolicy::never()));
    let peer = Peer::answering([answer]);
    policy
        .run(Call::idempotent(), by_status, |attempt| peer.ask(attempt))
        .await
        .unwrap_err()
}

#[tokio::test(start_paused = true)]
async fn the_operations_error_is_the_source_and_not_in_the_text() {
    let error = error_of(Answer::Fail(Failure::Reset)).await;
    assert_eq!(error.to_string(), "the call failed");
    assert_eq!(error.source().unwrap().to_string(), "connection Reset");
    assert_eq!(error.into_inner(), Some(Failure::Reset));
}

#[tokio::test(start_paused = true)]
async fn a_timeout_has_no_error_of_the_operation() {
    let error = error_of(Answer::Hang).await;
    assert!(error.is_timeout() && !error.is_deadline_exceeded() && !error.is_circuit_open());
    assert!(error.source().is_none() && error.inner().is_none() && error.retry_after().is_none());
}

#[tokio::test(start_paused = true)]
async fn a_rejection_tells_when_to_come_back() {
    let breaker = breaker(BreakerPolicy::default().with_consecutive_failures(1));
    breaker.admit(time::now()).unwrap().failure(time::now());
    let policy = built(Policy::builder().breaker(breaker));
    let peer = Peer::answering([Answer::Status(200)]);
    let error = policy
        .run(Call::idempotent(), by_status, |attempt| peer.ask(attempt))
        .await
        .unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(30)));
    assert_eq!(error.open().unwrap().name(), "peer");
    assert_eq!(error.stopped_by(), None);
    assert_eq!(
        error.to_string(),
        "circuit breaker peer is open (1 failure in a row)"
    );
}

#[tokio::test(start_paused = true)]
async fn it_is_found_again_in_any_chain_of_boxes() {
    let boxed: Box<dyn std::error::Error + Send + Sync> = error_of(Answer::Hang).await.erase().into();
    let outer = std::io::Error::other(boxed);
    let found = Error::find(&outer).unwrap();
    assert_eq!((found.kind, found.attempts), (ErrorKind::AttemptTimedOut, 1));

    let failed = error_of(Answer::Fail(Failure::Reset)).await.erase();
    assert_eq!(Error::find(&failed).unwrap(), failed.info());
    let inner: Option<&Failure> = failed.inner().and_then(|inner| inner.get_ref().downcast_ref());
    assert_eq!(inner, Some(&Failure::Reset));
    assert_eq!(failed.source().unwrap().to_string(), "connection Reset");

    assert_eq!(Error::find(&Failure::Reset), None);
}

#[test]
fn it_is_small_enough_to_be_returned_by_value() {
    assert!(
        size_of::<Error<BoxedError>>() <= 112,
        "{} bytes",
        size_of::<Error<BoxedError>>()
    );
}
