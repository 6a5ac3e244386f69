use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::flight::Flight;
use crate::event::Events;
use crate::time::Instant;

/// The attempts that were sent beside the first one. Boxed: there are none unless the peer is slow.
pub(super) struct Hedges<F>(Vec<Hedged<F>>);

struct Hedged<F> {
    future: Pin<Box<F>>,
    flight: Flight,
}

impl<F: Future> Hedges<F> {
    pub(super) fn add(&mut self, flight: Flight, future: F) {
        self.0.push(Hedged {
            future: Box::pin(future),
            flight,
        });
    }

    /// The first that is ready.
    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<(usize, F::Output)> {
        for (index, hedged) in self.0.iter_mut().enumerate() {
            if let Poll::Ready(output) = hedged.future.as_mut().poll(context) {
                return Poll::Ready((index, output));
            }
        }
        Poll::Pending
    }
}

impl<F> Hedges<F> {
    pub(super) fn new() -> Self {
        Self(Vec::new())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes one out, and drops its future.
    pub(super) fn remove(&mut self, index: usize) -> Flight {
        self.0.remove(index).flight
    }

    /// The first that has been cut off by its time limit.
    pub(super) fn overdue(&self, now: Instant) -> Option<usize> {
        self.0.iter().position(|hedged| hedged.flight.is_overdue(now))
    }

    /// When the first of them is cut off.
    pub(super) fn first_limit(&self) -> Option<Instant> {
        self.0.iter().map(|hedged| hedged.flight.limit()).min()
    }

    /// Drops what runs, and hands the leave for it back.
    pub(super) fn cancel(&mut self, events: &Events) {
        for Hedged { future, flight } in self.0.drain(..) {
            drop(future);
            flight.cancel(events);
        }
    }
}
