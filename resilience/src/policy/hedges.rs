use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::flight::Flight;
use crate::event::Events;
use crate::time::Instant;

/// The attempts that were sent beside the first one. Boxed: there are none unless the peer is slow.
pub(super) struct Hedges<F> {
    sent: Vec<Hedged<F>>,
    /// Of the one whose future is being made: if that panics, this is handed back all the same.
    next: Option<Flight>,
}

struct Hedged<F> {
    future: Pin<Box<F>>,
    flight: Flight,
}

impl<F: Future> Hedges<F> {
    /// Keeps the leave for the next one, whose future follows.
    pub(super) fn prepare(&mut self, flight: Flight) {
        self.next = Some(flight);
    }

    pub(super) fn send(&mut self, future: F) {
        let future = Box::pin(future);
        self.sent
            .extend(self.next.take().map(|flight| Hedged { future, flight }));
    }

    /// The first that is ready.
    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<(usize, F::Output)> {
        for (index, hedged) in self.sent.iter_mut().enumerate() {
            if let Poll::Ready(output) = hedged.future.as_mut().poll(context) {
                return Poll::Ready((index, output));
            }
        }
        Poll::Pending
    }
}

impl<F> Hedges<F> {
    pub(super) fn new() -> Self {
        Self {
            sent: Vec::new(),
            next: None,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.sent.is_empty() && self.next.is_none()
    }

    /// Takes one out, and drops its future.
    pub(super) fn remove(&mut self, index: usize) -> Flight {
        self.sent.remove(index).flight
    }

    /// The first that has been cut off by its time limit.
    pub(super) fn overdue(&self, now: Instant) -> Option<usize> {
        self.sent.iter().position(|hedged| hedged.flight.is_overdue(now))
    }

    /// When the first of them is cut off.
    pub(super) fn first_limit(&self) -> Option<Instant> {
        self.sent.iter().map(|hedged| hedged.flight.limit()).min()
    }

    /// Drops what runs, and hands the leave for it back.
    pub(super) fn cancel(&mut self, events: &Events) {
        for Hedged { future, flight } in self.sent.drain(..) {
            drop(future);
            flight.cancel(events);
        }
        if let Some(flight) = self.next.take() {
            flight.cancel(events);
        }
    }
}
