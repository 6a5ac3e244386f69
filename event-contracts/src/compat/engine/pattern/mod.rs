//! Regular expressions as sets of texts: whether one accepts all that another accepts.
//!
//! Of ECMA-262, which JSON Schema names, it knows what contracts use: classes, groups, alternatives, repetitions, and
//! anchors at the ends. Everything else (look-around, back references, `\b`, `\s`, `\p`) is not known.

mod automaton;
mod parse;

use automaton::Automaton;

/// Whether `reader` matches every text that `writer` matches; `None` when that is not known.
pub(super) fn includes(reader: &str, writer: &str) -> Option<bool> {
    let (reader, writer) = (automaton(reader)?, automaton(writer)?);
    reader.includes(&writer)
}

/// Whether `pattern` matches `text`; `None` when that is not known.
pub(super) fn matches(pattern: &str, text: &str) -> Option<bool> {
    Some(automaton(pattern)?.matches(text))
}

fn automaton(pattern: &str) -> Option<Automaton> {
    Automaton::of(&parse::parse(pattern)?)
}
