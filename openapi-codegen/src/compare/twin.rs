//! What stands in two documents under the same name.

use std::collections::BTreeMap;

/// A thing that is gone, new, or in both documents.
pub(super) enum Twin<T> {
    Removed(T),
    Added(T),
    Both(T, T),
}

impl<T> Twin<T> {
    pub(super) fn before(&self) -> Option<&T> {
        match self {
            Self::Removed(before) | Self::Both(before, _) => Some(before),
            Self::Added(_) => None,
        }
    }

    pub(super) fn after(&self) -> Option<&T> {
        match self {
            Self::Added(after) | Self::Both(_, after) => Some(after),
            Self::Removed(_) => None,
        }
    }

    /// The newer one, or what is left of it.
    pub(super) fn latest(&self) -> &T {
        match self {
            Self::Removed(one) | Self::Added(one) | Self::Both(_, one) => one,
        }
    }

    /// `None` when there is neither.
    pub(super) fn of(before: Option<T>, after: Option<T>) -> Option<Self> {
        match (before, after) {
            (Some(before), Some(after)) => Some(Self::Both(before, after)),
            (Some(before), None) => Some(Self::Removed(before)),
            (None, Some(after)) => Some(Self::Added(after)),
            (None, None) => None,
        }
    }
}

/// Pairs anew what stands under keys that are written differently and mean the same.
pub(super) fn paired_by<K: Ord, T>(
    fields: BTreeMap<&str, Twin<T>>,
    meaning: impl Fn(&str) -> K,
) -> BTreeMap<K, Twin<T>> {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for (key, twin) in fields {
        let (old, new) = match twin {
            Twin::Removed(old) => (Some(old), None),
            Twin::Added(new) => (None, Some(new)),
            Twin::Both(old, new) => (Some(old), Some(new)),
        };
        before.extend(old.map(|one| (meaning(key), one)));
        after.extend(new.map(|one| (meaning(key), one)));
    }
    twins(before, after)
}

/// Pairs the things of two documents by their keys, in the order of the keys.
pub(super) fn twins<K: Ord, T>(
    before: impl IntoIterator<Item = (K, T)>,
    after: impl IntoIterator<Item = (K, T)>,
) -> BTreeMap<K, Twin<T>> {
    let mut sides: BTreeMap<K, (Option<T>, Option<T>)> = BTreeMap::new();
    for (key, one) in before {
        sides.entry(key).or_default().0 = Some(one);
    }
    for (key, one) in after {
        sides.entry(key).or_default().1 = Some(one);
    }
    sides
        .into_iter()
        .filter_map(|(key, (before, after))| Some((key, Twin::of(before, after)?)))
        .collect()
}
