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
    /// Finds out how many calls of the subject take about `length`, unless it says how many to make.
    pub(super) fn new(subject: &'a Subject, length: Duration) -> Self {
        let mut sampler = Self {
            subject,
            kept: (subject.threads == 1 && !subject.afresh).then(|| (subject.make)()),
            calls: subject.calls.unwrap_or(1),
        };
        while subject.calls.is_none() {
            let spent = sampler.spent();
            if spent >= length {
                break;
            }
            let missing = length.as_secs_f64() / spent.as_secs_f64().max(1e-9);
            sampler.calls = (sampler.calls as f64 * missing.clamp(1.2, 10.0)).ceil() as u64;
        }
        sampler
    }

    /// Nanoseconds a call, in one sample.
    pub(super) fn sample(&mut self) -> f64 {
        self.spent().as_nanos() as f64 / self.calls as f64
    }

    /// The time that all calls of one sample take, once as many as a tenth of them have been made.
    fn spent(&mut self) -> Duration {
        let (warming, calls) = (self.calls / 10, self.calls);
        let alone = |batch: &mut Batch| {
            batch(warming);
            let start = Instant::now();
            batch(calls);
            start.elapsed()
        };
        match &mut self.kept {
            Some(batch) => alone(batch),
            None if self.subject.threads == 1 => alone(&mut (self.subject.make)()),
            None => together(self.subject, warming, calls),
        }
    }
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
