//! The rows of a CSV text, each with the line of the file that it begins on.

use std::io::Read as _;

use csv::{ReaderBuilder, StringRecord};

use super::columns::{Columns, Field};
use crate::import::error::ImportError;
use crate::import::report::Place;

/// One data row.
pub(super) struct Row<'r> {
    pub(super) place: Place,
    record: &'r StringRecord,
    columns: &'r Columns,
}

impl<'r> Row<'r> {
    /// What the row has in a column, without the blanks around it; empty when there is no such column.
    pub(super) fn get(&self, field: Field) -> &'r str {
        self.columns.get(self.record, field)
    }

    /// Why the row can't be trusted: a missing or stray quote or comma shifts all that follows it.
    pub(super) fn misshapen(&self) -> Option<String> {
        let (found, wanted) = (self.record.len(), self.columns.count());
        (found != wanted).then(|| {
            format!("the row has {found} fields where the header has {wanted}; look for a missing or stray quote or comma")
        })
    }
}

/// A row behind the last one. The parser takes the end of the text for the end of a quote that is still open; when this
/// row does not come out as it went in, such a quote has swallowed it, and every row between.
const LAST_ROW: &str = "\n\0";

/// Reads the header and hands each row that is not blank to `each`, with the bytes read so far.
pub(super) fn for_each(
    source: &str,
    text: &str,
    mut each: impl FnMut(&Row<'_>, usize),
) -> Result<(), ImportError> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes().chain(LAST_ROW.as_bytes()));
    let mut record = StringRecord::new();
    let mut lines = Lines {
        text: text.as_bytes(),
        offset: 0,
        line: 1,
    };
    let mut columns = None;
    loop {
        let more = reader
            .read_record(&mut record)
            .map_err(|cause| ImportError::malformed_because(source, "it can't be read as CSV", cause))?;
        let read = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        let is_end = read >= text.len() + LAST_ROW.len();
        if !more || (is_end && record.iter().eq(["\0"])) {
            return Ok(());
        }
        let start = record.position().map_or(0, csv::Position::byte);
        let line = lines.of_row_at(usize::try_from(start).unwrap_or(usize::MAX));
        let Some(columns) = &columns else {
            columns = Some(Columns::find(source, &record)?);
            continue;
        };
        if is_end {
            let problem = format!(
                "the row on line {line} opens a quote that is never closed, so where it ends is unknown; close it"
            );
            return Err(ImportError::malformed(source, problem));
        }
        if record.iter().any(|field| !field.trim().is_empty()) {
            each(
                &Row {
                    place: Place::line(line),
                    record: &record,
                    columns,
                },
                read.min(text.len()),
            );
        }
    }
}

/// Counts lines along the text. The reader's own count is one short behind a CR LF, whose LF it leaves for the next
/// row, and counts blank lines to the row behind them.
struct Lines<'t> {
    text: &'t [u8],
    offset: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line on which the row begins whose reading began at `start`; `start` never goes back.
    fn of_row_at(&mut self, start: usize) -> u64 {
        let rest = self.text.get(start..).unwrap_or_default();
        let blank = rest
            .iter()
            .take_while(|byte| matches!(byte, b'\r' | b'\n'))
            .count();
        let begin = start.saturating_add(blank).min(self.text.len());
        let passed = self.text.get(self.offset..begin).unwrap_or_default();
        self.line += passed.iter().filter(|byte| **byte == b'\n').count() as u64;
        self.offset = begin;
        self.line
    }
}
