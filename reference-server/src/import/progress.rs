//! How far an import has come.

use std::sync::Arc;

use indicatif::{ProgressBar, ProgressStyle};

/// How far an import has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// What is being done.
    pub phase: Phase,
    /// How much of it is done, in the unit of the phase.
    pub done: u64,
    /// How much there is to do, in the unit of the phase.
    pub total: u64,
}

/// The steps of an import, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Phase {
    /// The file is read; counted in bytes.
    Reading,
    /// The catalogue is written; counted in categories and products.
    Writing,
}

/// Is told how far an import has come, from whichever thread the import is on; it must not block.
pub type Listener = Arc<dyn Fn(Progress) + Send + Sync>;

impl Progress {
    pub(crate) fn reading(done: usize, total: usize) -> Self {
        Self {
            phase: Phase::Reading,
            done: done as u64,
            total: total as u64,
        }
    }

    pub(crate) fn writing(done: usize, total: usize) -> Self {
        Self {
            phase: Phase::Writing,
            done: done as u64,
            total: total as u64,
        }
    }
}

/// A progress bar on standard error, which shows nothing when that is no terminal and vanishes when done.
pub fn bar() -> Listener {
    let bar = ProgressBar::no_length();
    let style = ProgressStyle::with_template("{msg:>8} [{wide_bar}] {percent:>3}%")
        .expect("the template is a constant that names only documented keys");
    bar.set_style(style);
    Arc::new(move |progress: Progress| {
        bar.set_message(match progress.phase {
            Phase::Reading => "reading",
            Phase::Writing => "writing",
        });
        bar.set_length(progress.total);
        bar.set_position(progress.done);
        if progress.phase == Phase::Writing && progress.done == progress.total {
            bar.finish_and_clear();
        }
    })
}
