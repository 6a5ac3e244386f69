//! Settings from environment variables, laid over those of a file.

use std::ffi::OsString;

use super::document::Value;
use super::error::{Key, Problem};
use super::name::Name;
use super::section::{self, DEFAULTS, OPERATIONS, Operation, Section, Sections, Target};

/// What separates the parts of a variable's name.
const SEPARATOR: &str = "__";

/// Sets what the variables `PREFIX_TARGET__…` say. Others are left alone: orchestrators set some of their own
/// (`INVENTORY_SERVICE_PORT`), and none has a double `_`.
pub(super) fn lay_over(
    sections: &mut Sections,
    root: &str,
    prefix: &str,
    variables: Vec<(OsString, OsString)>,
    problems: &mut Vec<Problem>,
) {
    let mut ours: Vec<(String, OsString)> = variables
        .into_iter()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value)))
        .filter(|(name, _)| parts(name, prefix).is_some())
        .collect();
    // Problems come in the same order whatever the process was given.
    ours.sort();
    for (name, value) in ours {
        if let Err(problem) = set(sections, root, prefix, &name, value) {
            problems.push(problem);
        }
    }
}

/// The parts of a variable's name behind the prefix, if it is one of ours.
fn parts<'a>(variable: &'a str, prefix: &str) -> Option<Vec<&'a str>> {
    let rest = variable.strip_prefix(prefix)?.strip_prefix('_')?;
    rest.contains(SEPARATOR).then(|| rest.split(SEPARATOR).collect())
}

fn set(
    sections: &mut Sections,
    root: &str,
    prefix: &str,
    variable: &str,
    value: OsString,
) -> Result<(), Problem> {
    let refuse = |message: &str| Problem::new([of_variable(variable)], message);
    let Ok(text) = value.into_string() else {
        return Err(refuse("must be UTF-8"));
    };
    // An empty one counts as not set: some orchestrators cannot leave one out.
    if text.trim().is_empty() {
        return Ok(());
    }
    let parts = parts(variable, prefix).unwrap_or_default();
    if let Some((first, rest)) = parts.split_first()
        && section::is_a_setting(&first.to_ascii_lowercase())
    {
        let meant = spelt(&format!("{prefix}_DEFAULTS{SEPARATOR}{first}"), &rest.join("."));
        return Err(refuse(&format!("names no target; did you mean {meant}?")));
    }
    let level = level(sections, root, &parts)
        .ok_or_else(|| refuse("does not name a target, and an operation behind OPERATIONS, in capitals"))?;
    let written = parts[level.depth..].join(".").to_ascii_lowercase();
    if written.is_empty() {
        return Err(refuse("names no setting"));
    }
    let key = Key {
        path: format!("{}.{written}", level.path),
        variable: Some(variable.to_owned()),
    };
    let head = format!("{prefix}_{}", parts[..level.depth].join(SEPARATOR));
    section::set(level.section, &written, Value::Text(text), key, |meant| {
        spelt(&head, meant)
    })
}

/// The level that a variable speaks of.
struct Level<'a> {
    path: String,
    section: &'a mut Section,
    /// How many parts of the variable's name lead to it.
    depth: usize,
}

/// Makes target and operation if the file has none.
fn level<'a>(sections: &'a mut Sections, root: &str, parts: &[&str]) -> Option<Level<'a>> {
    let (first, rest) = parts.split_first()?;
    if *first == DEFAULTS.to_ascii_uppercase() {
        return Some(Level {
            path: format!("{root}.{DEFAULTS}"),
            section: &mut sections.defaults,
            depth: 1,
        });
    }
    let target = sections.targets.entry(name(first)?).or_insert_with(|| Target {
        path: format!("{root}.{}", first.to_ascii_lowercase()),
        ..Target::default()
    });
    if rest
        .first()
        .is_none_or(|part| *part != OPERATIONS.to_ascii_uppercase())
    {
        return Some(Level {
            path: target.path.clone(),
            section: &mut target.own,
            depth: 1,
        });
    }
    let written = rest.get(1)?;
    let path = format!("{}.{OPERATIONS}.{}", target.path, written.to_ascii_lowercase());
    let operation = target
        .operations
        .entry(name(written)?)
        .or_insert_with(|| Operation {
            path,
            ..Operation::default()
        });
    Some(Level {
        path: operation.path.clone(),
        section: &mut operation.own,
        depth: 3,
    })
}

/// A name as a variable has it, in capitals only.
fn name(written: &str) -> Option<Name> {
    Name::new(written).filter(|name| name.to_string() == written)
}

/// The variable of a key, below `head`.
fn spelt(head: &str, key: &str) -> String {
    let key = key.replace('.', SEPARATOR).to_ascii_uppercase();
    format!("{head}{SEPARATOR}{key}")
}

fn of_variable(variable: &str) -> Key {
    Key {
        path: variable.to_owned(),
        variable: Some(variable.to_owned()),
    }
}
