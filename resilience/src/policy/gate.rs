//! The way in: bulkhead or adaptive limit.

use std::future::Future;
use std::pin::Pin;

use super::core::Core;
use crate::Deadline;
use crate::bulkhead::Full;
use crate::event::Event;
use crate::time::{self, Instant};
use crate::{adaptive, bulkhead};

/// The place of a call inside the limit of calls at once; handed back when dropped.
#[derive(Debug)]
pub(super) enum Slot {
    Free,
    Bulkhead { _slot: bulkhead::Slot },
    Adaptive { slot: adaptive::Slot },
}

/// A slot that has to be waited for; the one thing about a call that allocates before its first attempt.
pub(super) type Leave = Pin<Box<dyn Future<Output = Result<Slot, Full>> + Send>>;

pub(super) enum Entry {
    Open(Slot),
    Queued(Leave),
}

/// What the whole call says about the load that the peer can bear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Load {
    Fine,
    TooMuch,
    Unknown,
}

#[inline]
pub(super) fn enter(core: &Core, now: Instant, by: Deadline) -> Result<Entry, Full> {
    if let Some(bulkhead) = core.bulkhead.get() {
        return match bulkhead.try_acquire() {
            Ok(slot) => Ok(Entry::Open(Slot::Bulkhead { _slot: slot })),
            Err(full) if !bulkhead.has_room_to_wait() => Err(full),
            Err(_) => {
                let bulkhead = bulkhead.clone();
                Ok(Entry::Queued(Box::pin(async move {
                    let slot = bulkhead.acquire(by).await?;
                    Ok(Slot::Bulkhead { _slot: slot })
                })))
            }
        };
    }
    if let Some(limit) = core.adaptive.get() {
        return match limit.try_acquire(now) {
            Ok(slot) => Ok(Entry::Open(Slot::adaptive(slot, by))),
            Err(full) if !limit.has_room_to_wait() => Err(full),
            Err(_) => {
                let limit = limit.clone();
                Ok(Entry::Queued(Box::pin(async move {
                    let slot = limit.acquire(now, by).await?;
                    Ok(Slot::adaptive(slot, by))
                })))
            }
        };
    }
    Ok(Entry::Open(Slot::Free))
}

impl Slot {
    fn adaptive(slot: adaptive::Slot, by: Deadline) -> Self {
        Self::Adaptive { slot: slot.until(by) }
    }

    /// The call is sent only `now`: what it has waited for until then is no work of the peer.
    pub(super) fn begins(&mut self, now: Instant) {
        if let Self::Adaptive { slot } = self {
            slot.begins(now);
        }
    }

    /// Hands the place back and tells how the call went.
    #[inline]
    pub(super) fn settle(self, load: Load, core: &Core) {
        let Self::Adaptive { slot } = self else { return };
        let change = match load {
            Load::Fine => slot.success(time::now()),
            Load::TooMuch => slot.overload(time::now()),
            // Dropped, it still is an overload if the deadline had passed.
            Load::Unknown => None,
        };
        if let (Some(change), Some(limit)) = (change, core.adaptive.get()) {
            let name = limit.name().into();
            core.events.emit(|| Event::LimitChanged { name, change });
        }
    }
}
