//! Objects: their properties, and unions of them.

use super::{Case, hold};

pub(crate) const PROPERTIES: &[Case] = &[
    (
        "        secret: { type: string, writeOnly: true }\n",
        "",
        "breaking request-property-refused",
        "compatible optional-request-property-added",
    ),
    (
        "    ThingCreate:\n      type: object\n      required: [name]",
        "    ThingCreate:\n      type: object\n      required: [name, kind]",
        "breaking request-property-became-required",
        "compatible request-property-became-optional",
    ),
    (
        "required: [name]\n      additionalProperties: false\n      properties:\n",
        "required: [name, code]\n      additionalProperties: false\n      properties:\n        code: { type: string }\n",
        "breaking required-request-property-added",
        "breaking request-property-refused",
    ),
    (
        "properties: { method: { type: string }, number: { type: string } }",
        "properties: { method: { type: string } }",
        "breaking response-property-removed + note request-property-ignored",
        "compatible optional-request-property-added + compatible response-property-added",
    ),
    (
        "        level: { $ref: '#/components/schemas/Level' }\n",
        "",
        "breaking response-property-removed",
        "compatible response-property-added",
    ),
    (
        "required: [id, name]",
        "required: [id]",
        "breaking response-property-became-optional",
        "compatible response-property-became-required",
    ),
    (
        "        unit: { type: string, enum: [cm] }\n",
        "",
        "breaking request-property-refused + breaking response-property-removed",
        "compatible optional-request-property-added + note response-property-added-to-closed-object",
    ),
    (
        "required: [name]\n      additionalProperties: false",
        "required: [name]",
        "compatible request-object-opened",
        "breaking request-object-closed",
    ),
    (
        "extra: { type: object, additionalProperties: true }",
        "extra: { type: object, additionalProperties: false }",
        "compatible response-object-closed",
        "note response-object-opened",
    ),
    (
        "additionalProperties: { type: string, maxLength: 10 }",
        "additionalProperties: { type: string, maxLength: 5 }",
        "breaking request-constraint-tightened",
        "compatible request-constraint-relaxed",
    ),
    (
        "additionalProperties: { type: string, maxLength: 10 }",
        "additionalProperties: true",
        "compatible request-constraint-relaxed + compatible request-type-widened",
        "breaking request-constraint-tightened + breaking request-type-narrowed",
    ),
    // A property that only one direction has: a new direction is a property that comes.
    (
        "secret: { type: string, writeOnly: true }",
        "secret: { type: string, writeOnly: true, readOnly: true }",
        "breaking request-property-refused",
        "compatible optional-request-property-added",
    ),
    (
        "id: { type: string, readOnly: true }",
        "id: { type: string }",
        "compatible direction-changed",
        "compatible direction-changed",
    ),
    (
        "note: { type: [string, 'null'] }\n        price",
        "note: { type: [string, 'null'], writeOnly: true }\n        price",
        "breaking response-property-removed",
        "compatible response-property-added",
    ),
    // `allOf` and a name change nothing by themselves.
    (
        "size: { $ref: '#/components/schemas/Size' }\n        extra",
        "size: { allOf: [{ $ref: '#/components/schemas/Size' }] }\n        extra",
        "note written-differently",
        "note written-differently",
    ),
    (
        "properties: { method: { type: string }, number: { type: string } } }",
        "allOf: [{ properties: { method: { type: string } } }, { properties: { number: { type: string } } }] }",
        "note written-differently",
        "note written-differently",
    ),
];

pub(crate) const UNIONS: &[Case] = &[
    (
        "        - $ref: '#/components/schemas/Cash'\n",
        "        - $ref: '#/components/schemas/Cash'\n        - $ref: '#/components/schemas/Voucher'\n",
        "compatible request-union-member-added + note response-union-member-added",
        "breaking request-union-member-removed + compatible response-union-member-removed",
    ),
    (
        "        - $ref: '#/components/schemas/Cash'\n",
        "        - $ref: '#/components/schemas/Cash'\n        - { type: string }\n",
        "breaking response-alternative-added + compatible request-union-member-added",
        "breaking request-union-member-removed + compatible response-union-member-removed",
    ),
    (
        "        - $ref: '#/components/schemas/Card'\n        - $ref: '#/components/schemas/Cash'\n",
        "        - $ref: '#/components/schemas/Cash'\n        - $ref: '#/components/schemas/Card'\n",
        "note written-differently",
        "note written-differently",
    ),
    (
        "propertyName: method",
        "propertyName: kind",
        "breaking discriminator-changed",
        "breaking discriminator-changed",
    ),
    (
        ", cash: '#/components/schemas/Cash' }",
        " }",
        "breaking request-union-member-removed + compatible response-union-member-removed",
        "compatible request-union-member-added + note response-union-member-added",
    ),
    (
        "      discriminator: { propertyName: method, mapping: { card: '#/components/schemas/Card', cash: '#/components/schemas/Cash' } }\n",
        "",
        "breaking discriminator-changed",
        "note discriminator-added",
    ),
    // A schema that becomes one of several.
    (
        "tags: { type: array, items: { type: string }, uniqueItems: false }",
        "tags: { oneOf: [{ type: array, items: { type: string }, uniqueItems: false }, { type: string }] }",
        "compatible request-union-member-added",
        "breaking request-union-member-removed",
    ),
    (
        "parent: { $ref: '#/components/schemas/Thing' }",
        "parent: { oneOf: [{ $ref: '#/components/schemas/Thing' }, { $ref: '#/components/schemas/Size' }] }",
        "note response-union-member-added",
        "compatible response-union-member-removed",
    ),
    (
        "parent: { $ref: '#/components/schemas/Thing' }",
        "parent: { anyOf: [{ $ref: '#/components/schemas/Thing' }, { $ref: '#/components/schemas/Size' }] }",
        "breaking response-alternative-added",
        "compatible response-union-member-removed",
    ),
];

#[test]
fn properties() {
    hold(PROPERTIES);
}

#[test]
fn unions() {
    hold(UNIONS);
}
