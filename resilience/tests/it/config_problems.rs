//! What is wrong with files and variables, and how it is told.

use resilience::config::{Config, ConfigError};

use crate::config::{SHOP, file};

/// What is wrong with a file and the variables of the prefix `SHOP`, as it is shown.
fn problems(text: &str, variables: &[(&str, &str)]) -> Vec<String> {
    let error = file(text)
        .variables("SHOP", variables.iter().copied())
        .build()
        .unwrap_err();
    shown(&error)
}

fn shown(error: &ConfigError) -> Vec<String> {
    error.problems().iter().map(ToString::to_string).collect()
}

#[test]
fn a_value_of_the_wrong_kind_names_its_key_and_what_it_must_be() {
    let cases = [
        (
            "attempt_timeout = 500",
            "attempt_timeout: has no unit; must be a duration such as",
        ),
        (
            "attempt_timeout = \"500\"",
            "attempt_timeout: has no unit; must be a duration such as",
        ),
        (
            "attempt_timeout = \"5 sec\"",
            "attempt_timeout: has an unknown unit; use ns, us, ms, s, m or h",
        ),
        (
            "attempt_timeout = \"-1s\"",
            "attempt_timeout: must not be negative",
        ),
        (
            "attempt_timeout = \"soon\"",
            "attempt_timeout: must be a duration such as \"500ms\"",
        ),
        (
            "attempt_timeout = \"0.1ns\"",
            "attempt_timeout: is finer than a nanosecond",
        ),
        (
            "attempt_timeout = \"1..5s\"",
            "attempt_timeout: must be a duration",
        ),
        (
            "attempt_timeout = \"999999999999999999999h\"",
            "attempt_timeout: is longer than can be told",
        ),
        ("attempt_timeout = true", "attempt_timeout: must be a duration"),
        (
            "attempt_timeout = [\"1s\"]",
            "attempt_timeout: must be a duration",
        ),
        (
            "retry.max_retries = -1",
            "retry.max_retries: must be a whole number from 0 to 4294967295",
        ),
        (
            "retry.max_retries = 1.5",
            "retry.max_retries: must be a whole number",
        ),
        (
            "retry.max_retries = \"many\"",
            "retry.max_retries: must be a whole number",
        ),
        (
            "retry.factor = \"two\"",
            "retry.factor: must be a number such as 0.5",
        ),
        (
            "retry.jitter = \"half\"",
            "retry.jitter: must be full, equal, decorrelated, none, or the additive part",
        ),
        ("hedge.delay = \"p95\"", "hedge.delay: must be a duration such as"),
        (
            "budget.enabled = \"maybe\"",
            "budget.enabled: must be true or false",
        ),
        (
            "breaker.failure_rate = \"half\"",
            "breaker.failure_rate: must be a number such as 0.5, or \"off\"",
        ),
        (
            "adaptive.algorithm = \"vegas\"",
            "adaptive.algorithm: must be gradient or aimd",
        ),
        ("retry = 3", "retry: must be a table of settings"),
    ];
    for (line, expected) in cases {
        let found = problems(&format!("[resilience.inventory]\n{line}"), &[]);
        let expected = format!("resilience.inventory.{expected}");
        assert!(
            found.len() == 1 && found[0].starts_with(&expected),
            "{line}: {found:?}, not {expected:?}"
        );
    }
}

#[test]
fn an_unknown_key_is_named_in_full_with_what_was_probably_meant() {
    let cases = [
        (
            "[resilience.inventory.retry]\nmax_retires = 5",
            "resilience.inventory.retry.max_retires: unknown key; did you mean max_retries?",
        ),
        (
            "[resilience.inventory]\nmax_retries = 5",
            "resilience.inventory.max_retries: unknown key; did you mean retry.max_retries?",
        ),
        (
            "[resilience.inventory.breakers]\ntrials = 5",
            "resilience.inventory.breakers.trials: unknown key; did you mean breaker.trials?",
        ),
        (
            "[resilience.inventory]\ncolour = \"red\"",
            "resilience.inventory.colour: unknown key",
        ),
        (
            "[resilience.inventory.operations.getStock.retry]\nfaktor = 2",
            "resilience.inventory.operations.getStock.retry.faktor: unknown key; did you mean factor?",
        ),
        (
            "[resilience.retry]\nmax_retries = 5",
            "resilience.retry: stands beside the targets; did you mean resilience.defaults.retry?",
        ),
        (
            "[resilience.Defaults.retry]\nmax_retries = 5",
            "resilience.Defaults: would be the defaults in the environment; did you mean resilience.defaults?",
        ),
        (
            "[resilience]\ninventory = 3",
            "resilience.inventory: must be a table of settings",
        ),
        (
            "[resilience.\"in ventory\"]",
            "resilience.in ventory: is not a name: a letter, then letters, digits, and single - or _ between them",
        ),
        (
            "[resilience.a.operations]\ngetStock = {}\nget_stock = {}",
            "resilience.a.operations.get_stock: is named twice: the environment would write both GET_STOCK",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(problems(text, &[]), [expected], "{text}");
    }
}

#[test]
fn a_variable_that_is_wrong_is_named_besides_its_key() {
    let cases = [
        (
            ("SHOP_INVENTORY__RETRY__MAX_RETIRES", "5"),
            "resilience.inventory.retry.max_retires (SHOP_INVENTORY__RETRY__MAX_RETIRES): unknown key; \
             did you mean SHOP_INVENTORY__RETRY__MAX_RETRIES?",
        ),
        (
            ("SHOP_INVENTORY__OPERATIONS__GET_STOCK__RETRY__MAX_RETRIES", "x"),
            "resilience.inventory.operations.get_stock.retry.max_retries \
             (SHOP_INVENTORY__OPERATIONS__GET_STOCK__RETRY__MAX_RETRIES): must be a whole number from 0 to 4294967295",
        ),
        (
            ("SHOP_RETRY__MAX_RETRIES", "5"),
            "SHOP_RETRY__MAX_RETRIES: names no target; did you mean SHOP_DEFAULTS__RETRY__MAX_RETRIES?",
        ),
        (("SHOP_INVENTORY__", "5"), "SHOP_INVENTORY__: names no setting"),
        (
            ("SHOP_inventory__RETRY__MAX_RETRIES", "5"),
            "SHOP_inventory__RETRY__MAX_RETRIES: does not name a target, and an operation behind OPERATIONS, in capitals",
        ),
    ];
    for (variable, expected) in cases {
        assert_eq!(problems("[resilience]", &[variable]), [expected], "{variable:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_variable_that_is_no_text_is_refused_and_not_shown() {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt;

    let value = OsString::from_vec(vec![b'5', 0xff]);
    let error = Config::builder()
        .variables("SHOP", [(OsString::from("SHOP_A__RETRY__MAX_RETRIES"), value)])
        .build()
        .unwrap_err();
    assert_eq!(shown(&error), ["SHOP_A__RETRY__MAX_RETRIES: must be UTF-8"]);
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let text = r#"
        [resilience.inventory]
        attempt_timeout = "soon"
        retry.max_retires = 5

        [resilience.reviews]
        breaker.failure_rate = 2
    "#;
    let found = problems(text, &[("SHOP_USERS__RETRY__FACTOR", "0.5")]);
    assert_eq!(found.len(), 4, "{found:?}");
    let error = file(text).build().unwrap_err().to_string();
    assert!(error.starts_with("invalid configuration: resilience.inventory.attempt_timeout: must"));
    assert!(error.contains("; resilience.inventory.retry.max_retires: unknown key"));
    assert!(!error.contains("soon"), "values are not shown");
}

#[test]
fn what_cannot_work_together_names_every_key_where_it_was_said() {
    let text = r#"
        [resilience.inventory]
        overall_timeout = "1s"

        [resilience.inventory.operations.getStock]
        attempt_timeout = "900ms"

        [resilience.inventory.operations.createStock]
        attempt_timeout = "1500ms"
    "#;
    let error = file(text).build().unwrap_err();
    let keys: Vec<Vec<&str>> = error
        .problems()
        .iter()
        .map(|problem| problem.keys().collect())
        .collect();
    assert_eq!(
        keys,
        [
            vec![
                "resilience.inventory.attempt_timeout",
                "resilience.inventory.overall_timeout"
            ],
            vec![
                "resilience.inventory.operations.createStock.attempt_timeout",
                "resilience.inventory.overall_timeout"
            ],
        ],
        "{error}"
    );
}

#[test]
fn a_contradiction_is_told_once_and_not_by_everyone_who_inherits_it() {
    let text = r#"
        [resilience.inventory]
        retry = { base_delay = "3s", max_delay = "1s" }
        operations.a = {}
        operations.b.retry.max_retries = 1
    "#;
    let found = problems(text, &[("SHOP_INVENTORY__RETRY__MAX_DELAY", "2s")]);
    assert_eq!(
        found,
        [
            "resilience.inventory.retry.base_delay, resilience.inventory.retry.max_delay \
          (SHOP_INVENTORY__RETRY__MAX_DELAY): retry.base_delay must not be longer than retry.max_delay"
        ]
    );
}

#[test]
fn a_number_of_the_other_algorithm_is_refused_unless_it_is_inherited() {
    let wrong = "[resilience.a.adaptive]\nalgorithm = \"aimd\"\ntolerance = 2";
    assert_eq!(
        problems(wrong, &[]),
        [
            "resilience.a.adaptive.tolerance, resilience.a.adaptive.algorithm: \
          adaptive.tolerance means something only if adaptive.algorithm is \"gradient\""
        ]
    );
    let inherited =
        "[resilience.defaults.adaptive]\ntolerance = 2\n[resilience.a.adaptive]\nalgorithm = \"aimd\"";
    assert!(file(inherited).build().is_ok());
}

#[test]
fn parts_that_exclude_each_other_are_named() {
    let both = "[resilience.a]\nbulkhead.max_concurrent = 8\nadaptive.max_limit = 80";
    assert_eq!(
        problems(both, &[]),
        ["resilience.a.bulkhead.enabled, resilience.a.adaptive.enabled: \
          bulkhead and adaptive both limit the calls at once: switch one of them off"]
    );
    let off = [("SHOP_A__BULKHEAD__ENABLED", "false")];
    assert!(file(both).variables("SHOP", off).build().is_ok());
}

#[test]
fn a_name_nobody_told_of_is_unknown_once_one_was_told_of() {
    let text = r#"
        [resilience.inventroy]
        retry.max_retries = 1
        [resilience.reviews.operations.getReview]
        retry.max_retries = 1
    "#;
    let error = file(text)
        .target("inventory", ["getStock"])
        .target("reviews", ["getReviews"])
        .build()
        .unwrap_err();
    assert_eq!(
        shown(&error),
        [
            "resilience.inventroy: unknown target; did you mean inventory?",
            "resilience.reviews.operations.getReview: unknown operation; did you mean getReviews?"
        ]
    );
    assert!(file(SHOP).target("inventory", ["get_stock"]).build().is_ok());
    let error = file(SHOP)
        .variables("SHOP", [("SHOP_REVIEW__RETRY__MAX_RETRIES", "1")])
        .target("inventory", ["getStock"])
        .target("reviews", [""; 0])
        .build()
        .unwrap_err();
    assert_eq!(
        shown(&error),
        ["resilience.review (SHOP_REVIEW__RETRY__MAX_RETRIES): unknown target; did you mean reviews?"]
    );
}

#[test]
fn another_root_is_shown_in_its_place() {
    let error = file("[resilience.a]\nx = 1")
        .root("clients.policy")
        .build()
        .unwrap_err();
    assert_eq!(shown(&error), ["clients.policy.a.x: unknown key"]);
}
