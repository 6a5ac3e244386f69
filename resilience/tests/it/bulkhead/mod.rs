mod cancelled;
mod layer;
mod model;
mod queue;
mod reload;
mod slots;

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use resilience::Deadline;
use resilience::bulkhead::{Bulkhead, BulkheadPolicy, Full, Slot};

fn bulkhead(max_concurrent: u32, max_waiting: u32) -> Bulkhead {
    let policy = BulkheadPolicy::default()
        .with_max_concurrent(max_concurrent)
        .with_max_waiting(max_waiting);
    Bulkhead::new("peer", policy).unwrap()
}

fn by() -> Deadline {
    Deadline::after(Duration::from_secs(60))
}

type Acquire = Pin<Box<dyn Future<Output = Result<Slot, Full>>>>;

/// A call that wants a slot, not polled yet.
fn acquire(bulkhead: &Bulkhead) -> Acquire {
    let bulkhead = bulkhead.clone();
    Box::pin(async move { bulkhead.acquire(by()).await })
}

/// A call that waits for a slot.
fn waiting(bulkhead: &Bulkhead) -> Acquire {
    let mut acquire = acquire(bulkhead);
    assert!(poll(&mut acquire).is_none(), "it has to wait");
    acquire
}

/// What a future is ready with by now.
fn poll<F: Future + Unpin>(future: &mut F) -> Option<F::Output> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => Some(output),
        Poll::Pending => None,
    }
}
