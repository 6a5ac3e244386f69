//! `redocly diff`.

use super::{Objection, output_of};
use serde_json::Value;
use std::path::Path;

/// Where `cargo xtask lint` puts it, or wherever the shell finds it.
const PROGRAMS: [&str; 2] = [".tools/lint/node_modules/.bin/redocly", "redocly"];

pub(in crate::contracts) fn ask(older: &Path, newer: &Path) -> Result<Option<Vec<Objection>>, String> {
    let output = output_of(&PROGRAMS, |command| {
        command
            .arg("diff")
            .args([older, newer])
            .args(["--format", "json", "--fail-on", "none"])
            .env("REDOCLY_TELEMETRY", "off")
            .env("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
    })?;
    output.map(|json| objections(&json)).transpose()
}

fn objections(json: &[u8]) -> Result<Vec<Objection>, String> {
    let report: Value = serde_json::from_slice(json).map_err(|cause| format!("not JSON: {cause}"))?;
    let changes = report["changes"].as_array().ok_or("a report without `changes`")?;
    let major = |one: &&Value| one["impact"] == "major";
    let of_change = |change: &Value| {
        let verdicts = change["verdicts"]
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default();
        let of_verdict = |verdict: &Value| {
            let places = [&verdict["location"], &change["base"], &change["revision"]];
            let pointers = places.iter().filter_map(|place| place["pointer"].as_str());
            Objection {
                operation: operation(change["path"].as_str().unwrap_or_default()),
                pointers: pointers
                    .map(|pointer| pointer.trim_start_matches('#').to_owned())
                    .collect(),
                rule: verdict["ruleId"].as_str().unwrap_or_default().to_owned(),
                text: verdict["message"].as_str().unwrap_or_default().to_owned(),
                certain: true,
            }
        };
        verdicts.iter().filter(major).map(of_verdict).collect::<Vec<_>>()
    };
    Ok(changes.iter().filter(major).flat_map(of_change).collect())
}

/// `#/paths/~1products/get/...` is of `GET /products`; what is of no operation keeps its path.
fn operation(pointer: &str) -> String {
    let mut tokens = pointer.split('/').skip(1);
    match (tokens.next(), tokens.next(), tokens.next()) {
        (Some("paths"), Some(path), method) => {
            let path = path.replace("~1", "/").replace("~0", "~");
            let method = method.map_or_else(String::new, str::to_uppercase);
            format!("{method} {path}").trim().to_owned()
        }
        _ => pointer.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::objections;

    #[test]
    fn a_report_is_read_by_its_major_changes() {
        let report = br##"{ "changes": [
            { "path": "#/paths/~1a~1{id}/get/parameters/0/schema", "impact": "major",
              "verdicts": [
                { "ruleId": "schema-constraint-changed", "impact": "major", "message": "Narrowed.",
                  "location": { "pointer": "#/components/parameters/Id/schema/maximum" } },
                { "ruleId": "another", "impact": "patch", "message": "Words." } ],
              "base": { "pointer": "#/components/parameters/Id/schema/maximum" } },
            { "path": "#/info", "impact": "patch", "verdicts": [] } ] }"##;
        let objections = objections(report).expect("it is a report");
        let [one] = objections.as_slice() else {
            panic!("{objections:?}");
        };
        assert_eq!(one.operation, "GET /a/{id}");
        assert_eq!(one.rule, "schema-constraint-changed");
        assert_eq!(one.pointers[0], "/components/parameters/Id/schema/maximum");
    }

    #[test]
    fn what_is_no_report_is_told() {
        assert!(objections(b"Something else").is_err());
        assert!(objections(b"{}").is_err());
    }
}
