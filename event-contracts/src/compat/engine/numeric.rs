//! Numbers.

use super::conjunct::Conjunct;
use super::document::shown;
use super::number::Bound;
use super::types::Types;
use super::{Engine, Slice};
use crate::compat::Rule;
use serde_json::{Map, Value};

/// The ranges that `format` means for integers, as schemars writes them.
const RANGES: [(&str, i128, i128); 8] = [
    ("int8", i8::MIN as i128, i8::MAX as i128),
    ("int16", i16::MIN as i128, i16::MAX as i128),
    ("int32", i32::MIN as i128, i32::MAX as i128),
    ("int64", i64::MIN as i128, i64::MAX as i128),
    ("uint8", 0, u8::MAX as i128),
    ("uint16", 0, u16::MAX as i128),
    ("uint32", 0, u32::MAX as i128),
    ("uint64", 0, u64::MAX as i128),
];

/// One end of the numbers that are written, and whether it is itself not written.
#[derive(Clone, Copy)]
struct End {
    at: Bound,
    is_exclusive: bool,
}

impl<'a> Engine<'a> {
    /// `None` when the keyword is not understood.
    pub(super) fn numeric(
        &mut self,
        slice: Slice<'_, 'a>,
        reader: &'a Map<String, Value>,
        keyword: &str,
    ) -> Option<()> {
        let demand = reader.get(keyword)?;
        let is_whole = slice.types == Types::INTEGER;
        match keyword {
            "minimum" | "exclusiveMinimum" => {
                let asked = End::new(Bound::of(demand)?, keyword == "exclusiveMinimum");
                let written = lower(slice.writer, is_whole);
                if !written.is_some_and(|written| written.is_within_lower(asked, is_whole)) {
                    self.report(
                        Rule::MinimumRaised,
                        said(written, "above"),
                        shown(reader, keyword),
                    );
                }
            }
            "maximum" | "exclusiveMaximum" => {
                let asked = End::new(Bound::of(demand)?, keyword == "exclusiveMaximum");
                let written = upper(slice.writer, is_whole);
                if !written.is_some_and(|written| written.is_within_upper(asked, is_whole)) {
                    self.report(
                        Rule::MaximumLowered,
                        said(written, "below"),
                        shown(reader, keyword),
                    );
                }
            }
            "multipleOf" => {
                let asked = Bound::of(demand)?;
                let mut steps = slice.writer.all("multipleOf").filter_map(Bound::of);
                let any_integer = is_whole && Bound::Integer(1).is_multiple_of(asked);
                if !any_integer && !steps.any(|step| step.is_multiple_of(asked)) {
                    let writer = slice.writer.shown("multipleOf");
                    self.report(Rule::MultipleRestricted, writer, shown(reader, keyword));
                }
            }
            "format" => self.number_format(slice, reader, demand.as_str()?),
            _ => return None,
        }
        Some(())
    }

    fn number_format(&mut self, slice: Slice<'_, 'a>, reader: &Map<String, Value>, asked: &str) {
        let mut formats = slice.writer.all("format").filter_map(Value::as_str);
        if formats.any(|format| format == asked || (format, asked) == ("float", "double")) {
            return;
        }
        let Some((_, least, greatest)) = RANGES.iter().find(|(format, ..)| *format == asked) else {
            let writer = slice.writer.shown("format");
            self.report(Rule::FormatRestricted, writer, shown(reader, "format"));
            return;
        };
        let (lower, upper) = (lower(slice.writer, true), upper(slice.writer, true));
        let end = |at: i128| End::new(Bound::Integer(at), false);
        if !lower.is_some_and(|lower| lower.is_within_lower(end(*least), true)) {
            self.report(Rule::MinimumRaised, said(lower, "above"), shown(reader, "format"));
        }
        if !upper.is_some_and(|upper| upper.is_within_upper(end(*greatest), true)) {
            self.report(
                Rule::MaximumLowered,
                said(upper, "below"),
                shown(reader, "format"),
            );
        }
    }
}

impl End {
    fn new(at: Bound, is_exclusive: bool) -> Self {
        Self { at, is_exclusive }
    }

    /// As the smallest integer that is meant.
    fn whole_lower(self) -> Self {
        match self.at.ceiling() {
            Bound::Float(_) => self,
            at => Self::new(at.shifted(i128::from(self.is_exclusive && at == self.at)), false),
        }
    }

    /// As the greatest integer that is meant.
    fn whole_upper(self) -> Self {
        match self.at.floor() {
            Bound::Float(_) => self,
            at => Self::new(at.shifted(-i128::from(self.is_exclusive && at == self.at)), false),
        }
    }

    fn is_within_lower(self, asked: Self, is_whole: bool) -> bool {
        let asked = if is_whole { asked.whole_lower() } else { asked };
        self.at > asked.at || (self.at == asked.at && (self.is_exclusive || !asked.is_exclusive))
    }

    fn is_within_upper(self, asked: Self, is_whole: bool) -> bool {
        let asked = if is_whole { asked.whole_upper() } else { asked };
        self.at < asked.at || (self.at == asked.at && (self.is_exclusive || !asked.is_exclusive))
    }
}

/// The lower end of what is written, when there is one.
fn lower(writer: &Conjunct<'_>, is_whole: bool) -> Option<End> {
    let stated = ends(writer, "minimum", "exclusiveMinimum");
    let ranged = ranges(writer, is_whole).map(|(least, _)| End::new(Bound::Integer(least), false));
    let whole = |end: End| if is_whole { end.whole_lower() } else { end };
    stated.chain(ranged).map(whole).reduce(|one, other| {
        if other.is_within_lower(one, false) {
            other
        } else {
            one
        }
    })
}

/// The upper end of what is written, when there is one.
fn upper(writer: &Conjunct<'_>, is_whole: bool) -> Option<End> {
    let stated = ends(writer, "maximum", "exclusiveMaximum");
    let ranged = ranges(writer, is_whole).map(|(_, greatest)| End::new(Bound::Integer(greatest), false));
    let whole = |end: End| if is_whole { end.whole_upper() } else { end };
    stated.chain(ranged).map(whole).reduce(|one, other| {
        if other.is_within_upper(one, false) {
            other
        } else {
            one
        }
    })
}

fn ends(
    writer: &Conjunct<'_>,
    inclusive: &'static str,
    exclusive: &'static str,
) -> impl Iterator<Item = End> {
    let of = |keyword: &'static str, is_exclusive: bool| {
        let bounds: Vec<Bound> = writer.all(keyword).filter_map(Bound::of).collect();
        bounds.into_iter().map(move |at| End::new(at, is_exclusive))
    };
    of(inclusive, false).chain(of(exclusive, true))
}

/// What the formats of integers promise.
fn ranges(writer: &Conjunct<'_>, is_whole: bool) -> impl Iterator<Item = (i128, i128)> {
    let formats = writer
        .all("format")
        .filter_map(Value::as_str)
        .filter(move |_| is_whole);
    formats.filter_map(|format| {
        let range = RANGES.iter().find(|(name, ..)| *name == format);
        range.map(|(_, least, greatest)| (*least, *greatest))
    })
}

fn said(end: Option<End>, beyond: &str) -> String {
    match end {
        None => "no limit".to_owned(),
        Some(End {
            at,
            is_exclusive: true,
        }) => format!("{beyond} {at}"),
        Some(End { at, .. }) => format!("limit {at}"),
    }
}
