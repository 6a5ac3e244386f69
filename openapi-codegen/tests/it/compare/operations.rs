//! Operations, who may call them, and how they are protected.

use super::{Case, hold};

pub(crate) const OPERATIONS: &[Case] = &[
    (
        "    put:\n      operationId: putThing",
        "    patch:\n      operationId: putThing",
        "breaking operation-removed + compatible operation-added",
        "breaking operation-removed + compatible operation-added",
    ),
    (
        "  /things:\n    get:",
        "  /goods:\n    get:",
        "breaking operation-removed + compatible operation-added",
        "breaking operation-removed + compatible operation-added",
    ),
    (
        "        '204': { description: Done. }\n",
        "        '204': { description: Done. }\n  /more:\n    get: { operationId: more, responses: { '204': { description: Done. } } }\n",
        "compatible operation-added",
        "breaking operation-removed",
    ),
    (
        "operationId: putThing",
        "operationId: replaceThing",
        "breaking operation-id-changed",
        "breaking operation-id-changed",
    ),
    (
        "operationId: putThing\n",
        "operationId: putThing\n      deprecated: true\n",
        "note deprecated",
        "compatible deprecation-lifted",
    ),
    (
        "operationId: listThings\n      tags: [things]",
        "operationId: listThings\n      tags: [goods]",
        "note tags-changed",
        "note tags-changed",
    ),
    (
        "url: /api/v1",
        "url: /api/v2",
        "breaking server-removed + compatible server-added",
        "breaking server-removed + compatible server-added",
    ),
    (
        "  - url: /api/v1\n",
        "  - url: /api/v1\n  - url: https://shop.test/api/v1\n",
        "compatible server-added",
        "breaking server-removed",
    ),
    (
        "  /things/{thingId}:\n",
        "  /things/{thingId}:\n    servers: [{ url: / }]\n",
        "breaking server-removed + compatible server-added",
        "breaking server-removed + compatible server-added",
    ),
    (
        "operationId: putThing\n",
        "operationId: putThing\n      callbacks: { paid: {} }\n",
        "breaking unclassified",
        "breaking unclassified",
    ),
    (
        "operationId: putThing\n",
        "operationId: putThing\n      x-audit: true\n",
        "breaking unclassified",
        "breaking unclassified",
    ),
];

pub(crate) const SECURITY: &[Case] = &[
    (
        "security: [{}, { bearerAuth: [] }]",
        "security: [{ bearerAuth: [] }]",
        "breaking security-added",
        "note security-lifted",
    ),
    (
        "      security: [{}, { bearerAuth: [] }]\n",
        "",
        "breaking security-added",
        "note security-lifted",
    ),
    (
        "operationId: getThing\n      x-res",
        "operationId: getThing\n      security: []\n      x-res",
        "note security-lifted",
        "breaking security-added",
    ),
    (
        "security: [{ bearerAuth: [] }, { key: [] }]",
        "security: [{ bearerAuth: [] }]",
        "breaking security-alternative-removed",
        "compatible security-alternative-added",
    ),
    (
        "security: [{ bearerAuth: [] }, { key: [] }]",
        "security: [{ bearerAuth: [], key: [] }]",
        "breaking security-alternative-removed",
        "compatible security-alternative-added",
    ),
    (
        "security: [{ bearerAuth: [] }, { key: [] }]",
        "security: [{ bearerAuth: [] }, { key: [write] }]",
        "breaking security-alternative-removed",
        "compatible security-alternative-added",
    ),
    (
        "in: header, name: X-Key",
        "in: query, name: X-Key",
        "breaking security-scheme-changed",
        "breaking security-scheme-changed",
    ),
    (
        "scheme: bearer }",
        "scheme: Bearer }",
        "note written-differently",
        "note written-differently",
    ),
    (
        "scheme: bearer }",
        "scheme: bearer, bearerFormat: JWT }",
        "compatible documentation-changed",
        "compatible documentation-changed",
    ),
    (
        "x-roles: [admin, editor]",
        "x-roles: [admin]",
        "breaking role-removed",
        "note role-added",
    ),
    (
        "x-roles: [admin, editor]",
        "x-roles: [editor, admin]",
        "note written-differently",
        "note written-differently",
    ),
    (
        "      x-roles: [admin, editor]\n",
        "",
        "note roles-lifted",
        "breaking roles-introduced",
    ),
];

pub(crate) const PROTECTION: &[Case] = &[
    (
        "x-resilience: { idempotency: key }",
        "x-resilience: { idempotency: none }",
        "breaking idempotency-weakened",
        "compatible idempotency-strengthened",
    ),
    (
        "x-resilience: { idempotency: key }",
        "x-resilience: { idempotency: idempotent }",
        "compatible idempotency-strengthened",
        "breaking idempotency-weakened",
    ),
    (
        "      x-resilience: { idempotency: key }\n",
        "",
        "breaking idempotency-weakened",
        "compatible idempotency-strengthened",
    ),
    (
        "idempotency: key",
        "idempotency: perhaps",
        "breaking unclassified",
        "breaking unclassified",
    ),
    (
        "attemptTimeoutMs: 2000",
        "attemptTimeoutMs: 900",
        "note timeout-changed",
        "note timeout-changed",
    ),
    (
        "attemptTimeoutMs: 2000, ",
        "",
        "note written-differently",
        "note written-differently",
    ),
    (
        "idempotency: key }",
        "idempotency: key, overallTimeoutMs: 1500 }",
        "note timeout-changed",
        "note timeout-changed",
    ),
    (
        "breakerGroup: reads",
        "breakerGroup: lists",
        "note breaker-group-changed",
        "note breaker-group-changed",
    ),
    (
        "hedging: true",
        "hedging: false",
        "breaking hedging-withdrawn",
        "compatible hedging-allowed",
    ),
    ("cost: 1", "cost: 5", "note cost-changed", "note cost-changed"),
    (
        "idempotency: key }",
        "idempotency: key, jitter: full }",
        "breaking unclassified",
        "breaking unclassified",
    ),
    (
        "      x-paged: true\n",
        "",
        "breaking paging-removed",
        "compatible paging-added",
    ),
];

#[test]
fn operations() {
    hold(OPERATIONS);
}

#[test]
fn who_may_call() {
    hold(SECURITY);
}

#[test]
fn how_a_call_is_protected() {
    hold(PROTECTION);
}
