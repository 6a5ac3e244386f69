//! What stands in for an answer that did not come.

use std::convert::Infallible;
use std::future::{pending, ready};

use resilience::breaker::BreakerPolicy;
use resilience::classify::TransientErrors;
use resilience::fallback::{self, Answer as Told, FallbackLayer};
use resilience::retry::RetryPolicy;
use resilience::{Call, Deadline, Error, Policy, time};
use tower::{ServiceBuilder, ServiceExt, service_fn};

use crate::peer::{Answer, Failure, Peer, Status, breaker, built, by_status, ms};

fn once() -> Policy {
    built(
        Policy::builder()
            .retry(RetryPolicy::never())
            .attempt_timeout(ms(100)),
    )
}

const STALE: Status = (299, None);

async fn answer_to(answer: Answer) -> (u16, bool) {
    let peer = Peer::answering([answer]);
    let completed = once()
        .run_or(
            Call::idempotent(),
            by_status,
            |attempt| peer.ask(attempt),
            &fallback::value(STALE),
        )
        .await
        .unwrap();
    (completed.value.0, completed.is_fallback)
}

#[tokio::test(start_paused = true)]
async fn a_failure_is_replaced_and_the_value_marked() {
    let failures = [
        Answer::Status(500),
        Answer::Status(503),
        Answer::Later(429, ms(10)),
        Answer::Fail(Failure::Reset),
        Answer::Fail(Failure::Refused),
        Answer::Hang,
    ];
    for answer in failures {
        assert_eq!(answer_to(answer.clone()).await, (299, true), "{answer:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_definitive_answer_is_never_replaced() {
    for status in [200, 304, 404, 409, 422] {
        assert_eq!(answer_to(Answer::Status(status)).await, (status, false));
    }
}

#[tokio::test(start_paused = true)]
async fn a_rejected_call_falls_back_without_an_attempt() {
    let breaker = breaker(BreakerPolicy::default().with_consecutive_failures(1));
    breaker.admit(time::now()).unwrap().failure(time::now());
    let completed = built(Policy::builder().breaker(breaker))
        .run_or(
            Call::idempotent(),
            TransientErrors,
            |_| pending::<Result<u32, Failure>>(),
            &fallback::value(7),
        )
        .await
        .unwrap();
    assert_eq!(
        (completed.value, completed.attempts, completed.is_fallback),
        (7, 0, true)
    );
}

#[tokio::test(start_paused = true)]
async fn it_sees_what_the_call_brought_and_may_have_nothing() {
    let by_kind = fallback::from_fn(|(): &(), failure: Result<&u32, &Error<Failure>>| {
        failure.is_err_and(|error| error.is_timeout()).then_some(7)
    });
    let hung = once()
        .run_or(Call::idempotent(), TransientErrors, |_| pending(), &by_kind)
        .await;
    assert_eq!(hung.unwrap().value, 7);
    let failed = once()
        .run_or(
            Call::idempotent(),
            TransientErrors,
            |_| ready(Err(Failure::Reset)),
            &by_kind,
        )
        .await;
    assert_eq!(failed.unwrap_err().inner(), Some(&Failure::Reset));
}

#[tokio::test(start_paused = true)]
async fn another_service_has_what_is_left_of_the_deadline() {
    let slow = fallback::from_service(service_fn(|()| async {
        time::sleep(ms(50)).await;
        Ok::<_, Infallible>(7)
    }));
    for (left, is_there) in [(200, true), (120, false)] {
        let call = Call::idempotent().with_deadline(Deadline::after(ms(left)));
        let start = time::now();
        let result = once()
            .run_or(
                call,
                TransientErrors,
                |_| pending::<Result<u32, Failure>>(),
                &slow,
            )
            .await;
        assert_eq!(result.is_ok_and(|completed| completed.is_fallback), is_there);
        assert_eq!(time::now() - start, ms(left.min(150)));
    }
}

#[tokio::test(start_paused = true)]
async fn after_the_deadline_a_value_is_still_given() {
    let call = Call::idempotent().with_deadline(Deadline::after(ms(50)));
    let completed = once()
        .run_or(
            call,
            TransientErrors,
            |_| pending::<Result<u32, Failure>>(),
            &fallback::value(7),
        )
        .await
        .unwrap();
    assert!(completed.is_fallback);
}

#[tokio::test(start_paused = true)]
async fn the_layer_alone_falls_back_too() {
    let peer = Peer::answering([Answer::Status(200), Answer::Status(404), Answer::Status(503)]);
    let service = ServiceBuilder::new()
        .layer(FallbackLayer::new(fallback::value(STALE), by_status))
        .service_fn(move |_: u32| peer.answer());
    for (status, is_fallback) in [(200, false), (404, false), (299, true)] {
        let answer = service.clone().oneshot(7).await.unwrap();
        assert_eq!(
            (answer.is_fallback(), answer.into_value().0),
            (is_fallback, status)
        );
    }
}

#[tokio::test(start_paused = true)]
async fn the_layer_tells_the_failure_if_the_fallback_fails_too() {
    let service = ServiceBuilder::new()
        .layer(FallbackLayer::new(
            fallback::from_service(service_fn(|_: u32| ready(Err::<u32, _>("down too")))),
            TransientErrors,
        ))
        .service_fn(|id: u32| ready(if id == 1 { Ok(100) } else { Err(Failure::Reset) }));
    assert_eq!(service.clone().oneshot(1).await, Ok(Told::Live(100)));
    assert_eq!(service.oneshot(2).await, Err(Failure::Reset));
}
