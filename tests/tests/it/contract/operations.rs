//! Every operation of the platform's pages is in the document, with the roles that may call it.

use super::document::Contract;
use std::collections::{BTreeMap, BTreeSet};

/// Method, path, and who may call: `public`, or the letters of `ROLES`.
const OPERATIONS: &[(&str, &str, &str)] = &[
    ("GET", "/products", "public"),
    ("POST", "/products", "A M E"),
    ("POST", "/products/batch", "S A M"),
    ("GET", "/products/{productId}", "public"),
    ("HEAD", "/products/{productId}", "public"),
    ("PATCH", "/products/{productId}", "A M E"),
    ("DELETE", "/products/{productId}", "A M"),
    ("POST", "/products/{productId}/status", "A M"),
    ("GET", "/products/{productId}/validation-status", "S"),
    ("GET", "/products/{productId}/variants", "public"),
    ("POST", "/products/{productId}/variants", "A M E"),
    ("POST", "/products/variants/batch", "S A M"),
    ("GET", "/products/variants/{variantId}", "public"),
    ("PATCH", "/products/variants/{variantId}", "A M E"),
    ("DELETE", "/products/variants/{variantId}", "A M"),
    ("GET", "/products/variants/{variantId}/price", "public"),
    ("PUT", "/products/variants/{variantId}/price", "A M K"),
    ("GET", "/products/variants/{variantId}/price-history", "A M K"),
    ("POST", "/products/variants/{variantId}/discounts", "A M K"),
    (
        "DELETE",
        "/products/variants/{variantId}/discounts/{discountId}",
        "A M K",
    ),
    ("GET", "/categories", "public"),
    ("POST", "/categories", "A M"),
    ("GET", "/categories/{categoryId}", "public"),
    ("PATCH", "/categories/{categoryId}", "A M"),
    ("DELETE", "/categories/{categoryId}", "A M"),
    ("GET", "/discounts", "A M K"),
    ("POST", "/discounts", "A M K"),
    ("GET", "/discounts/{discountId}", "A M K"),
    ("PATCH", "/discounts/{discountId}", "A M K"),
    ("DELETE", "/discounts/{discountId}", "A M K"),
    ("GET", "/health/liveness", "public"),
    ("GET", "/health/readiness", "public"),
    ("GET", "/metrics", "O"),
    ("GET", "/openapi.json", "public"),
    ("GET", "/docs", "public"),
];

const ROLES: &[(&str, &str)] = &[
    ("A", "admin"),
    ("M", "manager"),
    ("E", "editor"),
    ("K", "marketing"),
    ("S", "service"),
    ("O", "operator"),
];

/// Paths that live at the root of the service.
const AT_ROOT: &[&str] = &["/metrics", "/openapi.json", "/docs"];

#[test]
fn the_document_has_every_operation_of_the_platform_and_no_other() {
    let contract = Contract::load();
    let documented: BTreeMap<(String, &str), BTreeSet<String>> = contract
        .operations()
        .iter()
        .map(|operation| {
            let roles = operation.definition["x-roles"].as_array().into_iter().flatten();
            let roles = roles.map(|role| role.as_str().expect("a role is text").to_owned());
            ((operation.method.clone(), operation.path), roles.collect())
        })
        .collect();
    let expected: BTreeMap<(String, &str), BTreeSet<String>> = OPERATIONS
        .iter()
        .map(|(method, path, who)| ((String::from(*method), *path), roles(who)))
        .collect();
    assert_eq!(documented, expected);
}

fn roles(who: &str) -> BTreeSet<String> {
    let letters = who.split(' ').filter(|letter| *letter != "public");
    let role = |letter| ROLES.iter().find(|(short, _)| *short == letter);
    letters
        .map(|letter| role(letter).expect("a letter of the table").1.to_owned())
        .collect()
}

#[test]
fn what_needs_a_role_needs_a_token_and_what_is_public_does_not() {
    for operation in Contract::load().operations() {
        let requirements = operation.definition["security"]
            .as_array()
            .expect("every operation has security");
        let public = requirements
            .iter()
            .any(|one| one.as_object().is_some_and(serde_json::Map::is_empty));
        let has_roles = operation.definition.get("x-roles").is_some();
        assert_ne!(public, has_roles, "{}", operation.id);
    }
}

#[test]
fn what_lives_at_the_root_says_so() {
    let contract = Contract::load();
    for operation in contract.operations() {
        let expected = AT_ROOT.contains(&operation.path).then_some("/");
        assert_eq!(contract.own_server(&operation), expected, "{}", operation.id);
    }
}

#[test]
fn what_may_be_limited_tells_the_limit_with_every_answer() {
    let contract = Contract::load();
    for operation in contract.operations() {
        let answers = operation.definition["responses"]
            .as_object()
            .expect("every operation has answers");
        if !answers.contains_key("429") {
            continue;
        }
        for (status, answer) in answers {
            for name in ["RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"] {
                let header = contract.resolved(answer)["headers"].get(name);
                assert!(header.is_some(), "{} {status} lacks {name}", operation.id);
            }
        }
    }
}
