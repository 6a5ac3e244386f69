use std::sync::Arc;
use tokio::sync::watch;

/// A place at which a test stops somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A writer: the event is written, its transaction not committed.
    Written,
    /// A writer: the transaction is committed.
    Committed,
    /// A relay: the broker has answered, the relay does not know it yet.
    Answered,
    /// A relay: the broker has confirmed, the rows are not marked.
    Confirmed,
    /// A consumer: the effect is written, its transaction not committed.
    Handling,
    /// A consumer: the effect is committed, the message not settled.
    Effected,
}

impl Place {
    const ALL: [Self; 6] = [
        Self::Written,
        Self::Committed,
        Self::Answered,
        Self::Confirmed,
        Self::Handling,
        Self::Effected,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Written => "written",
            Self::Committed => "committed",
            Self::Answered => "answered",
            Self::Confirmed => "confirmed",
            Self::Handling => "handling",
            Self::Effected => "effected",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|place| place.name() == name)
    }
}

/// Stops all who reach one place, until it is released. Cheap to clone; clones are the same brake.
#[derive(Clone, Debug)]
pub(crate) struct Brake {
    place: Option<Place>,
    state: Arc<watch::Sender<State>>,
}

#[derive(Clone, Copy, Debug, Default)]
struct State {
    stopped: u64,
    is_released: bool,
}

impl Brake {
    /// One that stops nobody.
    pub(crate) fn none() -> Self {
        Self::maybe_at(None)
    }

    /// One that stops whoever reaches `place`.
    pub(crate) fn at(place: Place) -> Self {
        Self::maybe_at(Some(place))
    }

    pub(crate) fn maybe_at(place: Option<Place>) -> Self {
        Self {
            place,
            state: Arc::new(watch::Sender::new(State::default())),
        }
    }

    /// Somebody is at `place`.
    pub(crate) async fn reach(&self, place: Place) {
        if self.place != Some(place) {
            return;
        }
        self.state.send_modify(|state| state.stopped += 1);
        // The sender is a part of this.
        let _ = self.state.subscribe().wait_for(|state| state.is_released).await;
    }

    /// Waits until somebody was stopped.
    pub(crate) async fn reached(&self) {
        let _ = self.state.subscribe().wait_for(|state| state.stopped > 0).await;
    }

    /// Lets all go who were stopped, and stops nobody any more.
    pub(crate) fn release(&self) {
        self.state.send_modify(|state| state.is_released = true);
    }
}
