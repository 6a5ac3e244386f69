//! Two versions of one document, in both directions: each change with its rule and its class.

mod documents;
mod messages;
mod operations;
mod parameters;
mod properties;
mod values;

use openapi_codegen::Document;
use openapi_codegen::compare::{Comparison, compare};
use std::collections::BTreeSet;

pub(crate) const SHOP: &str = include_str!("shop.yaml");

/// One change of the shop's document: what is replaced by what, and what is told forwards and backwards, each as
/// `class rule` or several of them joined by ` + `.
pub(crate) type Case = (&'static str, &'static str, &'static str, &'static str);

pub(crate) fn document(text: &str) -> Document {
    Document::parse("shop.yaml", text).expect("the test's document is YAML")
}

pub(crate) fn between(before: &str, after: &str) -> Comparison {
    compare(&document(before), &document(after))
}

/// The document with one text in it replaced, which must stand there once.
pub(crate) fn changed(old: &str, new: &str) -> String {
    assert_eq!(
        SHOP.matches(old).count(),
        1,
        "`{old}` must stand in the document once"
    );
    SHOP.replace(old, new)
}

/// What is told, without places.
pub(crate) fn told(comparison: &Comparison) -> String {
    let rules = comparison.changes().iter();
    let rules: BTreeSet<String> = rules
        .map(|change| format!("{} {}", change.rule.class().name(), change.rule.name()))
        .collect();
    rules.into_iter().collect::<Vec<_>>().join(" + ")
}

pub(crate) fn hold(cases: &[Case]) {
    let mut wrong = Vec::new();
    for (old, new, forwards, backwards) in cases {
        let after = changed(old, new);
        for (way, expected, comparison) in [
            ("forwards", forwards, between(SHOP, &after)),
            ("backwards", backwards, between(&after, SHOP)),
        ] {
            if told(&comparison) != **expected {
                let changes: Vec<String> = comparison.changes().iter().map(ToString::to_string).collect();
                wrong.push(format!(
                    "{old} -> {new}, {way}:\n  expected {expected}\n  told     {}\n    {}",
                    told(&comparison),
                    changes.join("\n    ")
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
