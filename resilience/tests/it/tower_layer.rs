//! The breaker around a tower service.

use std::future::{Future, pending, poll_fn};
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use resilience::Deadline;
use resilience::breaker::{BreakerLayer, BreakerPolicy, CircuitBreaker, Open, State};
use resilience::classify::{Classification, TransientErrors};
use resilience::event::Event;
use resilience::time;
use tower::{BoxError, Layer, Service, ServiceExt, service_fn};

use crate::peer::{breaker, ms};

fn one_failure() -> BreakerPolicy {
    BreakerPolicy::default()
        .with_consecutive_failures(1)
        .with_trials(1)
}

/// A breaker that waits for its one trial.
async fn half_open() -> CircuitBreaker {
    let breaker = breaker(one_failure());
    breaker.admit(time::now()).unwrap().failure(time::now());
    time::sleep(Duration::from_secs(30)).await;
    breaker
}

/// Is ready at the poll of this number, from 0.
async fn after_polls(number: u32) {
    let mut polls = 0;
    poll_fn(|context| {
        context.waker().wake_by_ref();
        polls += 1;
        if polls > number {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn answers_and_errors_pass_through_and_count() {
    let breaker = breaker(one_failure());
    let answer =
        service_fn(|ok: bool| async move { if ok { Ok(7) } else { Err(BoxError::from("refused")) } });
    let mut service = BreakerLayer::new(breaker.clone(), TransientErrors).layer(answer);
    assert_eq!(service.ready().await.unwrap().call(true).await.unwrap(), 7);
    assert_eq!(breaker.snapshot().calls, 1);

    let error = service.ready().await.unwrap().call(false).await.unwrap_err();
    assert_eq!(error.to_string(), "refused");
    assert_eq!(breaker.state(), State::Open);

    let error = service.ready().await.unwrap().call(true).await.unwrap_err();
    let open = error.downcast_ref::<Open>().unwrap();
    assert_eq!(open.retry_after(), Some(Duration::from_secs(30)));
}

#[tokio::test(start_paused = true)]
async fn what_the_classifier_calls_a_failure_is_one() {
    let breaker = breaker(one_failure());
    let by_status = |result: Result<&u16, &BoxError>| match result {
        Ok(429) => Classification::throttled(None),
        Ok(500..) | Err(_) => Classification::FAILURE,
        Ok(_) => Classification::SUCCESS,
    };
    let echo = service_fn(|status: u16| async move { Ok::<_, BoxError>(status) });
    let mut service = BreakerLayer::new(breaker.clone(), by_status).layer(echo);
    for status in [200, 429, 500] {
        assert_eq!(breaker.state(), State::Closed);
        assert_eq!(service.ready().await.unwrap().call(status).await.unwrap(), status);
    }
    assert_eq!(breaker.state(), State::Open);
}

#[tokio::test(start_paused = true)]
async fn a_call_dropped_at_any_await_hands_its_trial_back() {
    let breaker = half_open().await;
    let slow = service_fn(|()| async {
        after_polls(3).await;
        Ok::<_, BoxError>(())
    });
    let mut service = BreakerLayer::new(breaker.clone(), TransientErrors).layer(slow);
    for polls in 0..4 {
        let mut call = Box::pin(service.ready().await.unwrap().call(()));
        for _ in 0..polls {
            assert!(
                call.as_mut()
                    .poll(&mut Context::from_waker(Waker::noop()))
                    .is_pending()
            );
        }
        assert_eq!(breaker.snapshot().trials, 1);
        drop(call);
        assert_eq!(breaker.snapshot().trials, 0, "dropped after {polls} polls");
    }
    service.ready().await.unwrap().call(()).await.unwrap();
    assert_eq!(breaker.state(), State::Closed);
}

#[tokio::test(start_paused = true)]
async fn a_call_dropped_after_the_deadline_of_its_request_is_a_failure() {
    let breaker = breaker(one_failure().with_consecutive_failures(3));
    let hang = service_fn(|_: Deadline| pending::<Result<(), BoxError>>());
    let mut service = BreakerLayer::new(breaker.clone(), TransientErrors)
        .with_deadline(|deadline: &Deadline| Some(*deadline))
        .layer(hang);
    for early in [true, false, false, false] {
        assert_eq!(breaker.state(), State::Closed);
        let call = service.ready().await.unwrap().call(Deadline::after(ms(100)));
        let cut_off = if early { ms(50) } else { ms(100) };
        time::timeout_at(time::now() + cut_off, call).await.unwrap_err();
    }
    assert_eq!(breaker.state(), State::Open);
}

#[tokio::test(start_paused = true)]
async fn a_panic_in_the_service_hands_the_trial_back() {
    let breaker = half_open().await;
    let broken = service_fn(|()| -> std::future::Ready<Result<(), BoxError>> { panic!("broken service") });
    let mut service = BreakerLayer::new(breaker.clone(), TransientErrors).layer(broken);
    let task = tokio::spawn(async move { service.call(()).await });
    assert!(task.await.unwrap_err().is_panic());
    assert!(breaker.admit(time::now()).is_ok());
}

#[tokio::test(start_paused = true)]
async fn readiness_is_that_of_the_service_within() {
    let breaker = breaker(one_failure());
    let limited = tower::limit::ConcurrencyLimit::new(
        service_fn(|()| std::future::pending::<Result<(), BoxError>>()),
        1,
    );
    let mut service = BreakerLayer::new(breaker, TransientErrors).layer(limited);
    let mut context = Context::from_waker(Waker::noop());
    assert!(service.poll_ready(&mut context).is_ready());
    let call = service.call(());
    assert!(service.poll_ready(&mut context).is_pending());
    drop(call);
    assert!(service.poll_ready(&mut context).is_ready());
}

#[tokio::test(start_paused = true)]
async fn a_rejection_is_ready_at_once_and_never_reaches_the_service() {
    let breaker = breaker(one_failure());
    breaker.isolate();
    let never = service_fn(|()| async { unreachable!("isolated") as Result<(), BoxError> });
    let mut service = BreakerLayer::new(breaker, TransientErrors).layer(never);
    let call = pin!(service.ready().await.unwrap().call(()));
    let answer = call.poll(&mut Context::from_waker(Waker::noop()));
    assert!(matches!(answer, Poll::Ready(Err(error)) if error.is::<Open>()));
}

#[tokio::test(start_paused = true)]
async fn the_listener_of_a_layer_hears_what_its_calls_bring_about() {
    let breaker = breaker(one_failure());
    let heard = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&heard);
    let layer = BreakerLayer::new(breaker, TransientErrors).on_event(move |event| {
        log.lock().unwrap().push(match event {
            Event::BreakerOpened { .. } => "opened",
            Event::BreakerHalfOpened { .. } => "half-opened",
            Event::BreakerClosed { .. } => "closed",
            Event::Rejected { .. } => "rejected",
            _ => "else",
        });
    });
    let mut service = layer.layer(service_fn(|ok: bool| async move {
        if ok {
            Ok(())
        } else {
            Err(BoxError::from("refused"))
        }
    }));
    for ok in [true, false, true] {
        let _ = service.ready().await.unwrap().call(ok).await;
    }
    time::sleep(Duration::from_secs(30)).await;
    service.ready().await.unwrap().call(true).await.unwrap();
    assert_eq!(
        *heard.lock().unwrap(),
        ["opened", "rejected", "half-opened", "closed"]
    );
}

#[tokio::test(start_paused = true)]
async fn a_call_that_outlives_its_breaker_touches_no_other() {
    let slow = service_fn(|()| async {
        after_polls(1).await;
        Err::<(), _>(BoxError::from("refused"))
    });
    let layer = BreakerLayer::new(breaker(one_failure()), TransientErrors);
    let call = layer.layer(slow).call(());
    drop(layer);
    // The next breaker may take over what the one before it left.
    let next: Vec<_> = (0..100).map(|_| breaker(one_failure())).collect();
    call.await.unwrap_err();
    assert!(next.iter().all(|breaker| breaker.state() == State::Closed));
    assert!(next.iter().all(|breaker| breaker.snapshot().calls == 0));
}
