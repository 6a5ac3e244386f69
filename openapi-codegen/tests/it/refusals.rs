//! Whatever the generator does not express is refused by name, with its line, and with what to write instead.

use crate::support::{Parts, answering, target};
use openapi_codegen::{Document, Error, Generated};

/// The first refusal as people see it.
fn told(generated: Result<Generated, Error>) -> String {
    match generated {
        Ok(_) => "accepted".to_owned(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn of_the_document() {
    let refused =
        |text: &str| told(Document::parse("a.yaml", text).and_then(|it| target().generate_from(&it)));
    assert_eq!(
        refused("openapi: 3.0.3\npaths: {}\n"),
        "a.yaml:1: `openapi: 3.0.3`; write the document in OpenAPI 3.1"
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
            "requestBody: { content: {} }",
            "12: a request body that may be left out; add `required: true`",
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
fn of_security() {
    let secured = |security: &str| {
        let text = Parts::default()
            .text()
            .replace("security: []", &format!("security: {security}"));
        told(Document::parse("test.yaml", &text).and_then(|it| target().generate_from(&it)))
    };
    assert_eq!(
        secured("[{ key: [] }]"),
        "test.yaml:17: security scheme `key`; use `type: http` with `scheme: bearer`; clients send bearer tokens"
    );
    assert_eq!(
        secured("[{ lost: [] }]"),
        "test.yaml:11: security scheme `lost`, which is not defined; define it under components/securitySchemes"
    );
    assert_eq!(
        secured("[{ token: [], key: [] }]"),
        "test.yaml:11: operation `doIt` with two credentials at once; ask for one bearer token"
    );
}

#[test]
fn of_resilience() {
    let cases = [
        ("{}", "`x-resilience` without `idempotency`; add `idempotency`"),
        (
            "{ idempotency: perhaps }",
            "an `idempotency` of no known kind; write `idempotent`, `key` or `none`",
        ),
        (
            "{ idempotency: none, timeout: 3 }",
            "`timeout` in `x-resilience`; known here are idempotency, connectTimeoutMs, attemptTimeoutMs, \
             overallTimeoutMs, breakerGroup, hedging, cost",
        ),
        (
            "{ idempotency: none, cost: 0 }",
            "`cost` that is not a whole number above zero; write a number, without a unit",
        ),
        (
            "{ idempotency: none, attemptTimeoutMs: 2s }",
            "`attemptTimeoutMs` that is not a whole number above zero; write a number, without a unit",
        ),
        (
            "{ idempotency: none, attemptTimeoutMs: 5000 }",
            "timeouts of 1000, 5000 and 5000 ms; let connect <= attempt < overall",
        ),
        (
            "{ idempotency: none, hedging: true }",
            "hedging of operation `doIt`, which is not idempotent; write `hedging: false`",
        ),
    ];
    for (resilience, expected) in cases {
        assert_eq!(
            told(
                Parts {
                    resilience,
                    ..Parts::default()
                }
                .generate()
            ),
            format!("test.yaml:13: {expected}")
        );
    }
}

#[test]
fn of_idempotency_keys() {
    let keyed = Parts {
        resilience: "{ idempotency: key }",
        ..Parts::default()
    }
    .generate();
    assert!(told(keyed).ends_with(
        "operation `doIt` with `idempotency: key`, but without the header `Idempotency-Key`; \
         add the header parameter `Idempotency-Key`"
    ));
    let parameters = "[{ name: Idempotency-Key, in: header, schema: { type: string } }]";
    let header = Parts {
        parameters,
        ..Parts::default()
    }
    .generate();
    assert!(told(header).ends_with("write `idempotency: key` in its `x-resilience`"));
}

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
fn of_answers() {
    let json = "content: { application/json: { schema: { type: string } } }";
    let cases = [
        (
            "{ default: { description: D. } }".to_owned(),
            "answer `default` of operation `doIt`; name each status by its three digits",
        ),
        (
            "{ 2XX: { description: D. } }".to_owned(),
            "answer `2XX` of operation `doIt`; name each status by its three digits",
        ),
        (
            "{ '404': { description: D. } }".to_owned(),
            "operation `doIt` without a success status; document at least one status from 200 to 299",
        ),
        (
            "{ '200': { description: D. }, '299': { description: D. } }".to_owned(),
            "success status `299` of operation `doIt` beside others; use a status that HTTP has a name for",
        ),
        (
            "{ '200': { description: D. }, '302': { description: D. } }".to_owned(),
            "answer `302` of operation `doIt`; document no redirection but 304; clients follow none",
        ),
        (
            format!("{{ '204': {{ description: D., {json} }} }}"),
            "content in an answer that has none (204, or to HEAD); drop `content`",
        ),
        (
            format!("{{ '200': {{ description: D. }}, '404': {{ description: D., {json} }} }}"),
            "an error whose body is not the documented one; write `$ref: '#/components/schemas/Error'`",
        ),
        (
            "{ '200': { description: D., content: { image/png: { schema: { type: string } } } } }".to_owned(),
            "an answer of `image/png`; answer `application/json`, or a text: text/plain, text/html, text/csv",
        ),
    ];
    for (responses, expected) in cases {
        let refused = told(
            Parts {
                responses: &responses,
                ..Parts::default()
            }
            .generate(),
        );
        assert_eq!(refused, format!("test.yaml:15: {expected}"));
    }
}

#[test]
fn of_schemas() {
    let cases = [
        (
            "allOf: []",
            "`allOf` in a schema; write the properties of the parts into one named schema",
        ),
        (
            "anyOf: []",
            "`anyOf` in a schema; write `oneOf` of named objects with a `discriminator`, or one named schema",
        ),
        (
            "oneOf: [{ type: string }, { type: boolean }]",
            "`oneOf` of several schemas without a name; define it under components/schemas and refer to it",
        ),
        ("const: a", "`const` in a schema; write an `enum` with one value"),
        ("description: A.", "a schema without `type`; add `type`"),
        (
            "type: [string, integer]",
            "a `type` of several kinds; write one kind, or one kind and 'null'",
        ),
        (
            "type: file",
            "`type: file`; write string, integer, number, boolean, array or object",
        ),
        (
            "type: string, nullable: true",
            "`nullable` in a string; write `type: [string, 'null']`, as OpenAPI 3.1 does",
        ),
        (
            "type: integer",
            "an integer without a size; write `format: int32` or `format: int64`",
        ),
        (
            "type: number",
            "a number without a size; write `format: double`, or a decimal string with an `x-rust-type`",
        ),
        ("type: array", "a list without `items`; add `items`"),
        (
            "type: array, items: { type: boolean }, prefixItems: []",
            "`prefixItems` in a list; use `items` with one schema for all items",
        ),
        (
            "type: object",
            "an object without properties; say what it holds: `additionalProperties: true`, or a schema",
        ),
        (
            "type: object, properties: {}",
            "an object with properties but without a name; define it under components/schemas and refer to it",
        ),
        (
            "type: string, enum: [a]",
            "an `enum` without a name; define it under components/schemas and refer to it",
        ),
        (
            "type: string, x-rust-type: Money",
            "`x-rust-type: Money`; write one of Decimal, or leave it out",
        ),
        (
            "type: integer, x-rust-type: Decimal",
            "`x-rust-type: Decimal` on `type: integer`; use it on strings only",
        ),
        (
            "$ref: '#/components/schemas/Lost'",
            "`$ref: #/components/schemas/Lost`, which leads nowhere; define `Lost` under components/schemas",
        ),
        (
            "$ref: '#/components/schemas/Thing', minLength: 1",
            "`minLength` in a schema beside its `$ref`; known here are $ref, summary, description, default, readOnly, \
             writeOnly, deprecated, examples",
        ),
        (
            "$ref: '#/components/schemas/Thing'",
            "schema `Thing`, which holds itself; refer to the other thing by its id",
        ),
    ];
    for (schema, expected) in cases {
        let schemas = format!(
            "{{ Thing: {{ description: T., type: object, required: [a], properties: {{ a: {{ {schema} }} }} }} }}"
        );
        let refused = told(answering(&schemas));
        assert_eq!(refused, format!("test.yaml:18: {expected}"), "{schema}");
    }
}

#[test]
fn of_models() {
    let cases = [
        (
            "Thing: { description: T., type: object, required: [b], properties: {} }",
            "`Thing` with the required property `b`, which it does not have; \
             add it to `properties`, or drop it from `required`",
        ),
        (
            "Thing: { description: T., type: object, properties: { a: { description: A., type: [string, 'null'] } } }",
            "property `a` of `Thing`, which may be absent and may be null; \
             require it, or do not let it be null; only merge patches tell both",
        ),
        (
            "Thing: { description: T., type: object, properties: { a-b: { description: A., type: string }, \
             aB: { description: A., type: string } } }",
            "`Thing` with two properties that are `a_b` in Rust; rename one of them",
        ),
        (
            "Thing: { description: T., type: object, properties: { a: { type: string } } }",
            "a property without `description`; say in one sentence what it is",
        ),
        (
            "Thing: { description: T., type: object, properties: {}, additionalProperties: { type: string } }",
            "`Thing` with properties and `additionalProperties` of a schema; \
             move the free part into a property of its own",
        ),
        (
            "Thing: { description: T., type: string, enum: [a, A] }",
            "value `A` of `Thing`, whose Rust name `A` is another value's too; \
             make the values differ in more than case and punctuation",
        ),
        (
            "Thing: { description: T., type: string, enum: [1] }",
            "`enum` that is not text; write a string",
        ),
        (
            "Thing: { description: T., type: string, enum: ['2'] }",
            "value `2` of `Thing`, of which no Rust name can be made; \
             begin it with a letter, and do not call it `other`",
        ),
    ];
    for (schemas, expected) in cases {
        assert_eq!(
            told(answering(&format!("{{ {schemas} }}"))),
            format!("test.yaml:18: {expected}")
        );
    }
}

#[test]
fn of_names_that_are_taken() {
    for name in ["Option", "Call", "Mod", "TestClient", "Decimal", "lower_case"] {
        let responses = format!(
            "{{ '200': {{ description: D., content: {{ application/json: \
             {{ schema: {{ $ref: '#/components/schemas/{name}' }} }} }} }} }}"
        );
        let schemas = format!("{{ {name}: {{ description: O., type: object, properties: {{}} }} }}");
        let refused = told(
            Parts {
                responses: &responses,
                schemas: &schemas,
                ..Parts::default()
            }
            .generate(),
        );
        assert!(
            refused.starts_with(&format!("test.yaml:18: schema name `{name}`;")),
            "{refused}"
        );
    }
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

#[test]
fn of_unions() {
    let member = |name: &str, required: &str| {
        format!(
            "{name}: {{ description: M., type: object, required: [{required}], properties: {{ \
             kind: {{ description: K., type: string }}, {required}: {{ description: R., type: string }} }} }}"
        )
    };
    let (one, two) = (member("One", "a"), member("Two", "b"));
    let refs = "oneOf: [{ $ref: '#/components/schemas/One' }, { $ref: '#/components/schemas/Two' }]";
    let cases = [
        (
            "oneOf: [{ type: string }, { type: object, properties: {} }]",
            "a member of the union `Thing` without a name; define an object under components/schemas and refer to it",
        ),
        (
            "oneOf: [{ $ref: '#/components/schemas/One' }, { $ref: '#/components/schemas/Word' }]",
            "member `Word` of the union `Thing`, which is no object; define an object under components/schemas and refer to it",
        ),
        (
            "oneOf: [{ $ref: '#/components/schemas/One' }, { $ref: '#/components/schemas/One' }]",
            "member `One` of the union `Thing`, twice; name it once",
        ),
        (
            "oneOf: [{ $ref: '#/components/schemas/One' }]",
            "union `Thing` of fewer than two members; refer to the one schema itself",
        ),
        (
            "oneOf: [{ $ref: '#/components/schemas/One' }, { $ref: '#/components/schemas/Like' }]",
            "member `One` of `Thing`, which requires nothing that the others lack; \
             add a `discriminator`, or require a property of its own in each member",
        ),
        (
            "@refs, discriminator: { propertyName: kind }",
            "member `One` of `Thing` without the tag `kind`; require the property `kind` there, with `type: string`",
        ),
        (
            "@refs, discriminator: { mapping: {} }",
            "a discriminator without `propertyName`; add `propertyName`",
        ),
        (
            "@refs, discriminator: { propertyName: kind, mapping: { x: Three } }",
            "`Three` in the mapping of `Thing`; map to a schema that `oneOf` names",
        ),
        (
            "@refs, discriminator: { propertyName: kind, mapping: { x: One, y: One } }",
            "`y` and `x`, which both mean `One` in `Thing`; map one value to each schema",
        ),
        (
            "@refs, unevaluatedProperties: false",
            "`unevaluatedProperties` in a `oneOf`; use `additionalProperties` with one schema for all values",
        ),
    ];
    for (union, expected) in cases {
        let union = union.replace("@refs", refs);
        let like = member("Like", "a");
        let schemas = format!(
            "{{ Thing: {{ description: T., {union} }}, {one}, {two}, {like}, Word: {{ type: string }} }}"
        );
        assert_eq!(
            told(answering(&schemas)),
            format!("test.yaml:18: {expected}"),
            "{union}"
        );
    }
}

#[test]
fn of_a_member_of_a_union_that_is_used_by_itself() {
    let tagged = |name: &str| {
        format!(
            "{name}: {{ description: M., type: object, required: [kind], properties: {{ kind: {{ description: K., type: string }} }} }}"
        )
    };
    let schemas = format!(
        "{{ Thing: {{ description: T., type: object, properties: {{ one: {{ $ref: '#/components/schemas/One' }}, \
         any: {{ $ref: '#/components/schemas/Any' }} }} }}, \
         Any: {{ description: A., oneOf: [{{ $ref: '#/components/schemas/One' }}, {{ $ref: '#/components/schemas/Two' }}], \
         discriminator: {{ propertyName: kind }} }}, {}, {} }}",
        tagged("One"),
        tagged("Two")
    );
    assert_eq!(
        told(answering(&schemas)),
        "test.yaml:18: schema `One`, used as a member of a union and otherwise too; \
         refer to the union, or define another schema"
    );
}

#[test]
fn of_response_headers() {
    let cases = [
        (
            "X-A: { description: A. }",
            "response header `X-A` without `schema`; add `schema`",
        ),
        (
            "X-A: { description: A., schema: { type: array, items: { type: string } } }",
            "response header `X-A` with a schema that is not a plain value; use a string, a number or a boolean",
        ),
        (
            "1-A: { description: A., schema: { type: string } }",
            "response header `1-A`, of which no Rust name can be made; begin it with a letter",
        ),
        (
            "X-A: { schema: { type: string } }",
            "a property without `description`; say in one sentence what it is",
        ),
        (
            "X-A: { description: A., content: {} }",
            "`content` in a response header; use `schema`",
        ),
    ];
    for (header, expected) in cases {
        let responses = format!("{{ '200': {{ description: D., headers: {{ {header} }} }} }}");
        let refused = told(
            Parts {
                responses: &responses,
                ..Parts::default()
            }
            .generate(),
        );
        assert_eq!(refused, format!("test.yaml:15: {expected}"), "{header}");
    }
}

#[test]
fn of_answers_that_contradict_each_other() {
    let json = "content: { application/json: { schema: { type: string } } }";
    let text = "content: { text/plain: { schema: { type: string } } }";
    let number = "content: { text/plain: { schema: { type: integer, format: int32 } } }";
    let cases = [
        (
            format!("'200': {{ description: D., {json} }}, '201': {{ description: D., {text} }}"),
            "operation `doIt` with answers of `application/json` and `text/plain`; answer one media type in all successes",
        ),
        (
            format!("'200': {{ description: D., {number} }}"),
            "an answer of `text/plain` that is not a text; write `type: string`",
        ),
        (
            format!("'200': {{ description: D. }}, '404': {{ description: D., {text} }}"),
            "an error of `text/plain`; answer `application/json`",
        ),
        (
            "'200': { description: D. }, '404': { description: D., x-is-answer: true }".to_owned(),
            "`x-is-answer` at answer `404` of operation `doIt`; leave it out; only 304 may be either",
        ),
        (
            "'304': { description: D., x-is-answer: true }".to_owned(),
            "operation `doIt` without a success status; document at least one status from 200 to 299",
        ),
        (
            "'200': { description: D., headers: { X-A: { description: A., schema: { type: string } } } }, \
             '201': { description: D., headers: { X-A: { description: A., schema: { type: boolean } } } }"
                .to_owned(),
            "operation `doIt` with two kinds of the response header `X-A`; give it one schema and one name",
        ),
    ];
    for (responses, expected) in cases {
        let refused = told(
            Parts {
                responses: &format!("{{ {responses} }}"),
                ..Parts::default()
            }
            .generate(),
        );
        assert_eq!(refused, format!("test.yaml:15: {expected}"), "{responses}");
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
