//! Every operation of the platform's pages is in the document, with the roles that may call it.

use super::document::{Contract, Operation};
use std::collections::BTreeSet;

/// Method, path, who may call (`public`, or the letters of `ROLES`), the status of success, and the page's notes:
/// `paged`, `key` for an Idempotency-Key, `If-Match`, `If-None-Match`, `409` for what may contradict the catalogue,
/// and `?name` for each parameter of the query besides `page` and `limit`.
const OPERATIONS: &str = "
GET    | /products                                     | public | 200 | paged ?sort ?status ?brand ?categoryId ?search
POST   | /products                                     | A M E  | 201 | key 409
POST   | /products/batch                               | S A M  | 200 |
GET    | /products/{productId}                         | public | 200 | If-None-Match
HEAD   | /products/{productId}                         | public | 200 | If-None-Match
PATCH  | /products/{productId}                         | A M E  | 200 | If-Match 409
DELETE | /products/{productId}                         | A M    | 204 | If-Match
POST   | /products/{productId}/status                  | A M    | 200 | key 409
GET    | /products/{productId}/validation-status       | S      | 200 |
GET    | /products/{productId}/variants                | public | 200 | paged
POST   | /products/{productId}/variants                | A M E  | 201 | key 409
POST   | /products/variants/batch                      | S A M  | 200 |
GET    | /products/variants/{variantId}                | public | 200 | If-None-Match
PATCH  | /products/variants/{variantId}                | A M E  | 200 | If-Match 409
DELETE | /products/variants/{variantId}                | A M    | 204 | If-Match
GET    | /products/variants/{variantId}/price          | public | 200 | If-None-Match
PUT    | /products/variants/{variantId}/price          | A M K  | 200 |
GET    | /products/variants/{variantId}/price-history  | A M K  | 200 | paged
POST   | /products/variants/{variantId}/discounts      | A M K  | 200 | key 409
DELETE | /products/variants/{variantId}/discounts/{discountId} | A M K | 204 |
GET    | /categories                                   | public | 200 | paged ?parentId
POST   | /categories                                   | A M    | 201 | key 409
GET    | /categories/{categoryId}                      | public | 200 | If-None-Match
PATCH  | /categories/{categoryId}                      | A M    | 200 | If-Match 409
DELETE | /categories/{categoryId}                      | A M    | 204 | If-Match 409
GET    | /discounts                                    | A M K  | 200 | paged ?status ?type
POST   | /discounts                                    | A M K  | 201 | key 409
GET    | /discounts/{discountId}                       | A M K  | 200 | If-None-Match
PATCH  | /discounts/{discountId}                       | A M K  | 200 | If-Match 409
DELETE | /discounts/{discountId}                       | A M K  | 204 | If-Match
GET    | /health/liveness                              | public | 200 |
GET    | /health/readiness                             | public | 200 |
GET    | /metrics                                      | O      | 200 |
GET    | /openapi.json                                 | public | 200 |
GET    | /docs                                         | public | 200 |
";

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
    let documented: BTreeSet<Row> = contract
        .operations()
        .iter()
        .map(|operation| Row::of(&contract, operation))
        .collect();
    let expected: BTreeSet<Row> = OPERATIONS.trim().lines().map(Row::parse).collect();
    let missing: Vec<_> = expected.difference(&documented).collect();
    let others: Vec<_> = documented.difference(&expected).collect();
    assert!(
        missing.is_empty() && others.is_empty(),
        "not in the document: {missing:#?}\nnot on the page: {others:#?}"
    );
}

/// What the table says of an operation.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    method: String,
    path: String,
    roles: BTreeSet<String>,
    success: String,
    notes: BTreeSet<String>,
}

impl Row {
    fn parse(line: &str) -> Self {
        let columns: Vec<&str> = line.split('|').map(str::trim).collect();
        let [method, path, who, success, notes] = columns[..] else {
            panic!("a row of five columns: {line}");
        };
        let letters = who.split(' ').filter(|letter| *letter != "public");
        let role = |letter| ROLES.iter().find(|(short, _)| *short == letter);
        Self {
            method: method.to_owned(),
            path: path.to_owned(),
            roles: letters
                .map(|letter| role(letter).expect("a letter of the table").1.to_owned())
                .collect(),
            success: success.to_owned(),
            notes: notes.split_whitespace().map(str::to_owned).collect(),
        }
    }

    fn of(contract: &Contract, operation: &Operation<'_>) -> Self {
        let definition = operation.definition;
        let roles = definition["x-roles"].as_array().into_iter().flatten();
        let answers = definition["responses"]
            .as_object()
            .expect("every operation has answers");
        let successes: Vec<&str> = answers
            .keys()
            .map(String::as_str)
            .filter(|status| status.starts_with('2'))
            .collect();
        let mut notes: BTreeSet<String> = BTreeSet::new();
        if definition["x-paged"] == true {
            notes.insert("paged".to_owned());
        }
        if answers.contains_key("409") {
            notes.insert("409".to_owned());
        }
        for parameter in contract.parameters(operation) {
            let name = parameter["name"].as_str().expect("a parameter has a name");
            match (parameter["in"].as_str(), name) {
                (Some("path"), _) | (_, "X-Correlation-ID" | "page" | "limit") => None,
                (Some("query"), _) => Some(format!("?{name}")),
                (_, "Idempotency-Key") => Some("key".to_owned()),
                _ => Some(name.to_owned()),
            }
            .map(|note| notes.insert(note));
        }
        Self {
            method: operation.method.clone(),
            path: operation.path.to_owned(),
            roles: roles
                .map(|role| role.as_str().expect("a role is text").to_owned())
                .collect(),
            success: successes.join(" "),
            notes,
        }
    }
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
