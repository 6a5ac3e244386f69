//! When what rests in the store is due.

use crate::clock::Instant;
use std::collections::BTreeSet;
use std::time::Duration;

/// However many rows rest, there are no more instants to remember than of these in the longest rest.
const GRAIN_MS: u128 = 10;

/// The instants from which on rows that were given back are free. None is early, and none late by more than a grain.
pub(super) struct Rests {
    origin: Instant,
    /// In grains after the origin.
    dues: BTreeSet<u128>,
}

impl Rests {
    pub(super) fn new(origin: Instant) -> Self {
        Self {
            origin,
            dues: BTreeSet::new(),
        }
    }

    /// Remembers that a row is due. A store that counts in milliseconds lets it rest for up to one more.
    pub(super) fn add(&mut self, due: Instant) {
        let millis = due.saturating_duration_since(self.origin).as_millis() + 2;
        self.dues.insert(millis.div_ceil(GRAIN_MS));
    }

    /// The first that comes after `instant`. Those before it are forgotten.
    pub(super) fn next_after(&mut self, instant: Instant) -> Option<Instant> {
        let passed = instant.saturating_duration_since(self.origin).as_millis() / GRAIN_MS;
        self.dues = self.dues.split_off(&(passed + 1));
        let millis = self.dues.first()? * GRAIN_MS;
        Some(self.origin + Duration::from_millis(u64::try_from(millis).ok()?))
    }
}
