//! What is shown while a run goes on; all of it on stderr.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar on a terminal, plain lines elsewhere, nothing when silent. Clones show in the same place.
#[derive(Clone, Debug)]
pub struct Progress {
    bar: ProgressBar,
    lines: bool,
}

impl Progress {
    /// Progress on stderr.
    #[must_use]
    pub fn on_stderr() -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
        let lines = bar.is_hidden();
        Self { bar, lines }
    }

    /// Nothing at all, for tests.
    #[must_use]
    pub fn silent() -> Self {
        Self {
            bar: ProgressBar::hidden(),
            lines: false,
        }
    }

    /// Something that happened and stays on the screen.
    pub fn say(&self, line: impl AsRef<str>) {
        if self.lines {
            eprintln!("{}", line.as_ref());
        } else {
            self.bar.println(line);
        }
    }

    /// Work of unknown length begins; told on a terminal only.
    pub fn spin(&self, what: &'static str) {
        self.bar.set_style(ProgressStyle::default_spinner());
        self.bar.set_message(what);
        self.bar.enable_steady_tick(std::time::Duration::from_millis(100));
    }

    /// Counting begins.
    pub fn count(&self, what: &'static str, total: u64) {
        if self.lines {
            eprintln!("{what}");
        }
        self.bar.disable_steady_tick();
        let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        self.bar.set_message(what);
        self.bar.set_length(total);
        self.bar.reset();
        self.bar.set_style(style);
    }

    /// One more is done.
    pub fn step(&self) {
        self.bar.inc(1);
    }

    /// Leaves the terminal as it was.
    pub fn clear(&self) {
        self.bar.finish_and_clear();
    }
}
