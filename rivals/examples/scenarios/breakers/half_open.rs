use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use resilience::time;
use tokio::sync::{Semaphore, oneshot};
use tokio::task::{JoinSet, yield_now};

use super::{
    Answer, Breaker, Failure, OPEN_FOR, PATIENCE, Peer, Setup, Trip, compare, half_open, hangs, succeeds,
};
use crate::table::{Row, Verdict};

const ONE_FAILURE: Setup = Setup {
    trip: Trip::Consecutive(1),
    open_for: OPEN_FOR,
    trials: 1,
    patience: PATIENCE,
};

/// Shorter than the trials of the scenario that uses it.
const WINDOW: Duration = Duration::from_millis(20);

pub(super) fn all() -> Vec<Row> {
    let spaced = Setup::new(Trip::HalfWithin(WINDOW)).with_trials(2);
    vec![
        compare(
            "one trial, 500 callers at once: one reaches the peer",
            ONE_FAILURE,
            five_hundred_callers,
        ),
        compare(
            "a success admitted while it was closed does not close it",
            Setup::new(Trip::Consecutive(2)),
            stale_success,
        ),
        compare(
            "a trial that its caller gave up leaves its place to the next",
            ONE_FAILURE,
            trial_given_up,
        ),
        compare(
            "a trial that never comes back does not block it for ever",
            ONE_FAILURE,
            lost_trial,
        ),
        compare(
            "two spaced trials, each slower than the window, close it",
            spaced,
            move |breaker| spaced_trials(breaker, spaced),
        ),
    ]
}

async fn five_hundred_callers(breaker: Arc<dyn Breaker>) -> Verdict {
    const CALLERS: usize = 500;
    half_open(&*breaker, ONE_FAILURE).await;
    let (reached, rejected) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let answer = Arc::new(Semaphore::new(0));
    let mut callers = JoinSet::new();
    for _ in 0..CALLERS {
        let (reached, rejected, answer) = (Arc::clone(&reached), Arc::clone(&rejected), Arc::clone(&answer));
        let peer = async move {
            reached.fetch_add(1, Ordering::Relaxed);
            // Closed by nobody: whoever reached the peer waits for all callers.
            answer.acquire().await.map(drop).map_err(|_| Failure)
        };
        let call = breaker.call(None, Box::pin(peer));
        callers.spawn(async move {
            if call.await == Answer::Rejected {
                rejected.fetch_add(1, Ordering::Relaxed);
            }
        });
    }
    while reached.load(Ordering::Relaxed) + rejected.load(Ordering::Relaxed) < CALLERS {
        yield_now().await;
    }
    answer.add_permits(CALLERS);
    callers.join_all().await;
    let reached = reached.load(Ordering::Relaxed);
    Verdict::when(reached == 1, format!("{reached} reached it"))
}

/// A call that waits to be told how it ends.
fn told() -> (oneshot::Sender<Result<(), Failure>>, Peer) {
    let (tell, told) = oneshot::channel();
    (tell, Box::pin(async { told.await.unwrap_or(Err(Failure)) }))
}

async fn stale_success(breaker: Arc<dyn Breaker>) -> Verdict {
    let setup = Setup::new(Trip::Consecutive(2));
    let mut calls = JoinSet::new();
    let (tell_old, old) = told();
    calls.spawn(breaker.call(None, old));
    yield_now().await;
    half_open(&*breaker, setup).await;

    let (tell_trial, trial) = told();
    calls.spawn(breaker.call(None, trial));
    yield_now().await;
    let _ = tell_old.send(Ok(()));
    calls.join_next().await;
    let _ = tell_trial.send(Err(Failure));
    calls.join_next().await;
    // Half-open, the trial's failure has opened it; closed, one failure of two has not.
    let next = breaker.call(None, succeeds()).await;
    Verdict::when(next == Answer::Rejected, "the old success closed it")
}

async fn trial_given_up(breaker: Arc<dyn Breaker>) -> Verdict {
    half_open(&*breaker, ONE_FAILURE).await;
    let trial = breaker.call(None, hangs());
    let _ = time::timeout_at(time::now() + Duration::from_millis(5), trial).await;
    let next = breaker.call(None, succeeds()).await;
    Verdict::when(next == Answer::Succeeded, "the place was lost")
}

async fn lost_trial(breaker: Arc<dyn Breaker>) -> Verdict {
    half_open(&*breaker, ONE_FAILURE).await;
    let mut lost = JoinSet::new();
    lost.spawn(breaker.call(None, hangs()));
    time::sleep(2 * PATIENCE).await;
    let next = breaker.call(None, succeeds()).await;
    Verdict::when(
        next == Answer::Succeeded,
        "rejects everything for as long as the trial hangs",
    )
}

async fn spaced_trials(breaker: Arc<dyn Breaker>, setup: Setup) -> Verdict {
    half_open(&*breaker, setup).await;
    for _ in 0..2 {
        let slow = async {
            time::sleep(2 * WINDOW).await;
            Ok(())
        };
        if breaker.call(None, Box::pin(slow)).await != Answer::Succeeded {
            return Verdict::Fail("rejected a trial".to_owned());
        }
        time::sleep(2 * WINDOW).await;
    }
    let next = breaker.call(None, succeeds()).await;
    Verdict::when(
        next == Answer::Succeeded,
        "the trials' successes fell out of the window: it rejects for ever",
    )
}
