//! What small documents become.

use crate::support::{Parts, answering, target};
use openapi_codegen::Document;

#[test]
fn integers_take_their_size_and_sign_from_the_schema() {
    let generated = answering(
        "{ Thing: { description: T., type: object, required: [a, b, c, d], properties: { \
         a: { description: A., type: integer, format: int32 }, b: { description: B., type: integer, format: int64 }, \
         c: { description: C., type: integer, format: int32, minimum: 0 }, \
         d: { description: D., type: integer, format: int64, minimum: 1 } } } }",
    )
    .unwrap();
    let model = &generated.files()["models/thing.rs"];
    for line in ["pub a: i32,", "pub b: i64,", "pub c: u32,", "pub d: u64,"] {
        assert!(model.contains(line), "{line}: {model}");
    }
}

#[test]
fn a_named_plain_value_is_transparent() {
    let generated = answering(
        "{ Word: { type: string }, Thing: { description: T., type: object, required: [a], properties: \
         { a: { $ref: '#/components/schemas/Word', description: A. } } } }",
    )
    .unwrap();
    assert!(generated.files()["models/thing.rs"].contains("pub a: String,"));
    assert!(!generated.files().contains_key("models/word.rs"));
}

#[test]
fn only_what_operations_use_is_generated() {
    let generated = answering(
        "{ Spare: { description: S., type: object, properties: {} }, \
         Thing: { description: T., type: object, properties: {} } }",
    )
    .unwrap();
    assert!(generated.files().contains_key("models/thing.rs"));
    assert!(!generated.files().contains_key("models/spare.rs"));
}

#[test]
fn a_parameter_of_the_operation_replaces_that_of_the_path() {
    let generated = Parts {
        path_item: "parameters: [{ name: n, in: query, description: Of the path., schema: { type: boolean } }]",
        parameters: "[{ name: n, in: query, description: Of the operation., schema: { type: string } }]",
        ..Parts::default()
    }
    .generate()
    .unwrap();
    let operation = &generated.files()["operations/do_it.rs"];
    assert!(
        operation.contains("/// Of the operation.\n    pub n: Option<String>,"),
        "{operation}"
    );
    assert!(!operation.contains("Of the path"), "{operation}");
}

#[test]
fn headers_that_every_call_has_are_no_arguments() {
    let generated = Parts {
        parameters: "[{ name: X-Correlation-ID, in: header, schema: { type: string } }]",
        ..Parts::default()
    }
    .generate()
    .unwrap();
    assert!(generated.files()["operations/do_it.rs"].contains("pub struct DoIt;"));
}

#[test]
fn bounds_and_defaults_are_told() {
    let generated = Parts {
        parameters: "[{ name: n, in: query, description: How many., \
                     schema: { type: integer, format: int32, minimum: 1, maximum: 9, default: 3 } }]",
        ..Parts::default()
    }
    .generate()
    .unwrap();
    assert!(generated.files()["operations/do_it.rs"].contains("/// How many. Range: 1 to 9. Default: `3`."));
}

#[test]
fn bounds_are_sentences_of_their_own_behind_any_description() {
    for (description, expected) in [
        ("How many (at once)", "/// How many (at once). Range: 1 to 9.\n"),
        ("How many?", "/// How many? Range: 1 to 9.\n"),
        ("\"```\\nn\\n```\"", "/// ```\n    ///\n    /// Range: 1 to 9.\n"),
    ] {
        let parameters = format!(
            "[{{ name: n, in: query, description: {description}, \
             schema: {{ type: integer, format: int32, minimum: 1, maximum: 9 }} }}]"
        );
        let generated = Parts {
            parameters: &parameters,
            ..Parts::default()
        }
        .generate()
        .unwrap();
        let operation = &generated.files()["operations/do_it.rs"];
        assert!(operation.contains(expected), "{operation}");
    }
}

#[test]
fn keywords_are_escaped() {
    let generated = Parts {
        parameters: "[{ name: type, in: query, schema: { type: string } }]",
        ..Parts::default()
    }
    .generate()
    .unwrap();
    let operation = &generated.files()["operations/do_it.rs"];
    assert!(
        operation.contains("pub fn r#type(mut self, r#type: impl Into<String>)"),
        "{operation}"
    );
}

#[test]
fn extensions_that_nobody_knows_are_left_alone() {
    Parts {
        operation: "x-internal-note: whatever",
        ..Parts::default()
    }
    .generate()
    .unwrap();
}

#[test]
fn what_a_description_shows_as_code_is_not_compiled() {
    let operation = "description: \"See [a] and `[b]`:\\n\\n    not rust\\n\\n```\\nnot <rust>\\n```\\n\\n- one\\n- two\"";
    let generated = Parts {
        operation,
        ..Parts::default()
    }
    .generate()
    .unwrap();
    let client = &generated.files()["client.rs"];
    let expected = [
        "See \\[a\\] and `[b]`:",
        "",
        "not rust",
        "",
        "```text",
        "not <rust>",
        "```",
        "",
        "- one",
        "- two",
    ];
    let docs: String = expected
        .iter()
        .map(|line| format!("    ///{}{line}\n", if line.is_empty() { "" } else { " " }))
        .collect();
    assert!(client.contains(&docs), "{client}");
}

#[test]
fn what_a_stranger_does_not_say_of_resilience_is_taken_from_http() {
    let key = "[{ name: Idempotency-Key, in: header, schema: { type: string } }]";
    let cases = [
        ("get", "[]", "Idempotency::Idempotent"),
        ("head", "[]", "Idempotency::Idempotent"),
        ("put", "[]", "Idempotency::Idempotent"),
        ("delete", "[]", "Idempotency::Idempotent"),
        ("post", "[]", "Idempotency::NotIdempotent"),
        ("patch", "[]", "Idempotency::NotIdempotent"),
        ("post", key, "Idempotency::WithKey"),
    ];
    for (method, parameters, expected) in cases {
        let said = Parts {
            method,
            parameters,
            ..Parts::default()
        }
        .text();
        let unsaid = said.replace("x-resilience: { idempotency: idempotent }", "");
        let document = Document::parse("stranger.yaml", &unsaid).unwrap();
        assert!(
            target().generate_from(&document).is_err(),
            "nothing is assumed unasked"
        );
        let generated = target()
            .with_assumed_resilience()
            .generate_from(&document)
            .unwrap();
        let operation = &generated.files()["operations/do_it.rs"];
        assert!(operation.contains(expected), "{method}: {operation}");
        assert!(operation.contains("Duration::from_secs(5)"), "{operation}");
    }
}

#[test]
fn what_a_document_says_of_resilience_is_never_assumed() {
    let said = Parts {
        resilience: "{ idempotency: none }",
        ..Parts::default()
    }
    .text();
    let document = Document::parse("stranger.yaml", &said).unwrap();
    let generated = target()
        .with_assumed_resilience()
        .generate_from(&document)
        .unwrap();
    assert!(generated.files()["operations/do_it.rs"].contains("Idempotency::NotIdempotent"));
}
