use super::SetPrice;
use product_types::Timestamp;

/// One price that was set for a variant, with the time in which it may be in force.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PriceEntry {
    /// Grows with every price set for the variant.
    pub(crate) order: i64,
    pub(crate) from: Timestamp,
    /// `None`: without end.
    pub(crate) until: Option<Timestamp>,
    pub(crate) set: SetPrice,
}

impl PriceEntry {
    fn covers(&self, now: Timestamp) -> bool {
        self.from <= now && self.until.is_none_or(|until| now < until)
    }
}

/// The prices of one variant over time: at each moment the one set last is in force among those whose time it is.
///
/// So a price set at once and without end does away with everything set before it, a scheduled price waits for its
/// moment, and after a price with an end the one beneath it is in force again.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Timeline {
    /// By order.
    entries: Vec<PriceEntry>,
}

impl Timeline {
    pub(crate) fn new(mut entries: Vec<PriceEntry>) -> Self {
        entries.sort_by_key(|entry| entry.order);
        Self { entries }
    }

    /// The price in force at `now`.
    pub(crate) fn in_force(&self, now: Timestamp) -> Option<&PriceEntry> {
        self.entries.iter().rev().find(|entry| entry.covers(now))
    }

    /// Since when `entry`, which is in force at `now`, has been: from its own moment on, or since what lay over it ended.
    pub(crate) fn in_force_since(&self, entry: &PriceEntry, now: Timestamp) -> Timestamp {
        let uncovered = self
            .entries
            .iter()
            .filter(|above| above.order > entry.order)
            .filter_map(|above| above.until.filter(|until| *until <= now));
        uncovered.fold(entry.from, Timestamp::max)
    }

    /// The next moment after `now` at which another price may come into force.
    pub(crate) fn next_change(&self, now: Timestamp) -> Option<Timestamp> {
        self.entries
            .iter()
            .flat_map(|entry| [Some(entry.from), entry.until])
            .flatten()
            .filter(|moment| *moment > now)
            .min()
    }

    /// The orders of the entries that can never be in force again.
    pub(crate) fn spent(&self, now: Timestamp) -> Vec<i64> {
        let endless = self
            .entries
            .iter()
            .rev()
            .find(|entry| entry.until.is_none() && entry.from <= now);
        self.entries
            .iter()
            .filter(|entry| {
                let over = entry.until.is_some_and(|until| until <= now);
                over || endless.is_some_and(|endless| entry.order < endless.order)
            })
            .map(|entry| entry.order)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use product_types::{CurrencyCode, Decimal};

    fn at(second: i64) -> Timestamp {
        Timestamp::from_unix(second, 0).unwrap()
    }

    fn entry(order: i64, from: i64, until: Option<i64>) -> PriceEntry {
        PriceEntry {
            order,
            from: at(from),
            until: until.map(at),
            set: SetPrice::regular(Decimal::from(order), CurrencyCode::USD),
        }
    }

    fn order_in_force(timeline: &Timeline, second: i64) -> Option<i64> {
        timeline.in_force(at(second)).map(|entry| entry.order)
    }

    #[test]
    fn a_price_with_an_end_gives_way_to_the_one_beneath_it() {
        let timeline = Timeline::new(vec![entry(1, 0, None), entry(2, 10, Some(20))]);
        assert_eq!(order_in_force(&timeline, 9), Some(1));
        assert_eq!(order_in_force(&timeline, 10), Some(2));
        assert_eq!(order_in_force(&timeline, 20), Some(1));
        let since = |second| {
            let now = at(second);
            timeline
                .in_force(now)
                .map(|entry| timeline.in_force_since(entry, now))
        };
        assert_eq!(
            (since(9), since(15), since(25)),
            (Some(at(0)), Some(at(10)), Some(at(20)))
        );
        assert_eq!(timeline.next_change(at(0)), Some(at(10)));
        assert_eq!(timeline.next_change(at(10)), Some(at(20)));
        assert_eq!(timeline.next_change(at(20)), None);
    }

    #[test]
    fn a_price_without_end_does_away_with_all_that_was_set_before_it() {
        let timeline = Timeline::new(vec![entry(1, 0, None), entry(2, 50, None), entry(3, 10, None)]);
        assert_eq!(order_in_force(&timeline, 60), Some(3));
        assert_eq!(timeline.spent(at(10)), vec![1, 2]);
    }

    #[test]
    fn nothing_is_in_force_before_the_first_price() {
        let timeline = Timeline::new(vec![entry(1, 5, None)]);
        assert_eq!(order_in_force(&timeline, 4), None);
        assert!(timeline.spent(at(4)).is_empty());
    }
}
