use std::sync::Arc;
use std::time::Duration;

use resilience::{Deadline, time};

use super::{Answer, Breaker, Setup, Trip, compare, hangs, open, succeeds};
use crate::table::{Row, Verdict};

pub(super) fn all() -> Vec<Row> {
    let three = Setup::new(Trip::Consecutive(3));
    vec![
        compare(
            "of the last 100 calls half must fail: after a million successes the 50th failure opens it",
            Setup::new(Trip::HalfOfLast(100)),
            fifty_failures,
        ),
        compare(
            "three calls cut off by their deadline open it",
            three,
            cut_off_by_their_deadline,
        ),
        compare("calls that their caller gave up do not open it", three, given_up),
    ]
}

async fn fifty_failures(breaker: Arc<dyn Breaker>) -> Verdict {
    for _ in 0..1_000_000 {
        breaker.call(None, succeeds()).await;
    }
    match open(&*breaker, 10_000).await {
        Some(failures) => Verdict::when(failures == 50, format!("opened after {failures} failures")),
        None => Verdict::Fail("still closed after 10,000 failures".to_owned()),
    }
}

async fn cut_off_by_their_deadline(breaker: Arc<dyn Breaker>) -> Verdict {
    for _ in 0..3 {
        let deadline = Deadline::after(Duration::from_millis(5));
        let call = breaker.call(Some(deadline), hangs());
        // That it was cut off is the point.
        let _ = time::timeout_at(deadline.instant(), call).await;
    }
    let next = breaker.call(None, succeeds()).await;
    Verdict::when(
        next == Answer::Rejected,
        "still closed: none of the three was counted",
    )
}

async fn given_up(breaker: Arc<dyn Breaker>) -> Verdict {
    for _ in 0..3 {
        let call = breaker.call(Some(Deadline::after(Duration::from_secs(1))), hangs());
        let _ = time::timeout_at(time::now() + Duration::from_millis(5), call).await;
    }
    let next = breaker.call(None, succeeds()).await;
    Verdict::when(next == Answer::Succeeded, "opened")
}
