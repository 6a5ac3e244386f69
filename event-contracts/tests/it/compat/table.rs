//! Two versions of one schema, in both directions: each incompatibility with its rule and its path.

use event_contracts::compat::{Rule, compare};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Also read by `cargo xtask contracts cases`, which asks Redocly about each.
const CASES: &str = include_str!("cases.json");

fn told(writer: &Value, reader: &Value) -> Vec<String> {
    let found = compare(writer, reader).into_iter();
    found.map(|one| format!("{} {}", one.rule, one.path)).collect()
}

/// As the table has it: `rule path`.
fn expected(case: &Value, direction: &str) -> Vec<String> {
    serde_json::from_value(case[direction].clone()).unwrap()
}

#[test]
fn every_case_is_told_as_the_table_has_it_in_both_directions() {
    let cases: Vec<Value> = serde_json::from_str(CASES).unwrap();
    let mut wrong = Vec::new();
    for case in &cases {
        for (direction, writer, reader) in [("backward", "old", "new"), ("forward", "new", "old")] {
            let told = told(&case[writer], &case[reader]);
            let expected = expected(case, direction);
            if told != expected {
                wrong.push(format!(
                    "{} {direction}: told {told:?}, expected {expected:?}",
                    case["name"]
                ));
            }
        }
        for schema in ["old", "new"] {
            assert_eq!(
                told(&case[schema], &case[schema]),
                Vec::<String>::new(),
                "{}",
                case["name"]
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(cases.len() >= 40);
}

#[test]
fn every_rule_is_shown_by_a_case() {
    let cases: Vec<Value> = serde_json::from_str(CASES).unwrap();
    let shown: BTreeSet<String> = cases
        .iter()
        .flat_map(|case| [expected(case, "backward"), expected(case, "forward")].concat())
        .filter_map(|told| told.split(' ').next().map(str::to_owned))
        .collect();
    let rules: BTreeSet<String> = Rule::ALL.iter().map(ToString::to_string).collect();
    assert_eq!(shown, rules);
}

#[test]
fn a_reference_that_leads_out_of_the_schema_is_undecided() {
    let writer = json!({ "type": "string" });
    for target in [
        "https://example.com/s.json",
        "#/$defs/Missing",
        "other.json#/$defs/T",
    ] {
        let reader = json!({ "$ref": target });
        assert_eq!(told(&writer, &reader), ["undecided "]);
        assert_eq!(told(&reader, &reader), Vec::<String>::new());
    }
}

#[test]
fn a_schema_that_refers_to_itself_without_end_is_undecided() {
    let reader = json!({ "$ref": "#/$defs/A", "$defs": {
        "A": { "anyOf": [{ "$ref": "#/$defs/A" }, { "type": "integer" }] }
    } });
    assert_eq!(told(&json!({ "type": "integer" }), &reader), Vec::<String>::new());
    assert!(!told(&json!({ "type": "string" }), &reader).is_empty());
}

#[test]
fn what_lies_too_deep_is_undecided() {
    let deep = |leaf: &str| {
        (0..120).fold(
            json!({ "type": leaf }),
            |inner, _| json!({ "items": inner, "type": "array" }),
        )
    };
    let found = compare(&deep("integer"), &deep("string"));
    assert!(found.iter().all(|one| one.rule == Rule::Undecided) && !found.is_empty());
}

#[test]
fn a_repetition_without_its_end_is_no_known_pattern() {
    // ECMA-262 takes it for the text as it stands.
    for open in ["^x{2,3?$", "^x{2,3y$"] {
        let (writer, reader) = (
            json!({ "const": "xx" }),
            json!({ "type": "string", "pattern": open }),
        );
        assert_eq!(told(&writer, &reader), ["undecided "], "{open}");
    }
}

#[test]
fn a_pattern_of_names_holds_for_the_properties_that_it_matches() {
    let any =
        json!({ "type": "object", "properties": { "a": {} }, "additionalProperties": { "type": "string" } });
    let number = json!({ "patternProperties": { "^a$": { "type": ["string", "integer"] } } });
    let writer = json!({ "allOf": [any, number] });
    let text = json!({ "type": "object", "properties": { "a": {} }, "patternProperties": { "^a$": { "type": "string" } } });
    assert_eq!(told(&writer, &text), ["type-refused /a"]);
}
