//! Who may call, and how a call is protected.

use super::told;
use crate::support::{Parts, target};
use openapi_codegen::Document;

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
        secured("{ token: [] }"),
        "test.yaml:11: `security` that is not a list; write `- item` lines"
    );
    assert_eq!(
        secured("[token]"),
        "test.yaml:11: an item of `security` that is not a mapping; write `- name: []`, or `- {}` for nobody's token"
    );
    assert_eq!(
        secured("[{ token: [admin] }]"),
        "test.yaml:11: scopes or roles of `token` in `security`; write `token: []`, and the roles in `x-roles`"
    );
    assert_eq!(
        secured("[{ token: [], key: [] }]"),
        "test.yaml:11: operation `doIt` with two credentials at once; ask for one bearer token"
    );
}

#[test]
fn of_roles() {
    let refused = |operation: &str| {
        told(
            Parts {
                operation,
                ..Parts::default()
            }
            .generate(),
        )
    };
    assert_eq!(
        refused("x-roles: admin"),
        "test.yaml:12: `x-roles` that is not a list; write `- item` lines"
    );
    assert_eq!(
        refused("x-roles: [admin]"),
        "test.yaml:8: `x-roles` of operation `doIt`, which needs no token; ask for a token in `security`, or drop the roles"
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
