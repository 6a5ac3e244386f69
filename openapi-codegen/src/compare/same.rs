//! When two nodes say the same.

use std::collections::BTreeSet;

use super::place::Place;
use crate::document::{Data, Node};

/// Whether two nodes say the same, whatever the order of their keys. The number 1 is the number 1.0.
pub(super) fn same(one: &Node, other: &Node) -> bool {
    match (&one.data, &other.data) {
        (Data::Map(left), Data::Map(right)) => {
            left.len() == right.len()
                && left.iter().all(|entry| {
                    other
                        .get(&entry.key)
                        .is_some_and(|value| same(&entry.value, value))
                })
        }
        (Data::List(left), Data::List(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
        }
        (Data::Float(left), Data::Float(right)) => left == right || (left.is_nan() && right.is_nan()),
        // An integer beyond 2^53 that equals no double is told apart: its double is not exact.
        (Data::Integer(whole), Data::Float(float)) | (Data::Float(float), Data::Integer(whole)) => {
            *whole as f64 == *float
        }
        (left, right) => left == right,
    }
}

/// Whether two places say the same, with all that they refer to.
pub(super) fn same_with_references(one: &Place<'_>, other: &Place<'_>) -> bool {
    let mut pending = vec![(one.clone(), other.clone())];
    let mut seen = BTreeSet::new();
    let mut equal = true;
    // Goes on after the first difference, so that all components on the way count as used.
    while let Some((left, right)) = pending.pop() {
        if !seen.insert((left.pointer.clone(), right.pointer.clone())) {
            continue;
        }
        let (left_target, right_target) = (left.referred(), right.referred());
        if left_target.is_some() || right_target.is_some() {
            if left_target.is_some() && right_target.is_some() {
                equal &= same_beside_reference(left.node, right.node);
            }
            pending.push((left_target.unwrap_or(left), right_target.unwrap_or(right)));
            continue;
        }
        match (&left.node.data, &right.node.data) {
            (Data::Map(a), Data::Map(b)) => {
                equal &= a.len() == b.len();
                for (key, value) in left.entries() {
                    match right.child(key) {
                        Some(twin) => pending.push((value, twin)),
                        None => equal = false,
                    }
                }
            }
            (Data::List(a), Data::List(b)) => {
                equal &= a.len() == b.len();
                pending.extend(left.items().into_iter().zip(right.items()));
            }
            _ => equal &= same(left.node, right.node),
        }
    }
    equal
}

fn same_beside_reference(one: &Node, other: &Node) -> bool {
    let beside = |node: &Node, twin: &Node| {
        node.entries()
            .iter()
            .filter(|entry| entry.key != "$ref")
            .all(|entry| {
                twin.get(&entry.key)
                    .is_some_and(|value| same(&entry.value, value))
            })
    };
    beside(one, other) && beside(other, one)
}
