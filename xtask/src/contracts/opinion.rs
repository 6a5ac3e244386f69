//! Second opinions: other tools on the same two documents, and where they disagree about what is breaking.

mod oasdiff;
pub(super) mod redocly;

use super::print::concerned;
use openapi_codegen::compare::{Change, Comparison};
use std::io::ErrorKind;
use std::path::Path;
use std::process::Command;

/// One thing that another tool calls breaking.
#[derive(Clone, Debug)]
pub(super) struct Objection {
    /// As `GET /products`.
    pub(super) operation: String,
    /// Where it stands in one of the documents; empty when the tool tells operations only.
    pub(super) pointers: Vec<String>,
    rule: String,
    text: String,
    /// Whether the tool is sure, or only warns.
    certain: bool,
}

/// Asks every tool that is installed, and tells where it differs from our own comparison.
pub(super) fn ask_all(older: &Path, newer: &Path, comparison: &Comparison) -> String {
    let breaking: Vec<&Change> = comparison
        .changes()
        .iter()
        .filter(|change| change.is_breaking())
        .collect();
    let mut told = Vec::new();
    for (tool, opinion) in [
        ("redocly", redocly::ask(older, newer)),
        ("oasdiff", oasdiff::ask(older, newer)),
    ] {
        let objections = match opinion {
            Ok(Some(objections)) => objections,
            Ok(None) => continue,
            Err(reason) => {
                told.push(format!("second opinion, {tool}: none ({reason})"));
                continue;
            }
        };
        told.push(match disagreements(tool, &breaking, &objections).as_slice() {
            [] => format!("second opinion, {tool}: agrees about what is breaking"),
            lines => format!("second opinion, {tool}: disagrees\n  {}", lines.join("\n  ")),
        });
    }
    if told.is_empty() {
        return "no second opinion: neither redocly (`cargo xtask lint` installs it) nor oasdiff is here"
            .to_owned();
    }
    told.join("\n")
}

/// One line for each thing that only one of the two calls breaking.
fn disagreements(tool: &str, breaking: &[&Change], objections: &[Objection]) -> Vec<String> {
    let theirs = objections
        .iter()
        .filter(|one| one.certain && !breaking.iter().any(|change| one.is_about(change)))
        .map(|one| {
            format!(
                "{}: only {tool} says breaking: {} ({})",
                one.operation, one.text, one.rule
            )
        });
    let ours = breaking
        .iter()
        .filter(|change| !objections.iter().any(|one| one.is_about(change)))
        .map(|change| {
            let (operations, rule) = (concerned(change), change.rule.name());
            format!(
                "{operations}: only we say breaking: {} ({rule}), line {}",
                change.what, change.line
            )
        });
    let mut lines: Vec<String> = theirs.chain(ours).collect();
    lines.sort();
    lines.dedup();
    lines
}

impl Objection {
    /// Whether it speaks of the same place, or of the same operation where the tool tells no place.
    fn is_about(&self, change: &Change) -> bool {
        let within = |inner: &str, outer: &str| {
            inner
                .strip_prefix(outer)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        if self.pointers.is_empty() {
            return change.operations.contains(&self.operation);
        }
        let mut pointers = self.pointers.iter();
        pointers.any(|pointer| within(pointer, &change.pointer) || within(&change.pointer, pointer))
    }
}

/// Runs the first of `programs` that is there; `None` when none is.
fn output_of(programs: &[&str], arguments: impl Fn(&mut Command)) -> Result<Option<Vec<u8>>, String> {
    for program in programs {
        let mut command = Command::new(program);
        arguments(&mut command);
        match command.output() {
            Err(cause) if cause.kind() == ErrorKind::NotFound => {}
            Err(cause) => return Err(format!("could not run {program}: {cause}")),
            Ok(output) if output.status.success() => return Ok(Some(output.stdout)),
            Ok(output) => {
                let said = String::from_utf8_lossy(&output.stderr);
                return Err(format!(
                    "{program} failed: {}",
                    said.lines().last().unwrap_or_default()
                ));
            }
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use openapi_codegen::Document;
    use openapi_codegen::compare::compare;

    /// Two operations take the same parameter; it is narrowed, and one of them is gone.
    fn comparison() -> Comparison {
        let document = |maximum: u32, operations: &[&str]| {
            let operation = |method: &&str| {
                format!(
                    "    {method}: {{ operationId: {method}, responses: {{ '204': {{ description: D }} }} }}\n"
                )
            };
            let operations: String = operations.iter().map(operation).collect();
            let text = format!(
                "openapi: 3.1.0\npaths:\n  /a:\n    parameters: [{{ name: n, in: query, \
                 schema: {{ type: integer, maximum: {maximum} }} }}]\n{operations}"
            );
            Document::parse("a.yaml", &text).expect("the test's document is YAML")
        };
        compare(&document(9, &["get", "put"]), &document(5, &["get"]))
    }

    fn objection(operation: &str, pointers: &[&str]) -> Objection {
        Objection {
            operation: operation.to_owned(),
            pointers: pointers.iter().map(ToString::to_string).collect(),
            rule: "their-rule".to_owned(),
            text: "their words".to_owned(),
            certain: true,
        }
    }

    fn told(objections: &[Objection]) -> Vec<String> {
        let comparison = comparison();
        disagreements(
            "tool",
            &comparison.changes().iter().collect::<Vec<_>>(),
            objections,
        )
    }

    #[test]
    fn a_tool_that_tells_operations_agrees_by_operation() {
        assert!(told(&[objection("GET /a", &[]), objection("PUT /a", &[])]).is_empty());
    }

    #[test]
    fn a_tool_that_tells_places_agrees_by_place() {
        let narrowed = objection("GET /a", &["/paths/~1a/parameters/0/schema"]);
        assert!(told(&[narrowed, objection("PUT /a", &["/paths/~1a/put"])]).is_empty());
    }

    #[test]
    fn what_only_one_of_the_two_calls_breaking_is_told_with_its_operation() {
        let lines = told(&[objection("GET /a", &[]), objection("POST /b", &[])]);
        assert_eq!(
            lines,
            [
                "POST /b: only tool says breaking: their words (their-rule)",
                "PUT /a: only we say breaking: operation removed (operation-removed), line 6",
            ]
        );
    }

    #[test]
    fn a_warning_agrees_and_does_not_object() {
        let warning = |operation| Objection {
            certain: false,
            ..objection(operation, &[])
        };
        assert!(told(&[warning("GET /a"), warning("PUT /a"), warning("POST /b")]).is_empty());
    }
}
