use super::job::Unsettled;
use super::lanes::Key;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

/// What an attempt has while it runs.
pub(super) struct Slot {
    /// Its lane.
    pub(super) key: Option<Key>,
    /// Whether it is the one who tries the store.
    pub(super) is_trial: bool,
}

/// An attempt that runs.
pub(super) struct Running<U: Unsettled, F> {
    pub(super) slot: Slot,
    pub(super) place: U::Place,
    pub(super) future: Pin<Box<Option<F>>>,
}

impl<U: Unsettled, F: Future> Running<U, F> {
    /// Polls the future, and drops it once it has ended.
    pub(super) fn poll_step(&mut self, cx: &mut Context<'_>) -> Poll<F::Output> {
        let Some(future) = self.future.as_mut().as_pin_mut() else {
            return Poll::Pending;
        };
        let polled = future.poll(cx);
        if polled.is_ready() {
            self.future.set(None);
        }
        polled
    }
}

impl<U: Unsettled, F: Future> Future for Running<U, F> {
    type Output = (Slot, F::Output);

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let polled = self.poll_step(cx);
        polled.map(|step| {
            let slot = Slot {
                key: self.slot.key.take(),
                ..self.slot
            };
            (slot, step)
        })
    }
}
