use std::future::ready;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use allocation_counter::measure;
use resilience::event::Event;
use resilience::rate_limit::{Limited, RateLimitLayer};
use resilience::{Deadline, time};
use tower::{BoxError, Layer, Service, ServiceBuilder, ServiceExt, service_fn};

use super::{SECOND, limit, policy};
use crate::peer::ms;

#[tokio::test(start_paused = true)]
async fn calls_wait_for_their_turns() {
    let mut service = ServiceBuilder::new()
        .layer(RateLimitLayer::new(limit(policy(10, SECOND, 1))))
        .service_fn(|number: u32| async move { Ok::<_, BoxError>((number, time::now())) });
    let start = time::now();
    let mut calls = Vec::new();
    for number in 0..4 {
        calls.push(tokio::spawn(service.ready().await.unwrap().call(number)));
    }
    for (number, call) in (0..).zip(calls) {
        let (answered, at) = call.await.unwrap().unwrap();
        assert_eq!((answered, at - start), (number, ms(100) * number));
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_whose_turn_comes_after_its_deadline_is_rejected_at_once_and_told() {
    let told = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&told);
    let mut service = ServiceBuilder::new()
        .layer(
            RateLimitLayer::new(limit(policy(10, SECOND, 1)))
                .with_deadline(|by: &Deadline| Some(*by))
                .on_event(move |event| {
                    if let Event::RateLimited { limited, .. } = event {
                        log.lock().unwrap().push(limited.retry_after());
                    }
                }),
        )
        .service_fn(|_: Deadline| async { Ok::<_, BoxError>(()) });
    let start = time::now();
    let by = Deadline::after(ms(50));
    service.ready().await.unwrap().call(by).await.unwrap();
    let error = service.ready().await.unwrap().call(by).await.unwrap_err();
    let limited = error.downcast_ref::<Limited>().unwrap();
    assert_eq!(limited.retry_after(), Some(ms(100)));
    assert_eq!(time::now(), start);
    assert_eq!(*told.lock().unwrap(), [Some(ms(100))]);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped_before_its_turn_gives_it_back() {
    let limit = limit(policy(10, SECOND, 1));
    let layer = RateLimitLayer::new(limit.clone());
    let mut service = layer.layer(service_fn(|()| ready(Ok::<_, BoxError>(()))));
    let start = time::now();
    service.ready().await.unwrap().call(()).await.unwrap();
    drop(service.ready().await.unwrap().call(()));
    let mut waiting = Box::pin(service.ready().await.unwrap().call(()));
    let mut context = Context::from_waker(Waker::noop());
    assert!(waiting.as_mut().poll(&mut context).is_pending());
    drop(waiting);
    service.ready().await.unwrap().call(()).await.unwrap();
    assert_eq!(time::now() - start, ms(100));
}

/// An error that is made of a rejection without allocation.
#[derive(Debug)]
struct Rejected;

impl From<Limited> for Rejected {
    fn from(_: Limited) -> Self {
        Self
    }
}

#[test]
fn neither_a_call_nor_a_rejection_allocates() {
    let layer = RateLimitLayer::new(limit(policy(1, SECOND, 1).with_max_wait(ms(0))));
    let mut service = layer.layer(service_fn(|()| ready(Ok::<_, Rejected>(()))));
    let mut context = Context::from_waker(Waker::noop());
    for succeeds in [true, false] {
        let allocations = measure(|| {
            let mut call = std::pin::pin!(service.call(()));
            let Poll::Ready(result) = call.as_mut().poll(&mut context) else {
                panic!("a call that is ready at once")
            };
            assert_eq!(result.is_ok(), succeeds);
        });
        assert_eq!(allocations.count_total, 0);
    }
}
