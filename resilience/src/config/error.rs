use std::error::Error;
use std::fmt;

/// A configuration that cannot work.
///
/// It lists everything that is wrong, not the first thing found, and names each key in full. Values are not shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    problems: Vec<Problem>,
}

/// One thing that is wrong with a configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    keys: Vec<Key>,
    message: String,
}

/// Where a setting stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    /// In full, as a file has it: `resilience.inventory.retry.max_retries`.
    pub(super) path: String,
    /// The variable that it came from, if it did.
    pub(super) variable: Option<String>,
}

impl ConfigError {
    /// `Ok` if there is nothing to complain of.
    pub(super) fn unless_none(problems: Vec<Problem>) -> Result<(), Self> {
        if problems.is_empty() {
            Ok(())
        } else {
            Err(Self { problems })
        }
    }

    /// What is wrong, one by one.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

impl Problem {
    pub(super) fn new(keys: impl IntoIterator<Item = Key>, message: impl Into<String>) -> Self {
        Self {
            keys: keys.into_iter().collect(),
            message: message.into(),
        }
    }

    /// The settings to change: by their keys in a file, or the variable's name if no key could be made of it.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(|key| key.path.as_str())
    }

    /// The environment variables among the settings to change.
    pub fn variables(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().filter_map(|key| key.variable.as_deref())
    }

    /// What is wrong with them, to be read behind the keys.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl Key {
    pub(super) fn of_file(path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            variable: None,
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        match &self.variable {
            Some(variable) if *variable != self.path => write!(f, " ({variable})"),
            _ => Ok(()),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, key) in self.keys.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(f, "{comma}{key}")?;
        }
        write!(f, ": {}", self.message)
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("invalid configuration: ")?;
        for (index, problem) in self.problems.iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}{problem}")?;
        }
        Ok(())
    }
}

impl Error for ConfigError {}
