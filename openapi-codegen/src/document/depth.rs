//! How deep a text is nested, found out without recursion: the loader recurses, and its stack ends before its input does.

use saphyr_parser::{Event, Parser};

/// Deeper than any document that people write; keeps recursion within the stack.
pub(super) const MAX_DEPTH: usize = 100;

/// The line at which a text is nested too deep. What is no YAML is left for the loader to tell.
pub(super) fn too_deep(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for event in Parser::new_from_str(text) {
        let (event, span) = event.ok()?;
        match event {
            Event::SequenceStart(..) | Event::MappingStart(..) => depth += 1,
            Event::SequenceEnd | Event::MappingEnd => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Some(span.start.line());
        }
    }
    None
}
