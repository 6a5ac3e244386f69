#![expect(
    clippy::disallowed_methods,
    reason = "a bench reads the real clock; virtual time has no cost to measure"
)]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::{Batch, Subject};

/// A subject that is being measured.
pub(super) struct Sampler<'a> {
    subject: &'a Subject,
    /// The batch of a subject that keeps one.
    kept: Option<Batch>,
    calls: u64,
}

impl<'a> Sampler<'a> {
    /// A sampler whose samples take about `length`, unless the subject says how many calls to make.
    pub(super) fn new(subject: &'a Subject, length: Duration) -> Self {
        let mut batch = (subject.make)();
        let calls = subject
            .calls
            .unwrap_or_else(|| calls_that_take(length, &mut batch));
        Self {
            subject,
            kept: (subject.threads == 1 && !subject.afresh).then_some(batch),
            calls,
        }
    }

    /// Nanoseconds a call, in one sample.
    pub(super) fn sample(&mut self) -> f64 {
        self.spent().as_nanos() as f64 / self.calls as f64
    }

    /// The time that all calls of one sample take, once as many as a tenth of them have been made.
    fn spent(&mut self) -> Duration {
        let (warming, calls) = (self.calls / 10, self.calls);
        match &mut self.kept {
            Some(batch) => alone(batch, warming, calls),
            None if self.subject.threads == 1 => alone(&mut (self.subject.make)(), warming, calls),
            None => together(self.subject, warming, calls),
        }
    }
}

/// How many calls of one thread take about `length` when nothing interrupts them.
fn calls_that_take(length: Duration, batch: &mut Batch) -> u64 {
    let mut calls = 1;
    loop {
        let tries = (0..5).map(|_| alone(batch, calls, calls));
        let spent = tries.min().unwrap_or_default();
        if spent >= length {
            return calls;
        }
        let missing = length.as_secs_f64() / spent.as_secs_f64().max(1e-9);
        calls = (calls as f64 * missing.clamp(1.2, 10.0)).ceil() as u64;
    }
}

fn alone(batch: &mut Batch, warming: u64, calls: u64) -> Duration {
    batch(warming);
    let start = Instant::now();
    batch(calls);
    start.elapsed()
}

/// The time from when the first thread begins until the last one is done, so that threads which a busy machine runs one
/// after the other look slow, and not free of contention.
fn together(subject: &Subject, warming: u64, calls: u64) -> Duration {
    let arrived = AtomicUsize::new(0);
    let run = || {
        let mut batch = (subject.make)();
        batch(warming);
        arrived.fetch_add(1, Ordering::AcqRel);
        while arrived.load(Ordering::Acquire) < subject.threads {
            std::hint::spin_loop();
        }
        let start = Instant::now();
        batch(calls);
        (start, Instant::now())
    };
    let times: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..subject.threads).map(|_| scope.spawn(run)).collect();
        let joined = threads.into_iter().map(thread::ScopedJoinHandle::join);
        joined
            .map(|times| times.expect("no measured call panics"))
            .collect()
    });
    let first = times.iter().map(|(start, _)| *start).min();
    let last = times.iter().map(|(_, end)| *end).max();
    first
        .zip(last)
        .map_or(Duration::ZERO, |(first, last)| last - first)
}

/// Tells the time since it was started.
pub(super) fn stopwatch() -> impl Fn() -> Duration {
    let start = Instant::now();
    move || start.elapsed()
}
