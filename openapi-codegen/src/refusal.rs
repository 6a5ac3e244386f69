//! What the generator does not express, as people read it.

use std::collections::BTreeMap;
use std::fmt;

/// One thing in the document that the generator does not express, with what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    file: String,
    line: usize,
    what: String,
    instead: String,
}

impl Refusal {
    pub(crate) fn new(file: &str, line: usize, what: String, instead: String) -> Self {
        Self {
            file: file.to_owned(),
            line,
            what,
            instead,
        }
    }

    /// The line of the document, counted from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// What is refused, by its name.
    #[must_use]
    pub fn what(&self) -> &str {
        &self.what
    }

    /// What to write instead.
    #[must_use]
    pub fn instead(&self) -> &str {
        &self.instead
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}; {}", self.file, self.line, self.what, self.instead)
    }
}

/// A list of up to this many is told as it is.
const ALL: usize = 40;
/// Of a longer one, this many of each kind.
const OF_A_KIND: usize = 3;

/// A line for each refusal. Of a long list, the first of each kind, and how many more there are.
pub(crate) fn listed(refusals: &[Refusal]) -> String {
    if refusals.len() <= ALL {
        return refusals
            .iter()
            .map(Refusal::to_string)
            .collect::<Vec<_>>()
            .join("\n");
    }
    let mut kinds: BTreeMap<_, (usize, &Refusal)> = BTreeMap::new();
    let mut lines = Vec::new();
    for refusal in refusals {
        let kind = (without_names(&refusal.what), without_names(&refusal.instead));
        let (told, _) = kinds.entry(kind).or_insert((0, refusal));
        *told += 1;
        if *told <= OF_A_KIND {
            lines.push(refusal.to_string());
        }
    }
    let more = kinds.into_values().filter(|(told, _)| *told > OF_A_KIND);
    let mut more: Vec<(usize, &Refusal)> = more.collect();
    more.sort_by_key(|(_, first)| first.line);
    lines.extend(more.into_iter().map(|(told, first)| {
        format!(
            "{} more like line {}: {}",
            told - OF_A_KIND,
            first.line,
            first.what
        )
    }));
    lines.push(format!("{} refusals in all", refusals.len()));
    lines.join("\n")
}

/// A text whatever it is about: with every code span emptied.
fn without_names(text: &str) -> String {
    let pieces = text.split('`').enumerate();
    let kept: Vec<&str> = pieces
        .map(|(at, piece)| if at % 2 == 0 { piece } else { "…" })
        .collect();
    kept.join("`")
}
