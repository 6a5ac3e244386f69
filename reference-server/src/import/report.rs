//! What an import did, row by row: counts, notes and refusals, for people and for machines.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::draft::ProductDraft;
use super::note::{Note, NoteKind};

/// How many refusals [`Report`]'s `Display` lists before it only counts the rest.
pub const LISTED: usize = 20;

/// What an import did, or would have done.
///
/// `Display` is for people: one summary line, then at most [`LISTED`] refusals (`{:#}`: all of them) and one line for
/// each kind of note. The lists themselves are complete, and `Serialize` writes them whole.
#[derive(Debug, Clone, Default, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// The file's name, or the name that the caller gave the text.
    pub source: String,
    /// Whether the catalogue was changed. `false` when a refusal stopped the whole import.
    pub imported: bool,
    /// Data rows (CSV) or entries (JSON) read, the header and blank rows not counted.
    pub rows: u64,
    /// What became of the categories.
    pub categories: Tally,
    /// What became of the products.
    pub products: Tally,
    /// What became of the variants.
    pub variants: Tally,
    /// What was refused, in the order of the file.
    pub refusals: Vec<Refusal>,
    /// What was imported otherwise than it was written, in the order of the file.
    pub notes: Vec<Note>,
}

/// Counts of one kind of thing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Tally {
    /// New in the catalogue. 0 when nothing was imported.
    pub created: u64,
    /// In the catalogue from an earlier import, and left as they are.
    pub already_there: u64,
    /// Not imported; [`Report::refusals`] says why.
    pub refused: u64,
}

/// Where in a file something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[non_exhaustive]
pub struct Place {
    /// The line of the file, the first one being 1. A CSV row with quoted line breaks is known by its first line.
    pub line: u64,
    /// The entry of a JSON list, the first one being 1; a JSON file is often a single line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<u64>,
}

impl Place {
    pub(crate) fn line(line: u64) -> Self {
        Self { line, entry: None }
    }

    pub(crate) fn entry(entry: u64, line: u64) -> Self {
        Self {
            line,
            entry: Some(entry),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.entry {
            Some(entry) => write!(f, "entry {entry} (line {})", self.line),
            None => write!(f, "line {}", self.line),
        }
    }
}

/// Something that was not imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Refusal {
    /// Where it stands in the file.
    #[serde(flatten)]
    pub place: Place,
    /// What it is: a product's handle, a variant's SKU or options, a category's id.
    pub what: String,
    /// The column or key at fault, as the file names it, where a single one is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<&'static str>,
    /// Why, in one phrase that says what is expected.
    pub reason: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.place, self.what)?;
        if let Some(field) = self.field {
            write!(f, ", {field}")?;
        }
        write!(f, ": {}", self.reason)
    }
}

impl Report {
    pub(crate) fn new(source: impl Into<String>) -> Self {
        Self {
            source: source.into(),
            ..Self::default()
        }
    }

    pub(crate) fn refuse(
        &mut self,
        place: Place,
        what: impl Into<String>,
        field: Option<&'static str>,
        reason: impl Into<String>,
    ) {
        self.refusals.push(Refusal {
            place,
            what: what.into(),
            field,
            reason: reason.into(),
        });
    }

    /// Refuses a product together with its variants.
    pub(crate) fn refuse_product(
        &mut self,
        product: &ProductDraft,
        place: Place,
        field: Option<&'static str>,
        reason: impl Into<String>,
    ) {
        self.products.refused += 1;
        self.variants.refused += product.variants.len() as u64;
        self.refuse(place, &product.handle, field, reason);
    }

    /// The report once the transaction is rolled back.
    pub(crate) fn undone(mut self) -> Self {
        for tally in [&mut self.categories, &mut self.products, &mut self.variants] {
            tally.created = 0;
        }
        self.imported = false;
        self
    }

    /// Adds what the report of another document of the same import holds.
    pub(crate) fn absorb(&mut self, other: Report) {
        self.source = format!("{}, {}", self.source, other.source);
        self.rows += other.rows;
        self.categories.add(other.categories);
        self.products.add(other.products);
        self.variants.add(other.variants);
        self.refusals.extend(other.refusals);
        self.notes.extend(other.notes);
    }

    fn write_refusals(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.refusals.is_empty() {
            return Ok(());
        }
        f.write_str("\nrefused:")?;
        let listed = if f.alternate() { usize::MAX } else { LISTED };
        for refusal in self.refusals.iter().take(listed) {
            write!(f, "\n  {refusal}")?;
        }
        match self.refusals.len().saturating_sub(listed) {
            0 => Ok(()),
            rest => write!(f, "\n  … and {rest} more"),
        }
    }

    fn write_notes(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.notes.is_empty() {
            return Ok(());
        }
        let mut kinds: BTreeMap<NoteKind, (usize, &Note)> = BTreeMap::new();
        for note in &self.notes {
            kinds.entry(note.kind).or_insert((0, note)).0 += 1;
        }
        f.write_str("\nnotes:")?;
        for (kind, (count, first)) in kinds {
            write!(f, "\n  {count} × {kind} (first: {}, {})", first.place, first.what)?;
        }
        Ok(())
    }
}

impl Tally {
    fn add(&mut self, other: Tally) {
        self.created += other.created;
        self.already_there += other.already_there;
        self.refused += other.refused;
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdict = if self.imported {
            "imported"
        } else {
            "nothing imported"
        };
        write!(f, "{}: {verdict}; {} rows read", self.source, self.rows)?;
        for (name, tally) in [
            ("categories", self.categories),
            ("products", self.products),
            ("variants", self.variants),
        ] {
            if tally == Tally::default() {
                continue;
            }
            write!(f, "; {name}: {} created", tally.created)?;
            if tally.already_there > 0 {
                write!(f, ", {} already there", tally.already_there)?;
            }
            if tally.refused > 0 {
                write!(f, ", {} refused", tally.refused)?;
            }
        }
        self.write_refusals(f)?;
        self.write_notes(f)
    }
}
