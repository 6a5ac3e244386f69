//! How far a price may move between an unconfirmed order and its confirmation.

use product_types::{Decimal, Money};

/// What to do with a price that moved more than is accepted and less than is flagged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Between {
    /// Confirm at the live price and tell the customer.
    Reprice,
    /// Confirm at the price as ordered.
    Accept,
    /// Leave it to a person.
    Flag,
}

/// The bands in percent of the ordered price, as the platform's Order Service has them: 1 % and 10 % by default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bands {
    accept_within: Decimal,
    flag_beyond: Decimal,
    between: Between,
}

/// What becomes of one unconfirmed price; the worst of an order's lines decides for the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The customer pays the ordered price.
    Accepted,
    /// The customer pays the live price and is told.
    Repriced,
    /// A person decides.
    Flagged,
}

impl Bands {
    /// Bands from two percentages; none when the first is larger than the second or one is negative.
    #[must_use]
    pub fn new(accept_within: Decimal, flag_beyond: Decimal, between: Between) -> Option<Self> {
        (!accept_within.is_negative() && accept_within <= flag_beyond).then_some(Self {
            accept_within,
            flag_beyond,
            between,
        })
    }

    /// Judges a live price against the ordered one.
    ///
    /// Exact: both bounds belong to the milder side. Another currency is flagged, and so is a change from zero.
    #[must_use]
    pub fn judge(&self, ordered: Money, live: Money) -> Verdict {
        if ordered.currency != live.currency {
            return Verdict::Flagged;
        }
        match Self::moved_within(ordered.amount, live.amount, self.accept_within) {
            Some(true) => return Verdict::Accepted,
            Some(false) => {}
            None => return Verdict::Flagged,
        }
        match Self::moved_within(ordered.amount, live.amount, self.flag_beyond) {
            Some(true) => match self.between {
                Between::Reprice => Verdict::Repriced,
                Between::Accept => Verdict::Accepted,
                Between::Flag => Verdict::Flagged,
            },
            Some(false) | None => Verdict::Flagged,
        }
    }

    /// Whether |live - ordered| is at most `percent` of `ordered`; none when the numbers are too large to tell.
    fn moved_within(ordered: Decimal, live: Decimal, percent: Decimal) -> Option<bool> {
        let moved = live
            .checked_sub(ordered)?
            .abs()
            .checked_mul(Decimal::ONE_HUNDRED)?;
        let allowed = ordered.checked_mul(percent)?;
        Some(moved <= allowed)
    }
}
