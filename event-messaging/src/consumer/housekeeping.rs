//! What a consumer with an inbox does beside its messages: it tries parked ones again, counts them, prunes the inbox, and
//! reports.

use super::worker::Worker;
use super::{Handler, unparking};
use crate::clock;
use crate::meters::{self, ConsumerMeters};
use crate::{DeadLetters, InboxStore};
use event_contracts::FromEnvelope;
use std::future::Future;

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
    let keeping = async {
        tokio::join!(
            unparking::unpark::<H, D, I, M>(worker),
            prune(worker),
            report(worker)
        );
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

/// Reports the counts, and counts what is parked.
async fn report<H, D: DeadLetters, I: InboxStore>(worker: &Worker<H, D, I>) {
    if !I::PARKS && !ConsumerMeters::ARE_RECORDED {
        return;
    }
    let mut failures = 0_u32;
    let mut was_full = false;
    while !worker.control.is_draining() {
        worker.meters.report(worker.counters().snapshot());
        let mut pause = meters::INTERVAL;
        if I::PARKS {
            let parked = worker.inbox.parked(&worker.config.name);
            if let Ok(backlog) = worker.checked("parked", parked).await {
                failures = 0;
                worker.meters.parked(&backlog);
                worker.park.counted(backlog.messages);
                let is_full = !worker.has_room_in_park();
                if is_full && !was_full {
                    tracing::warn!(
                        consumer = worker.config.name,
                        messages = backlog.messages,
                        keys = backlog.keys,
                        "the park is full: keys that fail are held, and the broker keeps what comes behind"
                    );
                }
                was_full = is_full;
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

pub(super) async fn unless_draining<H, D, I>(worker: &Worker<H, D, I>, waits: impl Future<Output = ()>) {
    tokio::select! {
        biased;
        () = draining(worker) => {}
        () = waits => {}
    }
}
