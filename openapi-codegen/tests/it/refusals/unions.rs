//! Unions and their members.

use super::told;
use crate::support::answering;

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
        ("oneOf: {}", "`oneOf` that is not a list; write `- item` lines"),
        (
            "@refs, discriminator: { propertyName: kind, mapping: [] }",
            "`mapping` that is not a mapping; write `key: value` pairs",
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
fn of_a_tag_that_contradicts_its_value() {
    let member = |name: &str, tag: &str| {
        format!(
            "{name}: {{ description: M., type: object, required: [kind], properties: {{ kind: {{ description: K., type: string, {tag} }} }} }}"
        )
    };
    let schemas = format!(
        "{{ Thing: {{ description: T., oneOf: [{{ $ref: '#/components/schemas/One' }}, {{ $ref: '#/components/schemas/Two' }}], \
         discriminator: {{ propertyName: kind, mapping: {{ one: One }} }} }}, {}, {} }}",
        member("One", "enum: [one]"),
        member("Two", "const: two")
    );
    assert_eq!(
        told(answering(&schemas)),
        "test.yaml:18: a tag of `Two` that may be `two`; write `Two`, or map that value to `Two`"
    );
}
