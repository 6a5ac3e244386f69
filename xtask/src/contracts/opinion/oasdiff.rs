//! `oasdiff breaking`.

use super::{Objection, output_of};
use serde_json::Value;
use std::path::Path;

/// Its highest level; the one below is a warning.
const ERROR: u64 = 3;

pub(super) fn ask(older: &Path, newer: &Path) -> Result<Option<Vec<Objection>>, String> {
    let output = output_of(&["oasdiff"], |command| {
        command
            .arg("breaking")
            .args([older, newer])
            .args(["--format", "json", "--flatten-allof"]);
    })?;
    output.map(|json| objections(&json)).transpose()
}

fn objections(json: &[u8]) -> Result<Vec<Objection>, String> {
    let report: Value = serde_json::from_slice(json).map_err(|cause| format!("not JSON: {cause}"))?;
    let changes = report.as_array().ok_or("a report that is no list")?;
    let text = |change: &Value, key: &str| change[key].as_str().unwrap_or_default().to_owned();
    let objection = |change: &Value| Objection {
        operation: format!("{} {}", text(change, "operation"), text(change, "path")),
        pointers: Vec::new(),
        rule: text(change, "id"),
        text: text(change, "text"),
        certain: change["level"].as_u64() == Some(ERROR),
    };
    Ok(changes.iter().map(objection).collect())
}

#[cfg(test)]
mod tests {
    use super::objections;

    #[test]
    fn a_report_is_read_with_its_levels() {
        let report = br#"[
            { "id": "request-parameter-removed", "text": "deleted", "level": 2, "operation": "GET", "path": "/a" },
            { "id": "api-removed", "text": "removed", "level": 3, "operation": "PUT", "path": "/a" } ]"#;
        let objections = objections(report).expect("it is a report");
        let read: Vec<_> = objections
            .iter()
            .map(|one| (one.operation.as_str(), one.certain))
            .collect();
        assert_eq!(read, [("GET /a", false), ("PUT /a", true)]);
    }
}
