//! Messages that nobody would write, against the promises that `event-contracts` gives for any bytes.
//!
//! A case is made of a seed and its number alone, so a failure can be repeated by itself: a message of the corpus is
//! taken and damaged in one to six ways, most of which leave it JSON, since what is not JSON is refused at once. Then it
//! goes through a broker, and the headers that make it a CloudEvent are damaged.

mod corpus;
mod judge;
mod mutate;
mod outline;

use corpus::Corpus;
use fastrand::Rng;
use mutate::Mutator;
use std::io;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// Ten thousand times what the longest message takes, on a machine that is busy with other things.
const LIMIT: Duration = Duration::from_secs(10);

/// All cases of one seed.
#[derive(Clone, Debug)]
pub struct Fuzz {
    corpus: Arc<Corpus>,
    seed: u64,
}

/// What became of the cases.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Report {
    /// Messages of a type that is known, read down to the typed event.
    pub typed: u64,
    /// Messages kept as they came, since their type or its major version is unknown.
    pub unknown: u64,
    /// Messages that were refused.
    pub refused: u64,
    /// Cases that broke a promise, each with what was wrong.
    pub broken: Vec<(u64, String)>,
}

/// What became of one message that broke no promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Typed,
    Unknown,
    Refused,
}

impl Fuzz {
    /// Reads the corpus; all cases follow from it and from `seed`.
    ///
    /// # Errors
    ///
    /// When a file cannot be read.
    pub fn new(seed: u64) -> io::Result<Self> {
        Ok(Self {
            corpus: Arc::new(Corpus::read()?),
            seed,
        })
    }

    /// The message of one case.
    #[must_use]
    pub fn message(&self, case: u64) -> Vec<u8> {
        self.mutator(case).message()
    }

    /// Judges the messages of the corpus as they are, each by its file.
    #[must_use]
    pub fn undamaged(&self) -> Vec<(&str, Result<(), String>)> {
        let judged = self.corpus.messages().iter().map(|message| {
            let outcome = judge::message(message.bytes()).and_then(|outcome| match outcome {
                Outcome::Typed => Ok(()),
                other => Err(format!("{other:?}")),
            });
            (message.name(), outcome)
        });
        judged.collect()
    }

    /// Tries these cases.
    ///
    /// A panic is caught. A case that is not done within 10 s is told as broken and ends the run; its thread goes on,
    /// since nothing can stop it. A stack that overflows ends the process, and with it the run, in plain sight.
    #[must_use]
    pub fn run(&self, cases: Range<u64>) -> Report {
        let (done, outcomes) = mpsc::channel();
        let (fuzz, mut next) = (self.clone(), cases.start);
        thread::spawn(move || {
            // The receiver is gone when a case took too long.
            cases
                .into_iter()
                .all(|case| done.send(fuzz.outcome(case)).is_ok())
        });
        let mut report = Report::default();
        loop {
            match outcomes.recv_timeout(LIMIT) {
                Ok(Ok(Outcome::Typed)) => report.typed += 1,
                Ok(Ok(Outcome::Unknown)) => report.unknown += 1,
                Ok(Ok(Outcome::Refused)) => report.refused += 1,
                Ok(Err(wrong)) => report.broken.push((next, wrong)),
                Err(RecvTimeoutError::Timeout) => {
                    let wrong = format!("not done after {} s", LIMIT.as_secs());
                    report.broken.push((next, wrong));
                    return report;
                }
                Err(RecvTimeoutError::Disconnected) => return report,
            }
            next += 1;
        }
    }

    fn outcome(&self, case: u64) -> Result<Outcome, String> {
        let judged = catch_unwind(AssertUnwindSafe(|| {
            let mut mutator = self.mutator(case);
            let message = mutator.message();
            let outcome = judge::message(&message)?;
            judge::carried::by_a_broker(&message, &mut mutator)?;
            Ok(outcome)
        }));
        judged.unwrap_or_else(|_| Err("panic".to_owned()))
    }

    fn mutator(&self, case: u64) -> Mutator<'_> {
        // Neighbouring cases shall not be neighbours for the generator too.
        let seed = self.seed ^ case.wrapping_mul(0xd129_0d3b_3f5c_1a47);
        Mutator::new(&self.corpus, Rng::with_seed(seed))
    }
}
