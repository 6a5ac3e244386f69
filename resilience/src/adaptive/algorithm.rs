use std::time::Duration;

use crate::invalid::Problems;

/// What makes a limit grow and shrink, apart from overloads, which always shrink it.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Algorithm {
    /// Grows step by step until there is an overload: additive increase, multiplicative decrease, as TCP does.
    ///
    /// Needs a peer that rejects or a time limit that is met when it is overloaded.
    Aimd(Aimd),
    /// Compares the times of now with those of the long run, and shrinks while calls queue up at the peer.
    Gradient(Gradient),
}

/// The numbers of [`Algorithm::Aimd`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Aimd {
    /// What a window without overload adds. At least 1.
    ///
    /// Default 1.
    pub increase: u32,
    /// A window whose calls took longer than this on average was an overload; `None` leaves that to time limits.
    /// Above zero.
    ///
    /// Default none.
    pub overload_above: Option<Duration>,
}

/// The numbers of [`Algorithm::Gradient`].
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Gradient {
    /// So many times the time of the long run is still no sign of a queue. At least 1.
    ///
    /// Default 1.5.
    pub tolerance: f64,
    /// So many calls may queue at the peer, which is what makes the limit grow as long as times are good. At
    /// least 1.
    ///
    /// Default 4.
    pub queue: u32,
    /// Which part of the way to its new value the limit takes in a window. Above 0, at most 1.
    ///
    /// Default 0.2.
    pub smoothing: f64,
    /// How many windows the long run has. At least 10.
    ///
    /// Default 600.
    pub long_run: u32,
}

impl Default for Algorithm {
    fn default() -> Self {
        Self::Gradient(Gradient::default())
    }
}

impl Default for Aimd {
    fn default() -> Self {
        Self {
            increase: 1,
            overload_above: None,
        }
    }
}

impl Default for Gradient {
    fn default() -> Self {
        Self {
            tolerance: 1.5,
            queue: 4,
            smoothing: 0.2,
            long_run: 600,
        }
    }
}

impl Algorithm {
    pub(super) fn check(&self, problems: &mut Problems) {
        match self {
            Self::Aimd(aimd) => aimd.check(problems),
            Self::Gradient(gradient) => gradient.check(problems),
        }
    }
}

impl Aimd {
    /// Sets [`increase`](Self::increase).
    #[must_use]
    pub fn with_increase(mut self, calls: u32) -> Self {
        self.increase = calls;
        self
    }

    /// Sets [`overload_above`](Self::overload_above); `None` switches it off.
    #[must_use]
    pub fn with_overload_above(mut self, time: impl Into<Option<Duration>>) -> Self {
        self.overload_above = time.into();
        self
    }

    fn check(&self, problems: &mut Problems) {
        problems.require(
            self.increase > 0,
            &["adaptive.increase"],
            "adaptive.increase must be at least 1",
        );
        problems.require(
            self.overload_above.is_none_or(|time| !time.is_zero()),
            &["adaptive.overload_above"],
            "adaptive.overload_above must be longer than zero",
        );
    }
}

impl Gradient {
    /// Sets [`tolerance`](Self::tolerance).
    #[must_use]
    pub fn with_tolerance(mut self, times: f64) -> Self {
        self.tolerance = times;
        self
    }

    /// Sets [`queue`](Self::queue).
    #[must_use]
    pub fn with_queue(mut self, calls: u32) -> Self {
        self.queue = calls;
        self
    }

    /// Sets [`smoothing`](Self::smoothing).
    #[must_use]
    pub fn with_smoothing(mut self, part: f64) -> Self {
        self.smoothing = part;
        self
    }

    /// Sets [`long_run`](Self::long_run).
    #[must_use]
    pub fn with_long_run(mut self, windows: u32) -> Self {
        self.long_run = windows;
        self
    }

    fn check(&self, problems: &mut Problems) {
        problems.require(
            self.tolerance >= 1.0 && self.tolerance.is_finite(),
            &["adaptive.tolerance"],
            "adaptive.tolerance must be at least 1",
        );
        problems.require(
            self.queue > 0,
            &["adaptive.queue"],
            "adaptive.queue must be at least 1",
        );
        problems.require(
            self.smoothing > 0.0 && self.smoothing <= 1.0,
            &["adaptive.smoothing"],
            "adaptive.smoothing must be above 0 and at most 1",
        );
        problems.require(
            self.long_run >= 10,
            &["adaptive.long_run"],
            "adaptive.long_run must be at least 10",
        );
    }
}
