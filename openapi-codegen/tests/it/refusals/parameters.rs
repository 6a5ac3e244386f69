//! Parameters.

use super::told;
use crate::support::Parts;

#[test]
fn of_parameters() {
    let cases = [
        ("{ in: query }", "a parameter without `name`; add `name`"),
        (
            "{ name: n, in: query }",
            "parameter `n` without `schema`; add `schema`",
        ),
        (
            "{ name: n, in: cookie, schema: { type: string } }",
            "parameter `n` with `in: cookie`; write `path`, `query` or `header`",
        ),
        (
            "{ name: n, in: query, style: deepObject, schema: { type: string } }",
            "parameter `n` with `style: deepObject`; write `style: form`, or leave it out",
        ),
        (
            "{ name: n, in: query, allowReserved: true, schema: { type: string } }",
            "`allowReserved` in a parameter; leave it out; values are percent-encoded",
        ),
        (
            "{ name: n, in: header, schema: { type: array, items: { type: string } } }",
            "parameter `n` with a schema that is not a plain value; \
             use a string, a number, a boolean or, in the query, a list of them",
        ),
        (
            "{ name: n, in: query, schema: { type: object, additionalProperties: true } }",
            "parameter `n` with a schema that is not a plain value; \
             use a string, a number, a boolean or, in the query, a list of them",
        ),
        (
            "{ name: n, in: query, content: { application/json: { schema: { type: string } } } }",
            "`content` in a parameter; use `schema`",
        ),
        (
            "{ name: n, in: query, explode: 1, schema: { type: string } }",
            "`explode` that is neither true nor false; write one of them",
        ),
        (
            "{ name: Accept, in: header, schema: { type: string } }",
            "header parameter `Accept`; drop it; the media types of the answers say it",
        ),
        (
            "{ name: authorization, in: header, schema: { type: string } }",
            "header parameter `authorization`; drop it; `security` says it",
        ),
        (
            "{ name: 'X A', in: header, schema: { type: string } }",
            "header parameter `X A`, which no header can be called; use letters, digits and `-`",
        ),
        (
            "{ name: X-Correlation-ID, in: header, allowEmptyValue: true, schema: { type: string } }",
            "`allowEmptyValue` in a parameter; leave it out; values are percent-encoded",
        ),
        (
            "{ name: operation_mut, in: query, schema: { type: string } }",
            "operation `doIt` with the parameter `operation_mut`, which every call has; rename the parameter",
        ),
        (
            "{ $ref: '#/components/parameters/Lost', required: true }",
            "`required` beside a `$ref`; write it where the `$ref` leads to",
        ),
        (
            "{ name: n, in: query, schema: { type: string } }, { name: n, in: query, schema: { type: boolean } }",
            "a parameter that stands twice; drop one of them",
        ),
        (
            "{ name: '+1', in: query, schema: { type: string } }",
            "parameter `+1`, of which no Rust name can be made; begin it with a letter",
        ),
        (
            "{ name: timeout, in: query, schema: { type: string } }",
            "operation `doIt` with the parameter `timeout`, which every call has; rename the parameter",
        ),
        (
            "{ name: id, in: path, required: true, schema: { type: string } }",
            "path parameter `id`, which `/things` does not have; write `{id}` into the path, or drop the parameter",
        ),
        (
            "{ $ref: '#/components/parameters/Lost' }",
            "`$ref: #/components/parameters/Lost`, which leads nowhere; define `Lost` under components/parameters",
        ),
        (
            "{ $ref: 'other.yaml#/a' }",
            "`$ref: other.yaml#/a`; refer to `#/components/parameters/<name>` of the same document",
        ),
    ];
    for (parameter, expected) in cases {
        let refused = told(
            Parts {
                parameters: &format!("[{parameter}]"),
                ..Parts::default()
            }
            .generate(),
        );
        let line = match expected {
            _ if expected.starts_with("path parameter") => 5,
            _ if expected.starts_with("operation") => 8,
            _ => 14,
        };
        assert_eq!(refused, format!("test.yaml:{line}: {expected}"), "{parameter}");
    }
}

#[test]
fn of_parameters_that_are_no_list() {
    let parameters = "{ name: n, in: query, schema: { type: string } }";
    let refused = told(
        Parts {
            parameters,
            ..Parts::default()
        }
        .generate(),
    );
    assert_eq!(
        refused,
        "test.yaml:14: `parameters` that is not a list; write `- item` lines"
    );
}

#[test]
fn of_paths() {
    let cases = [
        (
            "things",
            "path `things` without a slash at its start; begin it with `/`",
        ),
        (
            "'/things?a=1'",
            "path `/things?a=1` with a query or a fragment; declare what is asked for as parameters with `in: query`",
        ),
        (
            "/a%20b",
            "path `/a%20b` that is encoded; write the text itself; clients encode it",
        ),
        (
            "'/things/{id'",
            "path `/things/{id` with a brace that is not closed; write `{name}` for each parameter",
        ),
        (
            "'/things/id}'",
            "path `/things/id}` with a brace that is not opened; write `{name}` for each parameter",
        ),
        (
            "'/things/{}'",
            "path `/things/{}` with a brace that is not closed; write `{name}` for each parameter",
        ),
        (
            "'/things/{id}/{id}'",
            "path `/things/{id}/{id}` with `{id}` twice; give each its own name",
        ),
    ];
    for (path, expected) in cases {
        let refused = told(
            Parts {
                path,
                ..Parts::default()
            }
            .generate(),
        );
        assert!(refused.contains(&format!("test.yaml:5: {expected}")), "{refused}");
    }
}
