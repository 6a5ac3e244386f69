//! From text to YAML, in one pass and without recursion: however a text is nested, the stack is not its limit.

use saphyr::{MarkedYaml, YamlLoader};
use saphyr_parser::{Event, Parser, ScanError, SpannedEventReceiver as _};

/// Deeper than any document that people write; keeps recursion over the tree within the stack.
pub(super) const MAX_DEPTH: usize = 100;

/// Why a text was not loaded: its line, and what is wrong there.
pub(super) enum Unloadable {
    NotYaml(usize, String),
    Misfit(usize, &'static str),
}

/// All documents of a text.
pub(super) fn load(text: &str) -> Result<Vec<MarkedYaml<'_>>, Unloadable> {
    let not_yaml = |cause: &ScanError| Unloadable::NotYaml(cause.marker().line(), cause.info().to_owned());
    let mut loader = YamlLoader::default();
    let mut open = Vec::new();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|cause| not_yaml(&cause))?;
        if let Some(misfit) = place(&event, &mut open) {
            return Err(Unloadable::Misfit(span.start.line(), misfit));
        }
        loader.on_event(event, span);
        if let Some(cause) = loader.error() {
            return Err(not_yaml(cause));
        }
    }
    Ok(loader.into_documents())
}

/// A collection that is open: whether it is a mapping, and whether a key comes next.
struct Open {
    is_map: bool,
    at_key: bool,
}

/// Follows the nesting; tells what no document may hold there.
fn place(event: &Event<'_>, open: &mut Vec<Open>) -> Option<&'static str> {
    let is_map = match event {
        Event::SequenceStart(..) => Some(false),
        Event::MappingStart(..) => Some(true),
        Event::SequenceEnd | Event::MappingEnd => {
            open.pop();
            return None;
        }
        Event::Scalar(..) | Event::Alias(_) => None,
        _ => return None,
    };
    if let Some(within) = open.last_mut().filter(|within| within.is_map) {
        // Keys that are collections are refused before the loader hashes them: through aliases they nest without end.
        if within.at_key && !matches!(event, Event::Scalar(..)) {
            return Some("a key that is not text");
        }
        within.at_key = !within.at_key;
    }
    if let Some(is_map) = is_map {
        open.push(Open { is_map, at_key: true });
    }
    (open.len() > MAX_DEPTH).then_some(TOO_DEEP)
}

pub(super) const TOO_DEEP: &str = "nested more than 100 levels deep";
