//! Another order for a batch, in which every key keeps its own. Pure.

use std::collections::{HashMap, VecDeque};

/// The positions of `keys` in a random order that keeps the order of equal ones.
pub(super) fn reordered(keys: &[&str], random: &mut fastrand::Rng) -> Vec<usize> {
    let mut of_key: HashMap<&str, VecDeque<usize>> = HashMap::new();
    for (position, key) in keys.iter().enumerate() {
        of_key.entry(key).or_default().push_back(position);
    }
    let mut order: Vec<&str> = keys.to_vec();
    random.shuffle(&mut order);
    let next = |key| of_key.get_mut(key).and_then(VecDeque::pop_front);
    order.into_iter().filter_map(next).collect()
}
