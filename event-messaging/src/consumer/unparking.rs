//! Tries parked messages again, several keys at once.

use super::Handler;
use super::control::Phase;
use super::gate::Gate;
use super::housekeeping::unless_draining;
use super::queue::at;
use super::store::StoreDown;
use super::worker::Worker;
use crate::clock::{self, Instant};
use crate::{DeadLetters, InboxStore, Parked};
use event_contracts::FromEnvelope;
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use std::sync::{self, MutexGuard, PoisonError};
use tokio::sync::{Mutex, Notify};

/// Runs until the drain.
pub(super) async fn unpark<H, D, I, M>(worker: &Worker<H, D, I>)
where
    I: InboxStore,
    H: Handler<M, I::Transaction>,
    D: DeadLetters,
    M: FromEnvelope + Send,
{
    let slots = if I::PARKS {
        worker.config.park.concurrency
    } else {
        0
    };
    let looking = Looking::default();
    // Each is polled when it is woken, and not with every message that comes.
    let slots = (0..slots).map(|_| one_by_one::<H, D, I, M>(worker, &looking));
    slots.collect::<FuturesUnordered<_>>().collect::<()>().await;
}

/// Who looks for a message that is due: one at a time, so that the store is asked no more often when more may work.
#[derive(Default)]
struct Looking {
    turn: Mutex<()>,
    gate: sync::Mutex<Gate>,
    /// A message was tried: the one behind it may be due, and the store is known to be well, or not.
    is_tried: Notify,
}

impl Looking {
    fn gate(&self) -> MutexGuard<'_, Gate> {
        self.gate.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// When the store may be asked: `Ok` for at once, or how long to wait for it, without an end while somebody tries it.
    fn may_ask(&self) -> Result<(), Option<Instant>> {
        let mut gate = self.gate();
        if gate.may_pass(clock::now()) {
            gate.pass();
            return Ok(());
        }
        Err(gate.opens_at())
    }

    async fn rest(&self, until: Option<Instant>) {
        tokio::select! {
            biased;
            () = self.is_tried.notified() => {}
            () = at(until) => {}
        }
    }
}

/// Tries one message after another.
async fn one_by_one<H, D, I, M>(worker: &Worker<H, D, I>, looking: &Looking)
where
    I: InboxStore,
    H: Handler<M, I::Transaction>,
    D: DeadLetters,
    M: FromEnvelope + Send,
{
    while let Some(parked) = next_due(worker, looking).await {
        match worker.try_parked::<M>(&parked).await {
            Ok(()) => looking.gate().succeeded(),
            Err(StoreDown) => failed(worker, looking),
        }
        looking.is_tried.notify_one();
    }
}

/// Waits for a message that is due, and claims it; `None` at the drain.
async fn next_due<H, D: DeadLetters, I: InboxStore>(
    worker: &Worker<H, D, I>,
    looking: &Looking,
) -> Option<Parked> {
    let _turn = looking.turn.lock().await;
    let park = &worker.config.park;
    let mut phase = worker.control.watch();
    loop {
        // The sender lives as long as the worker.
        let _ = phase.wait_for(|phase| *phase != Phase::Paused).await;
        if worker.control.is_draining() {
            return None;
        }
        if let Err(until) = looking.may_ask() {
            unless_draining(worker, looking.rest(until)).await;
            continue;
        }
        let name = &worker.config.name;
        let claimed = worker.inbox.claim_parked(name, 1, park.lease);
        match worker.checked("claim_parked", claimed).await {
            Ok(claimed) => {
                // Others need not wait until a handler has ended.
                looking.gate().answered();
                if let Some(parked) = claimed.into_iter().next() {
                    return Some(parked);
                }
                let poll_at = clock::now() + park.poll_interval;
                unless_draining(worker, looking.rest(Some(poll_at))).await;
            }
            Err(StoreDown) => failed(worker, looking),
        }
    }
}

fn failed<H, D: DeadLetters, I: InboxStore>(worker: &Worker<H, D, I>, looking: &Looking) {
    let backoff = |failures| worker.backoff(failures);
    looking.gate().failed(clock::now(), backoff);
}
