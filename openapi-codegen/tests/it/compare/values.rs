//! Types, null, enums, bounds and defaults, by the direction in which a value travels.

use super::{Case, between, changed, hold, told};

pub(crate) const TYPES: &[Case] = &[
    (
        "weight: { type: number,",
        "weight: { type: integer,",
        "breaking request-type-narrowed",
        "compatible request-type-widened",
    ),
    (
        "draft: { type: boolean, default: false }",
        "draft: { type: [boolean, string], default: false }",
        "compatible request-type-widened",
        "breaking request-type-narrowed",
    ),
    (
        "extra: { type: object, additionalProperties: true }",
        "extra: { type: [object, string], additionalProperties: true }",
        "breaking response-type-widened",
        "compatible response-type-narrowed",
    ),
    (
        "total: { type: integer, format: int64, minimum: 0 }",
        "total: { type: string, format: int64, minimum: 0 }",
        "breaking type-changed",
        "breaking type-changed",
    ),
    (
        "note: { type: [string, 'null'] }\n        tags",
        "note: { type: string }\n        tags",
        "breaking request-null-refused",
        "compatible request-null-allowed",
    ),
    (
        "note: { type: [string, 'null'] }\n        price",
        "note: { type: string }\n        price",
        "compatible response-null-removed",
        "breaking response-null-added",
    ),
    (
        "size: { $ref: '#/components/schemas/Size' }\n        extra",
        "size: { oneOf: [{ $ref: '#/components/schemas/Size' }, { type: 'null' }] }\n        extra",
        "breaking response-null-added",
        "compatible response-null-removed",
    ),
    (
        "kind: { $ref: '#/components/schemas/Kind' }\n        note: { type: [string, 'null'] }\n        tags",
        "kind: { anyOf: [{ type: 'null' }, { $ref: '#/components/schemas/Kind' }] }\n        note: { type: [string, 'null'] }\n        tags",
        "compatible request-null-allowed",
        "breaking request-null-refused",
    ),
    (
        "paidBy: { $ref: '#/components/schemas/Payment' }",
        "paidBy: { oneOf: [{ $ref: '#/components/schemas/Payment' }, { type: 'null' }] }",
        "breaking response-null-added",
        "compatible response-null-removed",
    ),
    (
        "note: { type: [string, 'null'] }\n        tags",
        "note: { type: string, nullable: true }\n        tags",
        "breaking request-null-refused + breaking unclassified",
        "breaking unclassified + compatible request-null-allowed",
    ),
    (
        "x-rust-type: Decimal",
        "x-rust-type: Amount",
        "note rust-type-changed",
        "note rust-type-changed",
    ),
];

pub(crate) const ENUMS: &[Case] = &[
    // The shop asks for this enum and answers it.
    (
        "enum: [RED, GREEN]",
        "enum: [RED, GREEN, BLUE]",
        "compatible request-enum-value-added + note response-enum-value-added",
        "breaking request-enum-value-removed + compatible response-enum-value-removed",
    ),
    (
        "enum: [RED, GREEN]",
        "enum: [GREEN, RED]",
        "note written-differently",
        "note written-differently",
    ),
    (
        "Kind: { type: string, enum: [RED, GREEN] }",
        "Kind: { type: string }",
        "compatible request-constraint-relaxed + note response-enum-value-added",
        "breaking request-constraint-tightened + compatible response-constraint-tightened",
    ),
    (
        "enum: [1, 2]",
        "enum: [1, 2, 3]",
        "breaking response-closed-enum-value-added",
        "compatible response-enum-value-removed",
    ),
    (
        "Level: { type: integer, enum: [1, 2] }",
        "Level: { type: integer }",
        "breaking response-constraint-relaxed",
        "compatible response-constraint-tightened",
    ),
    (
        "unit: { type: string, enum: [cm] }",
        "unit: { type: string, const: cm }",
        "note written-differently",
        "note written-differently",
    ),
];

pub(crate) const BOUNDS: &[Case] = &[
    (
        "minimum: 1, maximum: 100, default",
        "minimum: 1, maximum: 50, default",
        "breaking request-constraint-tightened",
        "compatible request-constraint-relaxed",
    ),
    (
        "minimum: 1, maximum: 100, default",
        "minimum: 2, maximum: 100, default",
        "breaking request-constraint-tightened",
        "compatible request-constraint-relaxed",
    ),
    (
        "minimum: 1, maximum: 100, default",
        "exclusiveMinimum: 1, maximum: 100, default",
        "breaking request-constraint-tightened",
        "compatible request-constraint-relaxed",
    ),
    (
        "minimum: 1, maximum: 100, default",
        "minimum: 1.0, maximum: 1e2, default",
        "",
        "",
    ),
    (
        "maximum: 9 }",
        "maximum: 8 }",
        "breaking request-constraint-tightened + compatible response-constraint-tightened",
        "breaking response-constraint-relaxed + compatible request-constraint-relaxed",
    ),
    (
        "items: { type: array, maxItems: 100,",
        "items: { type: array, maxItems: 200,",
        "breaking response-constraint-relaxed",
        "compatible response-constraint-tightened",
    ),
    (
        "items: { type: array, maxItems: 100,",
        "items: { type: array, minItems: 0, maxItems: 100,",
        "note written-differently",
        "note written-differently",
    ),
    (
        "format: int64, minimum: 0",
        "format: int32, minimum: 0",
        "compatible response-constraint-tightened",
        "breaking response-constraint-relaxed",
    ),
    (
        "format: int64, minimum: 0",
        "format: seconds, minimum: 0",
        "breaking constraint-changed",
        "breaking constraint-changed",
    ),
    (
        "format: int64, minimum: 0",
        "format: int64, minimum: many",
        "breaking unclassified",
        "breaking unclassified",
    ),
    (
        "pattern: '^[0-9]+$'",
        "pattern: '^[0-9.]+$'",
        "breaking constraint-changed",
        "breaking constraint-changed",
    ),
    (
        "multipleOf: 0.5",
        "multipleOf: 1.5",
        "breaking request-constraint-tightened",
        "compatible request-constraint-relaxed",
    ),
    (
        "multipleOf: 0.5",
        "multipleOf: 0.3",
        "breaking constraint-changed",
        "breaking constraint-changed",
    ),
    (
        "uniqueItems: false",
        "uniqueItems: true",
        "breaking request-constraint-tightened",
        "compatible request-constraint-relaxed",
    ),
    (
        ", uniqueItems: false",
        "",
        "note written-differently",
        "note written-differently",
    ),
    (
        "default: false",
        "default: true",
        "breaking default-changed",
        "breaking default-changed",
    ),
    (
        "prefixItems: [{ type: string }]",
        "prefixItems: [{ type: number }]",
        "breaking unclassified",
        "breaking unclassified",
    ),
];

#[test]
fn types_and_null() {
    hold(TYPES);
}

#[test]
fn enums() {
    hold(ENUMS);
}

#[test]
fn bounds_formats_and_defaults() {
    hold(BOUNDS);
}

#[test]
fn null_as_openapi_3_0_says_it() {
    let old = |text: String| text.replace("openapi: 3.1.0", "openapi: 3.0.3");
    let typed = "note: { type: [string, 'null'] }\n        tags";
    let (nullable, plain) = (
        old(changed(
            typed,
            "note: { type: string, nullable: true }\n        tags",
        )),
        old(changed(typed, "note: { type: string }\n        tags")),
    );
    assert_eq!(
        told(&between(&plain, &nullable)),
        "compatible request-null-allowed"
    );
    assert_eq!(told(&between(&nullable, &plain)), "breaking request-null-refused");
}
