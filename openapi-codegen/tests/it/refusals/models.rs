//! Schemas with a name.

use super::told;
use crate::support::{Parts, answering};

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
            "`Thing` with properties and `additionalProperties`; move the free part into a property of its own, or \
             write `false`; what answers add unasked is skipped either way",
        ),
        (
            "Thing: { description: T., type: object, properties: {}, required: true }",
            "`required` that is not a list; write `- item` lines",
        ),
        (
            "Thing: { description: T., type: object, properties: [] }",
            "`properties` that is not a mapping; write `key: value` pairs",
        ),
        (
            "Thing: { description: T., type: object, properties: {}, allOf: [] }",
            "`allOf` in a schema; write the properties of the parts into one named schema",
        ),
        (
            "Thing: { description: T., type: object, properties: { a: { description: A., type: string, writeOnly: true } } }",
            "`writeOnly` property `a` of `Thing`, which an answer carries; define a schema without it for an answer",
        ),
        (
            "Thing: { description: T., type: string, enum: [] }",
            "`enum` of `Thing` without values; write at least one, or a plain string",
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
fn of_names_that_the_target_chose() {
    let document = openapi_codegen::Document::parse("a.yaml", "openapi: 3.1.0\n").unwrap();
    let named = |client: &str| openapi_codegen::Target::new("a.yaml", "src/generated", client);
    let targets = [
        named("Client"),
        named("client"),
        named("Api").with_type("Word", "words::Option"),
    ];
    for (target, name) in targets.into_iter().zip(["Client", "client", "Option"]) {
        let refused = target.generate_from(&document).unwrap_err();
        assert_eq!(
            refused.to_string(),
            format!(
                "`{name}` can't be the name of a client or of a type of its own; write it LikeThis, and not like a \
                 type of Rust or of the generated code"
            )
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
