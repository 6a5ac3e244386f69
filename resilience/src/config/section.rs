//! The settings said at one level: for everything, for a target, or for an operation.

use std::collections::BTreeMap;

use super::document::{Node, Table, Value};
use super::error::{Key, Problem};
use super::name::Name;
use super::{suggest, table};

/// The values of known keys, each of a kind that its key takes.
pub(super) type Section = BTreeMap<&'static str, Setting>;

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Setting {
    pub(super) value: Value,
    pub(super) key: Key,
}

/// All that was said, by level.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Sections {
    pub(super) defaults: Section,
    pub(super) targets: BTreeMap<Name, Target>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Target {
    /// Its name in full, as it was written.
    pub(super) path: String,
    pub(super) own: Section,
    pub(super) operations: BTreeMap<Name, Operation>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Operation {
    pub(super) path: String,
    pub(super) own: Section,
}

/// The table whose settings hold for every target.
pub(super) const DEFAULTS: &str = "defaults";
/// The table of a target's operations.
pub(super) const OPERATIONS: &str = "operations";
const NO_NAME: &str = "is not a name: a letter, then letters, digits, and single - or _ between them";

/// Sorts what a file says into levels. What is wrong with it is added to `problems` and left out.
pub(super) fn of_file(root: &str, document: Table, problems: &mut Vec<Problem>) -> Sections {
    let mut sections = Sections::default();
    for (written, node) in document {
        let path = format!("{root}.{written}");
        if written == DEFAULTS {
            if let Some(own) = as_table(&path, node, problems) {
                read(&path, own, &mut sections.defaults, problems);
            }
        } else if is_a_setting(&written) {
            let message = format!("stands beside the targets; did you mean {root}.{DEFAULTS}.{written}?");
            problems.push(Problem::new([Key::of_file(path)], message));
        } else if written.eq_ignore_ascii_case(DEFAULTS) {
            let message =
                format!("would be the defaults in the environment; did you mean {root}.{DEFAULTS}?");
            problems.push(Problem::new([Key::of_file(path)], message));
        } else if let Some((name, own)) = named(&path, &written, node, &sections.targets, problems) {
            sections.targets.insert(name, of_target(path, own, problems));
        }
    }
    sections
}

fn of_target(path: String, mut own: Table, problems: &mut Vec<Problem>) -> Target {
    let mut target = Target {
        path,
        ..Target::default()
    };
    if let Some(node) = own.remove(OPERATIONS) {
        let all = format!("{}.{OPERATIONS}", target.path);
        for (written, node) in as_table(&all, node, problems).unwrap_or_default() {
            let path = format!("{all}.{written}");
            if let Some((name, own)) = named(&path, &written, node, &target.operations, problems) {
                let mut operation = Operation {
                    path,
                    own: Section::new(),
                };
                read(&operation.path, own, &mut operation.own, problems);
                target.operations.insert(name, operation);
            }
        }
    }
    read(&target.path, own, &mut target.own, problems);
    target
}

/// The table of a target or an operation, if it has a name that no other has.
fn named<T>(
    path: &str,
    written: &str,
    node: Node,
    others: &BTreeMap<Name, T>,
    problems: &mut Vec<Problem>,
) -> Option<(Name, Table)> {
    let mut refuse = |message: String| problems.push(Problem::new([Key::of_file(path)], message));
    let Some(name) = Name::new(written) else {
        refuse(NO_NAME.to_owned());
        return None;
    };
    if others.contains_key(&name) {
        refuse(format!("is named twice: the environment would write both {name}"));
        return None;
    }
    Some((name, as_table(path, node, problems)?))
}

fn as_table(path: &str, node: Node, problems: &mut Vec<Problem>) -> Option<Table> {
    match node {
        Node::Table(table) => Some(table),
        Node::Value(_) => {
            problems.push(Problem::new([Key::of_file(path)], "must be a table of settings"));
            None
        }
    }
}

/// Reads the settings of one level.
fn read(path: &str, own: Table, section: &mut Section, problems: &mut Vec<Problem>) {
    let mut leaves = Vec::new();
    flatten("", own, &mut leaves);
    for (written, value) in leaves {
        let key = Key::of_file(format!("{path}.{written}"));
        let spelt = |meant: &str| shorter(&written, meant).to_owned();
        if let Err(problem) = set(section, &written, value, key, spelt) {
            problems.push(problem);
        }
    }
}

/// Sets one value, in place of what stood there, or tells what is wrong with it. `spelt` writes another key the way
/// that this one was written.
pub(super) fn set(
    section: &mut Section,
    written: &str,
    value: Value,
    key: Key,
    spelt: impl Fn(&str) -> String,
) -> Result<(), Problem> {
    let Some(parameter) = table::all().find(|parameter| parameter.key() == written) else {
        return Err(Problem::new([key], unknown(written, spelt)));
    };
    if let Err(message) = parameter.access.check(&value) {
        return Err(Problem::new([key], message));
    }
    section.insert(parameter.key(), Setting { value, key });
    Ok(())
}

fn unknown(written: &str, spelt: impl Fn(&str) -> String) -> String {
    let keys = table::all().map(|parameter| parameter.key());
    if keys.clone().any(|key| is_below(key, written)) {
        return "must be a table of settings".to_owned();
    }
    match suggest::closest(written, keys) {
        Some(meant) => format!("unknown key; did you mean {}?", spelt(meant)),
        None => "unknown key".to_owned(),
    }
}

/// Leaves out the tables that the two keys have in common.
fn shorter<'a>(written: &str, meant: &'a str) -> &'a str {
    match (written.rsplit_once('.'), meant.rsplit_once('.')) {
        (Some((table, _)), Some((same, last))) if table == same => last,
        _ => meant,
    }
}

/// Whether a name is that of a setting or of a part, so that no target may have it.
pub(super) fn is_a_setting(written: &str) -> bool {
    table::all().any(|parameter| parameter.key() == written || is_below(parameter.key(), written))
}

fn is_below(key: &str, table: &str) -> bool {
    key.strip_prefix(table).is_some_and(|rest| rest.starts_with('.'))
}

fn flatten(prefix: &str, table: Table, leaves: &mut Vec<(String, Value)>) {
    for (written, node) in table {
        let key = if prefix.is_empty() {
            written
        } else {
            format!("{prefix}.{written}")
        };
        match node {
            Node::Table(inner) => flatten(&key, inner, leaves),
            Node::Value(value) => leaves.push((key, value)),
        }
    }
}
