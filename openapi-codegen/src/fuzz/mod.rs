//! Documents that nobody would write, against the promise that each is expressed or refused in words.
//!
//! A case is made of a seed and its number alone, so a failure can be repeated by itself.

mod mutation;

use std::fs;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use crate::document::Document;
use crate::error::Error;
use crate::target::Target;
use crate::{read, write};
use mutation::Mutator;

/// A thousand times what a long document takes, on a machine that is busy with other things.
const LIMIT: Duration = Duration::from_secs(10);

/// Mutates the documents of some targets, and generates from each without writing or formatting anything.
#[derive(Clone, Debug)]
pub struct Fuzz {
    documents: Arc<[(Target, String)]>,
    seed: u64,
}

/// What became of the cases.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Report {
    /// Documents that were still accepted.
    pub accepted: u64,
    /// Documents that were refused in words.
    pub refused: u64,
    /// Cases that broke the promise, each with what was wrong.
    pub broken: Vec<(u64, String)>,
}

impl Fuzz {
    /// Reads the documents of `targets`; all cases follow from them and from `seed`.
    ///
    /// # Errors
    ///
    /// When a document can't be read.
    pub fn new(targets: Vec<Target>, seed: u64) -> Result<Self, Error> {
        let read = |target: Target| {
            let text = fs::read_to_string(target.document());
            let text = text.map_err(|cause| Error::read(target.document(), cause))?;
            Ok((target, text))
        };
        let documents = targets.into_iter().map(read).collect::<Result<_, _>>()?;
        Ok(Self { documents, seed })
    }

    /// The text of one case; empty when there are no documents.
    #[must_use]
    pub fn text(&self, case: u64) -> String {
        self.make(case).map(|(_, text)| text).unwrap_or_default()
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
                Ok(Ok(true)) => report.accepted += 1,
                Ok(Ok(false)) => report.refused += 1,
                Ok(Err(wrong)) => report.broken.push((next, wrong)),
                Err(RecvTimeoutError::Timeout) => {
                    report
                        .broken
                        .push((next, format!("not done after {} s", LIMIT.as_secs())));
                    return report;
                }
                Err(RecvTimeoutError::Disconnected) => return report,
            }
            next += 1;
        }
    }

    /// Whether the document of a case is accepted; or how it broke the promise.
    fn outcome(&self, case: u64) -> Result<bool, String> {
        let judged = catch_unwind(AssertUnwindSafe(|| match self.make(case) {
            Some((target, text)) => judge(target, &text),
            None => Err("no documents to damage".to_owned()),
        }));
        judged.unwrap_or_else(|_| Err("panic".to_owned()))
    }

    fn make(&self, case: u64) -> Option<(&Target, String)> {
        let mut mutator = Mutator::new(self.seed, case);
        // A document ten times as long takes ten times as long, and is taken a tenth as often.
        let weights = || {
            self.documents
                .iter()
                .map(|(_, text)| 10_000_000 / (text.len() + 1) + 1)
        };
        let mut place = mutator.below(weights().sum());
        let chosen = weights().position(|weight| {
            let here = place < weight;
            place = place.saturating_sub(weight);
            here
        })?;
        let (target, text) = &self.documents[chosen];
        Some((target, mutator.mutated(text)))
    }
}

/// Whether the document is accepted; or what is wrong with its refusal.
fn judge(target: &Target, text: &str) -> Result<bool, String> {
    let generated = Document::parse("mutated.yaml", text)
        .and_then(|document| read::read(&document, target).map(|api| write::files(&api, target)));
    let Err(error) = generated else {
        return Ok(true);
    };
    let lines = text.lines().count() + 1;
    if error.refusals().is_empty() {
        return Err(format!("refused without a reason: {error}"));
    }
    for refusal in error.refusals() {
        if refusal.what().is_empty() || refusal.instead().is_empty() {
            return Err(format!("refused without words: {refusal}"));
        }
        if !(1..=lines).contains(&refusal.line()) {
            return Err(format!("refused at a line that is not there: {refusal}"));
        }
    }
    Ok(false)
}
