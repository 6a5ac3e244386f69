//! A command line that cannot be read, told in one line.

use std::fmt;

/// What is wrong with the command line, and what to do.
#[derive(Debug)]
pub(crate) struct Misuse(String);

impl Misuse {
    /// Takes the message and the tip out of clap's several lines.
    pub(crate) fn new(error: &clap::Error) -> Self {
        let text = error.render().to_string();
        let said: Vec<&str> = text
            .lines()
            .map(str::trim)
            .filter(|line| {
                !line.is_empty() && !line.starts_with("Usage:") && !line.starts_with("For more information")
            })
            .collect();
        let line = said.join("; ").replace(":; ", ": ");
        let line = line.strip_prefix("error: ").unwrap_or(&line);
        Self(format!(
            "{line}; `reference-server --help` lists the verbs, each takes --help"
        ))
    }
}

impl fmt::Display for Misuse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Misuse {}
