use std::error::Error;
use std::fmt;

/// A policy whose values cannot work, alone or together.
///
/// It lists everything that is wrong, not the first thing found, and names the keys to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidPolicy {
    problems: Vec<Problem>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Problem {
    keys: &'static [&'static str],
    message: String,
}

impl InvalidPolicy {
    /// The names of the values to change, such as `attempt_timeout` and `overall_timeout`.
    pub fn keys(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.problems
            .iter()
            .flat_map(|problem| problem.keys.iter().copied())
    }

    /// What is wrong, one sentence for each problem.
    pub fn problems(&self) -> impl Iterator<Item = &str> + '_ {
        self.problems.iter().map(|problem| problem.message.as_str())
    }

    /// Each problem: the values to change, and what is wrong with them.
    #[cfg(feature = "config")]
    pub(crate) fn each(&self) -> impl Iterator<Item = (&'static [&'static str], &str)> {
        self.problems
            .iter()
            .map(|problem| (problem.keys, problem.message.as_str()))
    }
}

impl fmt::Display for InvalidPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("invalid policy: ")?;
        for (index, message) in self.problems().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            f.write_str(message)?;
        }
        Ok(())
    }
}

impl Error for InvalidPolicy {}

/// What a validation has found so far.
#[derive(Debug)]
pub(crate) struct Problems(Vec<Problem>);

impl Problems {
    pub(crate) fn new() -> Self {
        Self(Vec::new())
    }

    pub(crate) fn add(&mut self, keys: &'static [&'static str], message: impl Into<String>) {
        self.0.push(Problem {
            keys,
            message: message.into(),
        });
    }

    pub(crate) fn require(&mut self, holds: bool, keys: &'static [&'static str], message: &str) {
        if !holds {
            self.add(keys, message);
        }
    }

    /// Adds what another validation has found.
    pub(crate) fn include(&mut self, result: Result<(), InvalidPolicy>) {
        if let Err(invalid) = result {
            self.0.extend(invalid.problems);
        }
    }

    pub(crate) fn into_result(self) -> Result<(), InvalidPolicy> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(InvalidPolicy { problems: self.0 })
        }
    }
}
