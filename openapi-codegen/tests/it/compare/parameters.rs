//! Parameters: whether they are there, where they are sent, and how they are written.

use super::{Case, hold};

pub(crate) const PARAMETERS: &[Case] = &[
    (
        "        - { name: X-Trace, in: header, schema: { type: string } }\n",
        "",
        "breaking parameter-removed",
        "compatible optional-parameter-added",
    ),
    (
        "        - { name: X-Trace, in: header, schema: { type: string } }\n",
        "        - { name: X-Trace, in: header, required: true, schema: { type: string } }\n",
        "breaking parameter-became-required",
        "compatible parameter-became-optional",
    ),
    (
        "        - { name: X-Trace,",
        "        - { name: region, in: query, required: true, schema: { type: string } }\n        - { name: X-Trace,",
        "breaking required-parameter-added",
        "breaking parameter-removed",
    ),
    (
        "name: X-Trace, in: header",
        "name: X-Trace, in: query",
        "breaking parameter-moved",
        "breaking parameter-moved",
    ),
    (
        "name: X-Trace",
        "name: x-trace",
        "note written-differently",
        "note written-differently",
    ),
    (
        "name: limit, in: query",
        "name: size, in: query",
        "breaking parameter-removed + compatible optional-parameter-added",
        "breaking parameter-removed + compatible optional-parameter-added",
    ),
    (
        "explode: false",
        "explode: true",
        "breaking serialisation-changed",
        "breaking serialisation-changed",
    ),
    (
        "style: form",
        "style: pipeDelimited",
        "breaking serialisation-changed",
        "breaking serialisation-changed",
    ),
    (
        "style: form, ",
        "",
        "note written-differently",
        "note written-differently",
    ),
    (
        "default: 20",
        "default: 50",
        "breaking default-changed",
        "breaking default-changed",
    ),
    (
        ", default: 20",
        "",
        "breaking default-removed",
        "note default-added",
    ),
    (
        "name: limit, in: query, schema",
        "name: limit, in: query, allowReserved: true, schema",
        "breaking unclassified",
        "breaking unclassified",
    ),
    (
        "name: thingId, in: path, required: true, schema: { type: string, format: uuid }",
        "name: thingId, in: path, required: true, schema: { type: string }",
        "compatible request-constraint-relaxed",
        "breaking request-constraint-tightened",
    ),
    (
        "parameters:\n      - $ref: '#/components/parameters/ThingId'",
        "parameters:\n      - { name: thingId, in: path, required: true, schema: { type: string, format: uuid } }",
        "note written-differently",
        "note written-differently",
    ),
];

#[test]
fn parameters() {
    hold(PARAMETERS);
}
