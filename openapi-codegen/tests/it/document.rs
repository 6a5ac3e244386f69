//! Documents are read as they are, or refused with the place.

use openapi_codegen::Document;
use serde_json::json;

#[test]
fn a_document_is_json_with_its_references_in_place() {
    let text = "a: { $ref: '#/b' }\nb: [1, 2.5, true, null, 'x', \"200\"]\n'200': yes\n";
    let document = Document::parse("a.yaml", text).unwrap();
    assert_eq!(
        document.to_json(),
        json!({ "a": { "$ref": "#/b" }, "b": [1, 2.5, true, null, "x", "200"], "200": "yes" })
    );
}

#[test]
fn json_is_yaml() {
    let document = Document::parse("a.json", r#"{"openapi": "3.1.0", "paths": {}}"#).unwrap();
    assert_eq!(document.to_json()["openapi"], "3.1.0");
}

#[test]
fn letters_that_json_escapes_in_two_parts_are_read() {
    let text = r#"{"a": "\ud83d\ude00", "b": "\\ud83d\\ude00", "c": "\u00e9\ud83d\udE00\n"}"#;
    let document = Document::parse("a.json", text).unwrap();
    assert_eq!(
        document.to_json(),
        json!({ "a": "\u{1f600}", "b": "\\ud83d\\ude00", "c": "\u{e9}\u{1f600}\n" })
    );
    let lone = Document::parse("a.json", r#"{"a": "\ud83d"}"#).unwrap_err();
    assert!(lone.to_string().contains("not YAML"), "{lone}");
}

#[test]
fn a_mark_of_byte_order_and_lines_of_any_kind_change_nothing() {
    let plain = Document::parse("a.yaml", "a: |\n  b\n  c\nd: e\n")
        .unwrap()
        .to_json();
    for text in ["\u{feff}a: |\n  b\n  c\nd: e\n", "a: |\r\n  b\r\n  c\r\nd: e\r\n"] {
        assert_eq!(Document::parse("a.yaml", text).unwrap().to_json(), plain);
    }
}

#[test]
fn an_alias_is_what_its_anchor_holds() {
    let document = Document::parse("a.yaml", "a: &a { b: 1 }\nc: *a\n").unwrap();
    assert_eq!(document.to_json()["c"], json!({ "b": 1 }));
}

#[test]
fn what_is_not_yaml_is_refused_with_its_line() {
    let error = Document::parse("a.yaml", "a: 1\nb: [1,\nc: }").unwrap_err();
    let refusal = &error.refusals()[0];
    assert_eq!(refusal.line(), 3, "{error}");
    assert!(refusal.what().starts_with("not YAML"), "{error}");
}

#[test]
fn a_key_that_stands_twice_is_refused_with_its_line() {
    let error = Document::parse("a.yaml", "a: 1\nb: 2\na: 3\n").unwrap_err();
    assert_eq!(error.refusals()[0].line(), 3, "{error}");
}

#[test]
fn nesting_without_end_is_refused() {
    let text = format!("a: {}1{}", "[".repeat(150), "]".repeat(150));
    let error = Document::parse("a.yaml", &text).unwrap_err();
    assert!(error.to_string().contains("100 levels"), "{error}");
}

#[test]
fn several_documents_in_one_file_are_refused() {
    let error = Document::parse("a.yaml", "a: 1\n---\nb: 2\n").unwrap_err();
    assert!(error.to_string().contains("one document a file"), "{error}");
}

#[test]
fn a_missing_file_is_told_by_its_name() {
    let error = Document::load("no/such/file.yaml").unwrap_err();
    assert!(
        error.to_string().starts_with("can't read no/such/file.yaml"),
        "{error}"
    );
}
