//! Whole documents: places, laws, and documents that are not as they should be.

use super::{Case, SHOP, between, changed, document, hold, told};
use crate::support::toy_target;
use openapi_codegen::Document;
use openapi_codegen::compare::{Class, Side, compare, rules};
use openapi_codegen::fuzz::Fuzz;
use std::collections::BTreeSet;

pub(crate) const DOCUMENT: &[Case] = &[
    (
        "version: 1.2.0",
        "version: 1.3.0",
        "compatible version-changed",
        "compatible version-changed",
    ),
    (
        "openapi: 3.1.0",
        "openapi: 3.1.1",
        "note openapi-version-changed",
        "note openapi-version-changed",
    ),
    (
        "openapi: 3.1.0",
        "openapi: 3.0.3",
        "breaking unclassified",
        "breaking unclassified",
    ),
    (
        "title: Shop",
        "title: Store",
        "compatible documentation-changed",
        "compatible documentation-changed",
    ),
    (
        "summary: Lists things.",
        "summary: Lists all things.",
        "compatible documentation-changed",
        "compatible documentation-changed",
    ),
    (
        "description: What is sold.",
        "description: Goods.",
        "compatible documentation-changed",
        "compatible documentation-changed",
    ),
    (
        "tags: [{ name: things }]",
        "tags: [{ name: goods }]",
        "compatible documentation-changed",
        "compatible documentation-changed",
    ),
    (
        "    Unused: { type: string }\n",
        "",
        "compatible component-removed",
        "compatible component-added",
    ),
    (
        "Unused: { type: string }",
        "Unused: { type: integer }",
        "compatible unused-component-changed",
        "compatible unused-component-changed",
    ),
    (
        "components:\n",
        "webhooks: { sold: {} }\ncomponents:\n",
        "breaking unclassified",
        "breaking unclassified",
    ),
];

#[test]
fn a_document() {
    hold(DOCUMENT);
}

#[test]
fn every_rule_is_shown_by_a_case() {
    use super::{messages, operations, parameters, properties, values};
    let tables = [
        DOCUMENT,
        operations::OPERATIONS,
        operations::SECURITY,
        operations::PROTECTION,
        parameters::PARAMETERS,
        messages::BODIES,
        messages::ANSWERS,
        properties::PROPERTIES,
        properties::UNIONS,
        values::TYPES,
        values::ENUMS,
        values::BOUNDS,
    ];
    let cases = tables.iter().copied().flatten();
    let shown: BTreeSet<&str> = cases
        .flat_map(|case| [case.2, case.3])
        .flat_map(|told| told.split(" + "))
        .collect();
    let missing: Vec<String> = rules()
        .iter()
        .map(|rule| format!("{} {}", rule.class().name(), rule.name()))
        // Told apart by a path's text, which stands in two places of a document.
        .filter(|rule| rule != "note path-parameter-renamed" && !shown.contains(rule.as_str()))
        .collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn a_parameter_of_the_path_is_renamed_without_moving_the_path() {
    let renamed = SHOP.replace("thingId", "id");
    assert_eq!(
        told(&between(SHOP, &renamed)),
        "note path-parameter-renamed + note written-differently"
    );
}

#[test]
fn a_change_is_told_once_with_all_operations_that_it_concerns() {
    let after = changed(
        "maxLength: 100 }\n        kind: { $ref: '#/components/schemas/Kind' }\n        level",
        "maxLength: 120 }\n        kind: { $ref: '#/components/schemas/Kind' }\n        level",
    );
    let comparison = between(SHOP, &after);
    let [change] = comparison.changes() else {
        panic!("{:?}", comparison.changes());
    };
    assert_eq!(
        change.to_string(),
        "shop.yaml:92: breaking: `maxLength` is `120`, was `100` \
        (response-constraint-relaxed), at /components/schemas/Thing/properties/name/maxLength"
    );
    let operations: Vec<&str> = change.operations.iter().map(String::as_str).collect();
    assert_eq!(
        operations,
        ["GET /things", "GET /things/{thingId}", "POST /things"]
    );
}

#[test]
fn what_is_gone_is_shown_in_the_old_document() {
    let comparison = between(
        SHOP,
        &changed(
            "    put:\n      operationId: putThing",
            "    patch:\n      operationId: putThing",
        ),
    );
    let change = &comparison.changes()[0];
    assert_eq!(
        (change.side, change.line, change.pointer.as_str()),
        (Side::Before, 60, "/paths/~1things~1{thingId}/put")
    );
}

#[test]
fn a_break_is_announced_by_a_higher_major_version() {
    for (before, after, announced) in [
        ("1.2.0", "2.0.0", true),
        ("1.2.0", "1.3.0", false),
        ("0.2.0", "0.3.0", true),
        ("0.2.0", "0.2.1", false),
        ("0.9.0", "1.0.0", true),
        ("1.0.0", "0.9.0", false),
        ("1.2.0", "soon", false),
    ] {
        let of = |version: &str| SHOP.replace("version: 1.2.0", &format!("version: {version}"));
        assert_eq!(
            between(&of(before), &of(after)).is_announced(),
            announced,
            "{before} to {after}"
        );
    }
}

#[test]
fn the_classes_are_counted() {
    let comparison = between(SHOP, &changed("maximum: 9 }", "maximum: 8 }"));
    assert!(comparison.is_breaking());
    let counts = [Class::Breaking, Class::Note, Class::Compatible].map(|class| comparison.count(class));
    assert_eq!(counts, [1, 0, 1]);
}

#[test]
fn a_document_does_not_differ_from_itself() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    for file in [
        "openapi/product-service.yaml",
        "openapi-codegen/golden/constructs.yaml",
    ] {
        let load = || Document::load(format!("{root}/{file}")).unwrap();
        assert_eq!(compare(&load(), &load()).changes(), []);
    }
    assert_eq!(between(SHOP, SHOP).changes(), []);
}

#[test]
fn references_in_a_circle_or_to_nowhere_end() {
    let circle = changed(
        "Kind: { type: string, enum: [RED, GREEN] }",
        "Kind: { $ref: '#/components/schemas/Kind' }",
    );
    assert_eq!(told(&between(&circle, &circle)), "");
    assert!(between(SHOP, &circle).is_breaking());
    let nowhere = changed(
        "Kind: { type: string, enum: [RED, GREEN] }",
        "Kind: { $ref: 'kinds.yaml#/Kind' }",
    );
    assert_eq!(told(&between(&nowhere, &nowhere)), "");
    assert!(told(&between(SHOP, &nowhere)).contains("breaking unclassified"));
}

#[test]
fn references_chain_deeper_than_the_stack() {
    let chain = |end: &str| {
        let mut text = SHOP.replace(
            "Kind: { type: string, enum: [RED, GREEN] }",
            "Kind: { $ref: '#/components/schemas/K0' }",
        );
        for number in 0..3_000 {
            let next = number + 1;
            text.push_str(&format!(
                "    K{number}: {{ properties: {{ k: {{ $ref: '#/components/schemas/K{next}' }} }} }}\n"
            ));
        }
        text.push_str(&format!("    K3000: {end}\n"));
        text
    };
    let comparison = between(&chain("{ type: string }"), &chain("{ type: integer }"));
    assert!(
        told(&comparison).contains("breaking type-changed"),
        "{}",
        told(&comparison)
    );
}

#[test]
fn damaged_documents_are_compared_without_a_panic_and_without_silence() {
    let fuzz = Fuzz::new(vec![toy_target("src/generated")], 20_261_125).unwrap();
    let whole = std::fs::read_to_string(toy_target("src/generated").document()).unwrap();
    let whole = document(&whole);
    let mut compared = 0;
    for case in 0..200 {
        let Ok(damaged) = Document::parse("damaged.yaml", &fuzz.text(case)) else {
            continue;
        };
        compared += 1;
        assert_eq!(compare(&damaged, &damaged).changes(), [], "case {case}");
        let differs = damaged.to_json() != whole.to_json();
        let (forwards, backwards) = (compare(&whole, &damaged), compare(&damaged, &whole));
        assert_eq!(forwards.changes().is_empty(), !differs, "case {case}");
        assert_eq!(backwards.changes().is_empty(), !differs, "case {case}");
    }
    assert!(compared > 50, "{compared}");
}
