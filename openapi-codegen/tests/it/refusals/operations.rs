//! Operations, their paths and their names.

use super::told;
use crate::support::{Parts, target};
use openapi_codegen::Document;

#[test]
fn of_operations() {
    let cases = [
        (
            "deprecated: perhaps",
            "12: `deprecated` that is neither true nor false; write one of them",
        ),
        (
            "callbacks: {}",
            "12: `callbacks` in an operation; describe events in their own document",
        ),
        (
            "description: 3",
            "12: `description` that is not text; write a string",
        ),
        (
            "servers: []",
            "12: `servers` in an operation; write `servers` at the root or at a path; a client is given its base URL",
        ),
        (
            "x-rust-type: Decimal",
            "12: `x-rust-type` in an operation; write it on a string, under components/schemas or where the string stands",
        ),
        (
            "requestBody: { content: {} }",
            "12: a request body that may be left out; add `required: true`",
        ),
        (
            "requestBody: { required: true, content: {} }",
            "12: a request body of GET, which HTTP gives no meaning; use parameters, or another method",
        ),
        (
            "requestBody: { required: true, content: { text/plain: {} } }",
            "12: a request body of `text/plain`; write `application/json` or `application/merge-patch+json`",
        ),
        (
            "requestBody: { required: true, content: { application/json: { schema: { type: string } } } }",
            "12: a request body that is not a named object; define it under components/schemas and refer to it",
        ),
    ];
    for (operation, expected) in cases {
        assert_eq!(
            told(
                Parts {
                    operation,
                    method: if expected.contains("of GET") {
                        "get"
                    } else {
                        "post"
                    },
                    ..Parts::default()
                }
                .generate()
            ),
            format!("test.yaml:{expected}")
        );
    }
}

#[test]
fn of_methods_and_paths() {
    let trace = Parts {
        method: "trace",
        ..Parts::default()
    }
    .generate();
    assert_eq!(
        told(trace),
        "test.yaml:7: `trace` in a path; leave the method to the service; clients do not call it"
    );
    let hole = Parts {
        path: "/things/{id}",
        ..Parts::default()
    }
    .generate();
    assert_eq!(
        told(hole),
        "test.yaml:5: path `/things/{id}` without a parameter for `{id}`; declare `id` with `in: path`"
    );
}

#[test]
fn of_operations_that_share_a_name() {
    let text = Parts::default().text().replace("components:", &format!(
        "  /others:\n    get:\n      operationId: do-it\n      tags: [things]\n      summary: S.\n      security: []\n      \
         x-resilience: {{ idempotency: idempotent }}\n      responses: {}\ncomponents:",
        "{ '200': { description: Done. } }"
    ));
    let refused = told(Document::parse("test.yaml", &text).and_then(|it| target().generate_from(&it)));
    assert_eq!(
        refused,
        "test.yaml:18: `do-it`, whose type `DoIt` has the name of another type; choose another operationId"
    );
}

#[test]
fn of_pages() {
    let page = "{ name: page, in: query, schema: { type: integer, format: int32, minimum: 1 } }";
    let paged = |parameters: &str| {
        told(
            Parts {
                operation: "x-paged: true",
                parameters,
                ..Parts::default()
            }
            .generate(),
        )
    };
    assert_eq!(
        paged("[]"),
        "test.yaml:8: operation `doIt` with `x-paged`, but without the parameter `page`; \
         add it: optional, in the query, an integer with `format: int32`, counted from `minimum: 1`"
    );
    assert_eq!(
        paged(&format!("[{page}]")),
        "test.yaml:8: operation `doIt` with `x-paged`, whose answer is no page; \
         answer an object that requires `items` (a list), `total`, `page` and `limit`"
    );
}
