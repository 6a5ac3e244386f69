//! Schemas where they stand.

use super::told;
use crate::support::answering;

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
        (
            "$dynamicRef: '#a'",
            "`$dynamicRef` in a schema; define the schema under components/schemas and refer to it",
        ),
        (
            "type: string, if: {}",
            "`if` in a string; say it in `description` and let the service check it",
        ),
        (
            "type: string, contentEncoding: base64",
            "`contentEncoding` in a string; leave it out and say in `description` how the text is encoded",
        ),
        (
            "type: object, additionalProperties: { type: string }, patternProperties: {}",
            "`patternProperties` in an object; use `additionalProperties` with one schema for all values",
        ),
        (
            "type: string, minLength: -1",
            "`minLength` that is not a whole number of 0 or more; write one, without quotes",
        ),
        (
            "type: integer, format: int32, minimum: '0'",
            "`minimum` that is not a number; write a number, without quotes",
        ),
        (
            "type: integer, format: int32, exclusiveMinimum: true",
            "`exclusiveMinimum` that is not a number; write a number, without quotes",
        ),
        (
            "type: string, pattern: 3",
            "`pattern` that is not text; write a string",
        ),
        (
            "type: string, required: true",
            "`required` in a string; known here are type, format, minLength, maxLength, pattern, title, description, \
             default, example, examples, deprecated, readOnly, writeOnly",
        ),
        (
            "type: [string, null]",
            "a `type` of null without quotes; write `'null'`: the name of a type is text",
        ),
        (
            "type: string, readOnly: true, writeOnly: true, description: A.",
            "`readOnly` and `writeOnly` at once; write one of them",
        ),
        (
            "$ref: '#/components/schemas/Thing', x-rust-type: Decimal",
            "`x-rust-type` in a schema beside its `$ref`; write it on a string, under components/schemas or where the \
             string stands",
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
            "`nullable` in a string; write `'null'` beside the type, as in `type: [string, 'null']`, or `oneOf` of a \
             `$ref` and `type: 'null'`",
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
            "`minLength` in a schema beside its `$ref`; known here are $ref, summary, title, description, default, \
             example, examples, deprecated, readOnly, writeOnly",
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
