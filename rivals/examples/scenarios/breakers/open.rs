use std::sync::Arc;
use std::time::Duration;

use resilience::time;

use super::{Answer, Breaker, Setup, Trip, compare, compare_on, open, succeeds};
use crate::clock::Clock;
use crate::table::{Row, Verdict};

pub(super) fn all() -> Vec<Row> {
    let long = Setup::new(Trip::Consecutive(1)).with_open_for(Duration::from_secs(30));
    vec![
        compare("a rejection allocates nothing", long, allocation_free),
        compare_on(
            Some(Clock::Tokio),
            "a paused clock that is moved on ends the wait of an open one",
            long,
            virtual_time,
        ),
    ]
}

async fn allocation_free(breaker: Arc<dyn Breaker>) -> Verdict {
    open(&*breaker, 100).await;
    let allocations = breaker.allocations_of_a_rejection();
    Verdict::when(allocations == 0, format!("{allocations} allocations"))
}

async fn virtual_time(breaker: Arc<dyn Breaker>) -> Verdict {
    open(&*breaker, 100).await;
    time::sleep(Duration::from_secs(31)).await;
    let next = breaker.call(None, succeeds()).await;
    Verdict::when(next == Answer::Succeeded, "still open: it reads another clock")
}
