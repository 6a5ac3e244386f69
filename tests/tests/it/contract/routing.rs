//! Paths that could be mistaken for one another, such as `/products/{productId}/variants` and
//! `/products/variants/{variantId}`, are told apart: with real ids each is reached, and where a literal segment and a
//! parameter compete, the literal one wins.

use super::coverage::NOT_YET_SERVED;
use super::document::Contract;
use crate::service::Service;
use std::collections::BTreeSet;

/// Two paths that both fit some request, the one that then wins first. A new pair is added here on purpose.
const PAIRS: &[(&str, &str)] = &[
    ("/products/batch", "/products/{productId}"),
    ("/products/variants/batch", "/products/variants/{variantId}"),
    ("/products/variants/{variantId}", "/products/{productId}/status"),
    (
        "/products/variants/{variantId}",
        "/products/{productId}/validation-status",
    ),
    ("/products/variants/{variantId}", "/products/{productId}/variants"),
];

const SOMETHING: &str = "0f0f0f0f-0f0f-4f0f-8f0f-0f0f0f0f0f0f";

#[test]
fn every_pair_of_paths_that_fit_one_request_is_known() {
    let contract = Contract::load();
    let paths: BTreeSet<&str> = contract
        .operations()
        .iter()
        .map(|operation| operation.path)
        .collect();
    let mut pairs = BTreeSet::new();
    for one in &paths {
        for other in paths.range(..*one) {
            if contested(one, other).is_some() {
                pairs.insert((*other, *one));
            }
        }
    }
    // A brace comes after every letter, so what has the literal segment first is the smaller one.
    assert_eq!(pairs, PAIRS.iter().copied().collect());
}

#[tokio::test]
async fn with_ids_each_path_is_reached_and_between_two_the_literal_one_wins() {
    let service = Service::start().await;
    let contract = Contract::load();
    for (winner, loser) in PAIRS {
        let [of_winner, of_loser] = [winner, loser].map(|path| methods(&contract, path));
        assert_ne!(of_winner, of_loser, "nothing tells {winner} from {loser}");
        let contested = contested(winner, loser).expect("a pair of the list");
        for (path, expected) in [
            (with_ids(winner), &of_winner),
            (with_ids(loser), &of_loser),
            (contested, &of_winner),
        ] {
            assert_eq!(&allowed(&service, &path).await, expected, "{path}");
        }
    }
}

/// The one path that both fit: every segment that is literal in either of them.
fn contested(one: &str, other: &str) -> Option<String> {
    let (one, other) = (one.split('/'), other.split('/'));
    if one.clone().count() != other.clone().count() {
        return None;
    }
    let segments: Option<Vec<&str>> = one
        .zip(other)
        .map(
            |(one, other)| match (one.starts_with('{'), other.starts_with('{')) {
                (true, true) => Some(SOMETHING),
                (true, false) => Some(other),
                (false, true) => Some(one),
                (false, false) => (one == other).then_some(one),
            },
        )
        .collect();
    segments.map(|segments| segments.join("/"))
}

fn with_ids(path: &str) -> String {
    let segments = path.split('/');
    let filled: Vec<&str> = segments
        .map(|segment| {
            if segment.starts_with('{') {
                SOMETHING
            } else {
                segment
            }
        })
        .collect();
    filled.join("/")
}

/// The methods of a path that are served; none when the path is not there yet.
fn methods(contract: &Contract, path: &str) -> BTreeSet<String> {
    let operations = contract.operations().into_iter();
    let mut methods: BTreeSet<String> = operations
        .filter(|operation| operation.path == path && !NOT_YET_SERVED.contains(&operation.id))
        .map(|operation| operation.method)
        .collect();
    // A HEAD goes wherever a GET goes.
    if methods.contains("GET") {
        methods.insert("HEAD".to_owned());
    }
    methods
}

/// What the server says it allows at a path; nothing at one that is not there.
async fn allowed(service: &Service, path: &str) -> BTreeSet<String> {
    let answer = service
        .wrong_method(path)
        .send()
        .await
        .expect("the server answers");
    let Some(allow) = answer.headers().get("allow") else {
        assert_eq!(answer.status(), 404, "{path}");
        return BTreeSet::new();
    };
    assert_eq!(answer.status(), 405, "{path}");
    let allow = allow.to_str().expect("methods are ASCII");
    allow.split(',').map(|method| method.trim().to_owned()).collect()
}
