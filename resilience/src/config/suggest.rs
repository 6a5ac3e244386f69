//! What a misspelt key was probably meant to be.

/// The candidate that `written` is probably a slip of.
///
/// Either it differs by a few letters, or it is the last part of exactly one candidate, written in the wrong table.
pub(super) fn closest<'a>(
    written: &str,
    candidates: impl Iterator<Item = &'a str> + Clone,
) -> Option<&'a str> {
    let slips = (written.len() / 4).clamp(1, 3);
    let near = candidates
        .clone()
        .map(|candidate| (distance(written, candidate), candidate))
        .filter(|(distance, _)| *distance <= slips)
        .min();
    if let Some((_, near)) = near {
        return Some(near);
    }
    let last = |key: &'a str| key.rsplit('.').next() == written.rsplit('.').next();
    let mut misplaced = candidates.filter(|candidate| last(candidate));
    match (misplaced.next(), misplaced.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    }
}

/// Letters to insert, delete, replace or swap with their neighbour (optimal string alignment).
fn distance(left: &str, right: &str) -> usize {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let mut before = vec![0; right.len() + 1];
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, l) in left.iter().enumerate() {
        let mut next = vec![i + 1; right.len() + 1];
        for (j, r) in right.iter().enumerate() {
            let replaced = row[j] + usize::from(l != r);
            next[j + 1] = replaced.min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && *l == right[j - 1] && left[i - 1] == *r {
                next[j + 1] = next[j + 1].min(before[j - 1] + 1);
            }
        }
        before = std::mem::replace(&mut row, next);
    }
    row[right.len()]
}
