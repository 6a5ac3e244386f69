//! What a consumer with an inbox does beside its messages: it tries parked ones again, prunes the
//! inbox, and reports.

use super::Handler;
use super::control::Phase;
use super::worker::{StoreDown, Worker};
use crate::clock;
use crate::meters::{self, ConsumerMeters};
use crate::{DeadLetters, InboxStore};
use event_contracts::FromEnvelope;
use futures_util::future::join_all;
use std::future::Future;
use std::time::Duration;

/// Runs until the drain, and what runs then for as long as the drain may take.
pub(super) async fn keep<H, D, I, M>(worker: &Worker<H, D, I>)
where
    I: InboxStore,
    H: Handler<M, I::Transaction>,
    D: DeadLetters,
    M: FromEnvelope + Send,
{
    if !I::REMEMBERS && !ConsumerMeters::ARE_RECORDED {
        return;
    }
    let slots = if I::PARKS {
        worker.config.park.concurrency
    } else {
        0
    };
    let unparking = join_all((0..slots).map(|_| unpark::<H, D, I, M>(worker)));
    let keeping = async {
        tokio::join!(unparking, prune(worker), report(worker));
    };
    let drained = async {
        draining(worker).await;
        clock::sleep(worker.config.drain_timeout).await;
    };
    tokio::select! {
        biased;
        () = keeping => {}
        () = drained => {}
    }
}

/// One after another, for as long as any is due; then it looks again from time to time.
async fn unpark<H, D, I, M>(worker: &Worker<H, D, I>)
where
    I: InboxStore,
    H: Handler<M, I::Transaction>,
    D: DeadLetters,
    M: FromEnvelope + Send,
{
    let park = &worker.config.park;
    let mut phase = worker.control.watch();
    let mut failures = 0_u32;
    loop {
        // The sender lives as long as the worker.
        let _ = phase.wait_for(|phase| *phase != Phase::Paused).await;
        if worker.control.is_draining() {
            return;
        }
        let pause = match unpark_one::<_, _, _, M>(worker).await {
            Ok(is_any_due) => {
                failures = 0;
                if is_any_due {
                    Duration::ZERO
                } else {
                    park.poll_interval
                }
            }
            Err(StoreDown) => {
                failures = failures.saturating_add(1);
                worker.backoff(failures)
            }
        };
        unless_draining(worker, clock::sleep(pause)).await;
    }
}

/// Tries a message if any is due, and says whether one was.
async fn unpark_one<H, D, I, M>(worker: &Worker<H, D, I>) -> Result<bool, StoreDown>
where
    I: InboxStore,
    H: Handler<M, I::Transaction>,
    D: DeadLetters,
    M: FromEnvelope + Send,
{
    let claimed = worker
        .inbox
        .claim_parked(&worker.config.name, 1, worker.config.park.lease);
    let claimed = worker.checked("claim_parked", claimed).await?;
    for parked in &claimed {
        worker.try_parked::<M>(parked).await?;
    }
    Ok(!claimed.is_empty())
}

async fn prune<H, D: DeadLetters, I: InboxStore>(worker: &Worker<H, D, I>) {
    if !I::REMEMBERS {
        return;
    }
    let inbox = &worker.config.inbox;
    loop {
        unless_draining(worker, clock::sleep(inbox.prune_interval)).await;
        loop {
            if worker.control.is_draining() {
                return;
            }
            let (age, rows) = (inbox.retention, inbox.prune_batch);
            let pruned = worker.inbox.prune(&worker.config.name, age, rows);
            match worker.checked("prune", pruned).await {
                // There may be more; handlers have their turn in between.
                Ok(rows) if rows >= inbox.prune_batch => tokio::task::yield_now().await,
                _ => break,
            }
        }
    }
}

/// Reports the counts, and what is parked.
async fn report<H, D: DeadLetters, I: InboxStore>(worker: &Worker<H, D, I>) {
    if !ConsumerMeters::ARE_RECORDED {
        return;
    }
    let mut failures = 0_u32;
    while !worker.control.is_draining() {
        worker.meters.report(worker.counters().snapshot());
        let mut pause = meters::INTERVAL;
        if I::PARKS {
            let parked = worker.inbox.parked(&worker.config.name);
            if let Ok(backlog) = worker.checked("parked", parked).await {
                failures = 0;
                worker.meters.parked(&backlog);
            } else {
                failures = failures.saturating_add(1);
                pause = pause.max(worker.backoff(failures));
            }
        }
        unless_draining(worker, clock::sleep(pause)).await;
    }
}

async fn draining<H, D, I>(worker: &Worker<H, D, I>) {
    worker.control.draining().await;
}

async fn unless_draining<H, D, I>(worker: &Worker<H, D, I>, waits: impl Future<Output = ()>) {
    tokio::select! {
        biased;
        () = draining(worker) => {}
        () = waits => {}
    }
}
