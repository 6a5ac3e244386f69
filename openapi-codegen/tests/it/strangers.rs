//! Documents as other people write them: refused in words, each at its line, and all at once.

use crate::support::target;
use openapi_codegen::Document;

fn refusals(text: &str) -> Vec<String> {
    let generated =
        Document::parse("stranger.yaml", text).and_then(|document| target().generate_from(&document));
    let error = generated.expect_err("the document is not of our subset");
    error.refusals().iter().map(ToString::to_string).collect()
}

#[test]
fn a_game_with_keys_in_headers_callbacks_and_pages_of_html_for_errors() {
    let told = refusals(
        r##"openapi: 3.1.0
info: { title: Chess, version: 1.0.0 }
paths:
  /board/{row}:
    parameters: [{ $ref: '#/components/parameters/row' }]
    get:
      operationId: get-square
      summary: Get a square
      tags: [Play]
      security: [{ apiKey: [] }]
      responses:
        '200': { description: OK, content: { application/json: { schema: { $ref: '#/components/schemas/mark' } } } }
        '400': { description: Bad, content: { text/html: { schema: { type: string }, example: Bad } } }
    put:
      operationId: put-square
      tags: [Play]
      responses: { '200': { description: OK } }
      callbacks: { status: {} }
components:
  parameters: { row: { name: row, in: path, required: true, schema: { type: integer, minimum: 1 } } }
  schemas: { mark: { type: string, enum: [., X, O], description: A mark. } }
  securitySchemes: { apiKey: { type: apiKey, name: api-key, in: header } }
"##,
    );
    let expected = [
        "stranger.yaml:7: operation `get-square` without `x-resilience`; \
         add `x-resilience: { idempotency: idempotent }`, or `key`, or `none`",
        "stranger.yaml:21: schema name `mark`; write it LikeThis, and not like a type of Rust or of the client",
        "stranger.yaml:13: an error of `text/html`; answer `application/json`",
        "stranger.yaml:18: `callbacks` in an operation; describe events in their own document",
        "stranger.yaml:20: an integer without a size; write `format: int32` or `format: int64`",
        "stranger.yaml:22: security scheme `apiKey`; use `type: http` with `scheme: bearer`; clients send bearer tokens",
    ];
    for line in expected {
        assert!(told.contains(&line.to_owned()), "{line}: {told:#?}");
    }
}

#[test]
fn a_document_of_webhooks_alone() {
    let told = refusals(
        "openapi: 3.1.0\ninfo: { title: Hooks, version: 1.0.0 }\nwebhooks: { newPet: { post: {} } }\n",
    );
    assert_eq!(
        told,
        [
            "stranger.yaml:1: a document without `paths`; add `paths`",
            "stranger.yaml:3: `webhooks` in the document; describe events in their own document"
        ]
    );
}

#[test]
fn a_document_of_one_operation_without_a_name() {
    let told = refusals(
        "openapi: 3.1.0\ninfo: { title: Scopes, version: 1.0.0 }\npaths:\n  /users:\n    get:\n      \
         security: [{ bearerAuth: [read:users] }]\n",
    );
    assert_eq!(
        told,
        ["stranger.yaml:6: an operation without `operationId`; add `operationId`"]
    );
}

#[test]
fn a_document_of_the_last_version() {
    let told = refusals("swagger: '2.0'\ninfo: {}\npaths: {}\n");
    assert!(told[0].contains("`swagger` in the document"), "{told:?}");
}

#[test]
fn aliases_that_multiply_are_no_way_to_fill_the_memory() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let before = format!("*a{}, ", level - 1).repeat(10);
        text.push_str(&format!("a{level}: &a{level} [{before}]\n"));
    }
    assert!(!refusals(&text).is_empty());
}

#[test]
fn keys_that_nest_through_aliases_are_refused_before_they_are_hashed() {
    let mut text = "a0: &a0 { x: 1 }\n".to_owned();
    for level in 1..20_000 {
        text.push_str(&format!("a{level}: &a{level} {{ ? *a{} : 1 }}\n", level - 1));
    }
    assert_eq!(
        refusals(&text),
        ["stranger.yaml:2: a key that is not text; write plain YAML: text, numbers, lists, mappings"]
    );
}

#[test]
fn nesting_without_end_ends() {
    for open in ["[", "{a: ", "- ", "? "] {
        assert!(!refusals(&open.repeat(20_000)).is_empty());
    }
}

#[test]
fn of_many_refusals_a_few_of_each_kind_are_told() {
    let mut text = "openapi: 3.1.0\ninfo: { title: Large, version: 1.0.0 }\npaths:\n".to_owned();
    for number in 0..500 {
        text.push_str(&format!(
            "  /{number}: {{ get: {{ operationId: get{number}, summary: S., security: [], responses: {{}} }} }}\n"
        ));
    }
    text.push_str("webhooks: {}\n");
    let document = Document::parse("stranger.yaml", &text).unwrap();
    let error = target().generate_from(&document).unwrap_err();
    assert_eq!(error.refusals().len(), 1001, "a program still gets all of them");
    let told = error.to_string();
    let lines: Vec<&str> = told.lines().collect();
    assert!(
        lines[0].starts_with("stranger.yaml:4: operation `get0` without"),
        "{told}"
    );
    assert_eq!(
        lines[6..],
        [
            "stranger.yaml:504: `webhooks` in the document; describe events in their own document",
            "497 more like line 4: operation `get0` without `x-resilience`",
            "497 more like line 4: operation `get0` without a success status",
            "1001 refusals in all",
        ]
    );
}
