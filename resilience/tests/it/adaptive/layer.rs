use std::future::pending;
use std::sync::{Arc, Mutex};

use resilience::adaptive::{AdaptiveLayer, AdaptivePolicy};
use resilience::bulkhead::Full;
use resilience::classify::Classification;
use resilience::event::Event;
use resilience::{Deadline, time};
use tower::{BoxError, Layer, Service, ServiceBuilder, ServiceExt, service_fn};

use super::{aimd, limit};
use crate::peer::ms;

/// The request is the status that comes back.
fn by_status(result: Result<&u16, &BoxError>) -> Classification {
    match result {
        Ok(429) => Classification::throttled(None),
        Ok(503) => Classification::TRANSIENT,
        Ok(500) | Err(_) => Classification::FAILURE,
        Ok(_) => Classification::SUCCESS,
    }
}

#[tokio::test(start_paused = true)]
async fn throttled_calls_and_failures_that_may_pass_are_overloads() {
    let limit = limit(aimd());
    let mut service = ServiceBuilder::new()
        .layer(AdaptiveLayer::new(limit.clone(), by_status))
        .service_fn(|status: u16| async move {
            time::sleep(ms(1)).await;
            Ok::<_, BoxError>(status)
        });
    for (status, expected) in [(200, 20), (500, 20), (429, 18), (503, 16)] {
        service.ready().await.unwrap().call(status).await.unwrap();
        assert_eq!((limit.limit(), limit.in_flight()), (expected, 0), "{status}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_happens_is_told() {
    let limit = limit(AdaptivePolicy::default().with_initial_limit(10));
    let told = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&told);
    let layer = AdaptiveLayer::new(limit.clone(), by_status).on_event(move |event| {
        log.lock().unwrap().push(match event {
            Event::LimitChanged { name, change, .. } => {
                format!("{name} from {} to {}", change.from, change.to)
            }
            Event::Full { full, .. } => full.to_string(),
            other => format!("{other:?}"),
        });
    });
    let mut service = layer.layer(service_fn(|status: u16| async move { Ok::<_, BoxError>(status) }));
    service.ready().await.unwrap().call(429).await.unwrap();
    let _slots: Vec<_> = (0..9).map(|_| limit.try_acquire(time::now()).unwrap()).collect();
    let error = service.ready().await.unwrap().call(200).await.unwrap_err();
    assert!(error.is::<Full>());
    let expected = [
        "peer from 10 to 9",
        "peer is full, 9 calls under way (no room to wait)",
    ];
    assert_eq!(*told.lock().unwrap(), expected);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_cut_off_by_its_deadline_outside_is_an_overload_and_one_given_up_is_not() {
    let limit = limit(aimd());
    let told = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&told);
    let mut service = ServiceBuilder::new()
        .layer(
            AdaptiveLayer::new(limit.clone(), by_status)
                .with_deadline(|by: &Deadline| Some(*by))
                .on_event(move |event| {
                    if let Event::LimitChanged { change, .. } = event {
                        log.lock().unwrap().push(change.to);
                    }
                }),
        )
        .service_fn(|_: Deadline| pending::<Result<u16, BoxError>>());
    for (cut_off, expected) in [(ms(50), 20), (ms(100), 18)] {
        let call = service.ready().await.unwrap().call(Deadline::after(ms(100)));
        let cut_off = time::now() + cut_off;
        tokio::select! {
            biased;
            () = time::sleep_until(cut_off) => {}
            _ = call => panic!("it never answers"),
        }
        assert_eq!((limit.limit(), limit.in_flight()), (expected, 0));
    }
    assert_eq!(*told.lock().unwrap(), [18]);
}

#[tokio::test(start_paused = true)]
async fn a_call_may_wait_for_a_slot_of_its_own() {
    let limit = limit(aimd().with_initial_limit(1).with_max_waiting(1));
    let mut service = ServiceBuilder::new()
        .layer(AdaptiveLayer::new(limit.clone(), by_status))
        .service_fn(|status: u16| async move {
            time::sleep(ms(10)).await;
            Ok::<_, BoxError>(status)
        });
    let first = tokio::spawn(service.ready().await.unwrap().call(200));
    let second = tokio::spawn(service.ready().await.unwrap().call(201));
    let start = time::now();
    assert_eq!(first.await.unwrap().unwrap(), 200);
    assert_eq!(second.await.unwrap().unwrap(), 201);
    assert_eq!((time::now() - start, limit.in_flight()), (ms(20), 0));
}
