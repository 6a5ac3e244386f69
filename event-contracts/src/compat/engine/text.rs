//! Text.

use super::document::shown;
use super::number::Bound;
use super::pattern;
use super::{Engine, Slice};
use crate::compat::Rule;
use serde_json::{Map, Value};

impl<'a> Engine<'a> {
    /// `None` when the keyword is not understood.
    pub(super) fn text(
        &mut self,
        slice: Slice<'_, 'a>,
        reader: &'a Map<String, Value>,
        keyword: &str,
    ) -> Option<()> {
        let demand = reader.get(keyword)?;
        let writer = slice.writer;
        let (rule, said) = match keyword {
            "minLength" => {
                let written = writer.at_least("minLength").unwrap_or(Bound::Integer(0));
                if written >= Bound::of(demand)? {
                    return Some(());
                }
                (Rule::MinLengthRaised, writer.shown("minLength"))
            }
            "maxLength" => {
                let asked = Bound::of(demand)?;
                if writer
                    .at_most("maxLength")
                    .is_some_and(|written| written <= asked)
                {
                    return Some(());
                }
                (Rule::MaxLengthLowered, writer.shown("maxLength"))
            }
            "pattern" => {
                let asked = demand.as_str()?;
                let mut stated: Vec<&str> = writer.all("pattern").filter_map(Value::as_str).collect();
                if stated.is_empty() {
                    // Any text is what the empty pattern matches.
                    stated.push("");
                }
                let verdict = |pattern: &&str| match *pattern == asked {
                    true => Some(true),
                    false => pattern::includes(asked, pattern),
                };
                let verdicts: Vec<_> = stated.iter().map(verdict).collect();
                if verdicts.contains(&Some(true)) {
                    return Some(());
                }
                // Of several that hold together, none alone tells what they leave over.
                let is_told = verdicts[..] == [Some(false)];
                let rule = match is_told || stated == [""] {
                    true => Rule::PatternRestricted,
                    false => Rule::PatternChanged,
                };
                (rule, writer.shown("pattern"))
            }
            "format" => {
                demand.as_str()?;
                if writer.all("format").any(|format| format == demand) {
                    return Some(());
                }
                (Rule::FormatRestricted, writer.shown("format"))
            }
            _ => return None,
        };
        self.report(rule, said, shown(reader, keyword));
        Some(())
    }
}
