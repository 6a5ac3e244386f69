//! The two clocks that the scenarios run on.

use std::future::Future;
use std::sync::mpsc;

use tokio::runtime::Builder;

/// Which clock a crate follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clock {
    /// Tokio's, which a test can pause.
    Tokio,
    /// The system's, for which one has to wait.
    System,
}

impl Clock {
    /// Runs a scenario to its end. On tokio's clock, waits take no time.
    pub(crate) fn run<F: Future>(self, scenario: F) -> F::Output {
        Builder::new_current_thread()
            .enable_all()
            .start_paused(self == Self::Tokio)
            .build()
            .expect("the system lets a runtime start")
            .block_on(scenario)
    }
}

/// Keeps a paused clock from moving on while nothing but the network is waited for; tokio would take that for idleness.
pub(crate) struct StandStill {
    _until_dropped: mpsc::Sender<()>,
}

impl StandStill {
    /// Time stands still until this is dropped: tokio does not move it on while blocking work is under way.
    pub(crate) fn begin() -> Self {
        let (held, dropped) = mpsc::channel();
        tokio::task::spawn_blocking(move || dropped.recv());
        Self { _until_dropped: held }
    }
}
