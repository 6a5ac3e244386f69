use std::future::{Ready, pending, ready};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use allocation_counter::measure;
use resilience::bulkhead::{BulkheadLayer, Full, FullReason};
use resilience::event::Event;
use resilience::{Deadline, time};
use tower::{BoxError, Layer, Service, ServiceBuilder, ServiceExt, service_fn};

use super::{bulkhead, poll};
use crate::peer::ms;

fn reason(error: &BoxError) -> FullReason {
    error.downcast_ref::<Full>().expect("a full bulkhead").reason()
}

#[tokio::test(start_paused = true)]
async fn a_call_holds_a_slot_until_it_ends() {
    let bulkhead = bulkhead(1, 0);
    let mut service = ServiceBuilder::new()
        .layer(BulkheadLayer::new(bulkhead.clone()))
        .service_fn(|wait: u64| async move {
            time::sleep(ms(wait)).await;
            Ok::<_, BoxError>(wait)
        });
    let first = service.ready().await.unwrap().call(10);
    assert_eq!(bulkhead.in_flight(), 1);
    let second = service.ready().await.unwrap().call(10).await.unwrap_err();
    assert_eq!(reason(&second), FullReason::NoRoom);
    assert_eq!(first.await.unwrap(), 10);
    assert_eq!(bulkhead.in_flight(), 0);
}

#[tokio::test(start_paused = true)]
async fn readiness_takes_no_slot() {
    let bulkhead = bulkhead(1, 0);
    let layer = BulkheadLayer::new(bulkhead.clone());
    let mut service = layer.layer(service_fn(|()| async { Ok::<_, BoxError>(()) }));
    service.ready().await.unwrap();
    let _clone = service.clone().ready().await.unwrap();
    assert_eq!(bulkhead.in_flight(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped_gives_its_slot_or_its_place_back() {
    let bulkhead = bulkhead(1, 1);
    let layer = BulkheadLayer::new(bulkhead.clone());
    let mut service = layer.layer(service_fn(|()| pending::<Result<(), BoxError>>()));
    let calling = service.ready().await.unwrap().call(());
    let mut waiting = Box::pin(service.ready().await.unwrap().call(()));
    assert!(poll(&mut waiting).is_none());
    assert_eq!((bulkhead.in_flight(), bulkhead.waiting()), (1, 1));
    drop(waiting);
    assert_eq!((bulkhead.in_flight(), bulkhead.waiting()), (1, 0));
    drop(calling);
    assert_eq!(bulkhead.in_flight(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_request_waits_until_its_own_deadline() {
    let bulkhead = bulkhead(1, 1);
    let _slot = bulkhead.try_acquire().unwrap();
    let mut service = ServiceBuilder::new()
        .layer(BulkheadLayer::new(bulkhead).with_deadline(|by: &Deadline| Some(*by)))
        .service_fn(|_: Deadline| async { Ok::<_, BoxError>(()) });
    let start = time::now();
    let call = service.ready().await.unwrap().call(Deadline::after(ms(70)));
    assert_eq!(reason(&call.await.unwrap_err()), FullReason::Deadline);
    assert_eq!(time::now() - start, ms(70));
}

/// Panics when it is called without having been ready.
#[derive(Default)]
struct Strict {
    ready: bool,
}

impl Clone for Strict {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Service<u32> for Strict {
    type Response = u32;
    type Error = BoxError;
    type Future = Ready<Result<u32, BoxError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.ready = true;
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: u32) -> Self::Future {
        assert!(std::mem::take(&mut self.ready), "called before it was ready");
        ready(Ok(request))
    }
}

#[tokio::test(start_paused = true)]
async fn a_request_that_waits_keeps_the_service_that_was_ready() {
    let bulkhead = bulkhead(1, 1);
    let slot = bulkhead.try_acquire().unwrap();
    let mut service = BulkheadLayer::new(bulkhead).layer(Strict::default());
    let mut call = Box::pin(service.ready().await.unwrap().call(7));
    assert!(poll(&mut call).is_none());
    drop(slot);
    assert_eq!(poll(&mut call).unwrap().unwrap(), 7);
    assert_eq!(service.ready().await.unwrap().call(8).await.unwrap(), 8);
}

#[tokio::test(start_paused = true)]
async fn rejections_are_told() {
    let bulkhead = bulkhead(1, 1);
    let _slot = bulkhead.try_acquire().unwrap();
    let told = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&told);
    let layer = BulkheadLayer::new(bulkhead.clone()).on_event(move |event| {
        if let Event::Full { full, .. } = event {
            log.lock().unwrap().push(full.reason());
        }
    });
    let mut service = layer.layer(Strict::default());
    let mut waiting = Box::pin(service.ready().await.unwrap().call(1));
    assert!(poll(&mut waiting).is_none());
    service.ready().await.unwrap().call(2).await.unwrap_err();
    waiting.await.unwrap_err();
    assert_eq!(*told.lock().unwrap(), [FullReason::NoRoom, FullReason::MaxWait]);
}

/// An error that is made of a rejection without allocation.
#[derive(Debug)]
struct Rejected;

impl From<Full> for Rejected {
    fn from(_: Full) -> Self {
        Self
    }
}

#[test]
fn neither_a_call_nor_a_rejection_allocates() {
    let bulkhead = bulkhead(1, 1);
    let inner = service_fn(|()| ready(Ok::<_, Rejected>(())));
    let mut service = BulkheadLayer::new(bulkhead.clone()).layer(inner);
    let mut context = Context::from_waker(Waker::noop());
    let mut call = |succeeds: bool| {
        measure(|| {
            let mut call = std::pin::pin!(service.call(()));
            let Poll::Ready(result) = call.as_mut().poll(&mut context) else {
                panic!("a call that is ready at once")
            };
            assert_eq!(result.is_ok(), succeeds);
        })
        .count_total
    };
    assert_eq!(call(true), 0);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap();
    let _inside = runtime.enter();
    let _slot = bulkhead.try_acquire().unwrap();
    let _waiting = super::waiting(&bulkhead);
    assert_eq!(call(false), 0);
}
