//! The document as a whole.

use super::told;
use crate::support::{Parts, target};
use openapi_codegen::Document;

#[test]
fn of_the_document() {
    let refused =
        |text: &str| told(Document::parse("a.yaml", text).and_then(|it| target().generate_from(&it)));
    assert_eq!(
        refused("openapi: 3.0.3\npaths: {}\n"),
        "a.yaml:1: `openapi: 3.0.3`; write the document in OpenAPI 3.1, and say `openapi: 3.1.0`"
    );
    assert_eq!(
        refused("openapi: 3.1\npaths: {}\n"),
        "a.yaml:1: `openapi: 3.1`; write the document in OpenAPI 3.1, and say `openapi: 3.1.0`"
    );
    assert_eq!(
        refused("openapi: 3.1.0\npaths: {}\n"),
        "a.yaml:1: a document without `info`; add `info`"
    );
    assert_eq!(
        refused("[]"),
        "a.yaml:1: the document that is not a mapping; write `key: value` pairs"
    );
    assert_eq!(
        refused("openapi: 3.1.0\ninfo: { title: T }\npaths: {}\nwebhooks: {}\n"),
        "a.yaml:4: `webhooks` in the document; describe events in their own document"
    );
}

#[test]
fn of_the_root() {
    let refused = |root: &str| {
        told(
            Parts {
                root,
                ..Parts::default()
            }
            .generate(),
        )
    };
    let cases = [
        (
            "jsonSchemaDialect: 'http://json-schema.org/draft-07/schema#'",
            "`jsonSchemaDialect: http://json-schema.org/draft-07/schema#`; leave it out; schemas are those of OpenAPI 3.1",
        ),
        (
            "servers: [{ url: 'https://{zone}.test', variables: { zone: { default: a } } }]",
            "`variables` in a server; write the URL out; a client is given its base URL",
        ),
        (
            "servers: https://a.test",
            "`servers` that is not a list; write `- item` lines",
        ),
        (
            "security: []",
            "`security` in the document; write `security` on each operation",
        ),
        (
            "x-resilience: {}",
            "`x-resilience` in the document; write it on the operation",
        ),
    ];
    for (root, expected) in cases {
        assert_eq!(refused(root), format!("test.yaml:3: {expected}"));
    }
}

#[test]
fn of_a_section_that_is_no_mapping() {
    let text = "openapi: 3.1.0\ninfo: { title: T, licence: MIT }\npaths: []\ncomponents: { schemas: [] }\n";
    assert_eq!(
        told(Document::parse("a.yaml", text).and_then(|it| target().generate_from(&it))),
        "a.yaml:2: `licence` in `info`; known here are title, summary, description, termsOfService, contact, license, version\n\
         a.yaml:3: `paths` that is not a mapping; write `key: value` pairs\n\
         a.yaml:4: `schemas` that is not a mapping; write `key: value` pairs"
    );
}

#[test]
fn of_what_is_written_in_another_kind_of_yaml() {
    let refused = |text: &str| told(Document::parse("a.yaml", text).map(|_| unreachable!("it is read")));
    let plain = "write plain YAML: text, numbers, lists, mappings";
    let cases = [
        (
            "a: &a { b: c }\nd:\n  <<: *a\n",
            format!("3: a merge key (`<<`); {plain}"),
        ),
        ("a: !text 5\n", format!("1: a YAML tag; {plain}")),
        (
            "a:\n  ? [b]\n  : c\n",
            format!("2: a key that is not text; {plain}"),
        ),
        (
            "a: &a b\n? *a\n: c\n",
            format!("2: a key that is not text; {plain}"),
        ),
        ("a: { true: b }\n", format!("1: a key that is not text; {plain}")),
        (
            "a:\n\tb: c\n",
            "2: not YAML: tabs disallowed within this context (block indentation); mend the syntax"
                .to_owned(),
        ),
        (
            "",
            "1: 0 YAML documents in one file; write one document a file".to_owned(),
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(refused(text), format!("a.yaml:{expected}"), "{text:?}");
    }
}

#[test]
fn of_servers_of_a_path() {
    let refused = |root: &str, own: &str| {
        told(
            Parts {
                root,
                path_item: &format!("servers: {own}"),
                ..Parts::default()
            }
            .generate(),
        )
    };
    assert_eq!(
        refused("", "[{ url: / }]"),
        "test.yaml:6: `servers` at `/things`, but not at the root; say at the root where all other paths begin"
    );
    assert_eq!(
        refused("servers: [{ url: /api }]", "[{ url: 'https://other.test' }]"),
        "test.yaml:6: `url: https://other.test` of a server, where a path has its own; write a path, such as `/api/v1` or `/`"
    );
    assert_eq!(
        refused("servers: [{ url: /api }, { url: /test }]", "[{ url: / }]"),
        "test.yaml:3: several `servers` where a path has its own, or none; write one server in each place"
    );
}

#[test]
fn all_at_once_in_the_order_of_the_document() {
    let refused = Parts {
        resilience: "{ idempotency: perhaps }",
        parameters: "[{ name: n, in: cookie, schema: { type: string } }]",
        responses: "{ default: { description: D. } }",
        ..Parts::default()
    }
    .generate()
    .unwrap_err();
    let lines: Vec<usize> = refused
        .refusals()
        .iter()
        .map(openapi_codegen::Refusal::line)
        .collect();
    assert_eq!(lines, [13, 14, 15]);
}
