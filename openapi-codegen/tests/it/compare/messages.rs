//! Request bodies and answers.

use super::{Case, hold};

pub(crate) const BODIES: &[Case] = &[
    (
        "requestBody:\n        required: true\n",
        "requestBody:\n",
        "compatible body-became-optional",
        "breaking body-became-required",
    ),
    (
        "      requestBody:\n        required: true\n        content:\n          application/json: { schema: { $ref: '#/components/schemas/ThingCreate' } }\n",
        "",
        "breaking body-removed",
        "breaking required-body-added",
    ),
    (
        "      requestBody:\n        content:\n          application/json: { schema: { $ref: '#/components/schemas/Payment' } }\n          text/plain: { schema: { type: string } }\n",
        "",
        "breaking body-removed",
        "compatible optional-body-added",
    ),
    (
        "          text/plain: { schema: { type: string } }\n",
        "",
        "breaking request-media-type-removed",
        "compatible request-media-type-added",
    ),
    (
        "text/plain: {",
        "Text/Plain: {",
        "note written-differently",
        "note written-differently",
    ),
    (
        "text/plain: { schema: { type: string } }",
        "text/plain: { schema: { type: string }, encoding: {} }",
        "breaking unclassified",
        "breaking unclassified",
    ),
];

pub(crate) const ANSWERS: &[Case] = &[
    (
        "        '204': { description: Done. }",
        "        '200': { description: Done. }",
        "breaking success-status-added + breaking success-status-removed",
        "breaking success-status-added + breaking success-status-removed",
    ),
    (
        "        '204': { description: Done. }",
        "        '204': { description: Done. }\n        '202': { description: Soon. }",
        "breaking success-status-added",
        "breaking success-status-removed",
    ),
    (
        "        '404': { description: None. }\n",
        "",
        "compatible status-removed",
        "note status-added",
    ),
    (
        "'304': { description: Not changed. }",
        "'304': { description: Not changed., x-is-answer: true }",
        "note answer-kind-changed",
        "note answer-kind-changed",
    ),
    (
        "'404': { description: None. }",
        "'404': { description: Nothing. }",
        "compatible documentation-changed",
        "compatible documentation-changed",
    ),
    (
        "            Cache-Control: { schema: { type: string } }\n",
        "",
        "breaking response-header-removed",
        "compatible response-header-added",
    ),
    (
        "ETag: { required: true,",
        "ETag: {",
        "breaking response-header-became-optional",
        "compatible response-header-became-required",
    ),
    (
        "ETag: { required: true,",
        "etag: { required: true,",
        "note written-differently",
        "note written-differently",
    ),
    (
        "schema: { type: string, maxLength: 40 }",
        "schema: { type: string, maxLength: 60 }",
        "breaking response-constraint-relaxed",
        "compatible response-constraint-tightened",
    ),
    (
        "            application/json: { schema: { $ref: '#/components/schemas/ThingPage' } }",
        "            application/xml: { schema: { $ref: '#/components/schemas/ThingPage' } }",
        "breaking response-media-type-removed + compatible response-media-type-added",
        "breaking response-media-type-removed + compatible response-media-type-added",
    ),
    (
        "next: { operationId: getThing }",
        "next: { operationId: putThing }",
        "note link-changed",
        "note link-changed",
    ),
    (
        "          links:\n            next: { operationId: getThing }\n",
        "",
        "note link-changed",
        "note link-changed",
    ),
];

#[test]
fn request_bodies() {
    hold(BODIES);
}

#[test]
fn answers() {
    hold(ANSWERS);
}
