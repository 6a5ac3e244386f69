//! The document's own examples are valid by its own schemas.

use super::document::{Contract, violations};
use serde_json::Value;

#[test]
fn every_example_of_a_request_and_of_an_answer_is_valid() {
    let contract = Contract::load();
    let (mut checked, mut wrong) = (0, Vec::new());
    for operation in contract.operations() {
        let body = contract.resolved(&operation.definition["requestBody"]);
        let answers = operation.definition["responses"]
            .as_object()
            .expect("every operation has answers");
        let contents = std::iter::once(body).chain(answers.values().map(|answer| contract.resolved(answer)));
        for content in contents.filter_map(|holder| holder["content"].as_object()) {
            for (media_type, content) in content {
                let validator = contract.validator(&content["schema"]);
                for (name, example) in examples(&contract, content) {
                    checked += 1;
                    let found = violations(&validator, example);
                    wrong.extend(
                        found
                            .iter()
                            .map(|what| format!("{} {media_type} {name}: {what}", operation.id)),
                    );
                }
            }
        }
    }
    assert!(checked > 30, "only {checked} examples were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn examples<'a>(contract: &'a Contract, content: &'a Value) -> Vec<(&'a str, &'a Value)> {
    let named = content["examples"].as_object().into_iter().flatten();
    let named = named.map(|(name, example)| (name.as_str(), &contract.resolved(example)["value"]));
    named
        .chain(content.get("example").map(|example| ("example", example)))
        .collect()
}

#[test]
fn every_example_and_every_default_of_a_parameter_is_valid() {
    let contract = Contract::load();
    let mut checked = 0;
    for operation in contract.operations() {
        for parameter in contract.parameters(&operation) {
            let schema = &parameter["schema"];
            let validator = contract.validator(schema);
            let examples = examples(&contract, parameter).into_iter();
            let default = schema.get("default").map(|default| ("default", default));
            for (name, value) in examples.chain(default) {
                checked += 1;
                let found = violations(&validator, value);
                assert!(
                    found.is_empty(),
                    "{} {} {name}: {found:?}",
                    operation.id,
                    parameter["name"]
                );
            }
        }
    }
    assert!(checked > 5, "only {checked} examples and defaults were found");
}

#[test]
fn every_default_of_a_field_is_valid() {
    let contract = Contract::load();
    let mut checked = 0;
    for (name, schema) in contract.schemas() {
        for (field, schema) in schema["properties"].as_object().into_iter().flatten() {
            if let Some(default) = schema.get("default") {
                checked += 1;
                let found = violations(&contract.validator(schema), default);
                assert!(found.is_empty(), "{name}.{field}: {found:?}");
            }
        }
    }
    assert!(checked > 2, "only {checked} defaults were found");
}

#[test]
fn every_request_body_and_every_success_has_an_example() {
    let contract = Contract::load();
    for operation in contract.operations() {
        let body = contract.resolved(&operation.definition["requestBody"]);
        let successes = operation.definition["responses"].as_object().unwrap().iter();
        let successes = successes
            .filter(|(status, _)| status.starts_with('2'))
            .map(|(_, answer)| contract.resolved(answer));
        for holder in std::iter::once(body).chain(successes) {
            for (media_type, content) in holder["content"].as_object().into_iter().flatten() {
                assert!(
                    !examples(&contract, content).is_empty(),
                    "{} {media_type} has no example",
                    operation.id
                );
            }
        }
    }
}

#[test]
fn every_operation_says_how_it_may_be_retried() {
    let contract = Contract::load();
    for operation in contract.operations() {
        let policy = &operation.definition["x-resilience"];
        let number = |key: &str| {
            policy[key]
                .as_u64()
                .unwrap_or_else(|| panic!("{} lacks {key}", operation.id))
        };
        assert!(
            number("connectTimeoutMs") <= number("attemptTimeoutMs"),
            "{}",
            operation.id
        );
        assert!(
            number("attemptTimeoutMs") < number("overallTimeoutMs"),
            "{}",
            operation.id
        );
        assert!(policy["breakerGroup"].is_string(), "{}", operation.id);
    }
}
