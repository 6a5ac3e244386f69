//! What a customer hands in and what is kept of it for good.

use product_types::{Money, ProductId, Timestamp, VariantId};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A cart as handed in. Its id makes submitting it again harmless.
#[derive(Clone, Debug)]
pub struct Cart {
    /// Made by the shop when the cart was opened.
    pub id: String,
    /// What is to be bought; each variant once.
    pub lines: Vec<CartLine>,
}

/// One line of a cart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CartLine {
    /// What.
    pub variant_id: VariantId,
    /// How many; at least 1.
    pub quantity: u32,
}

/// The product as it was sold: kept inside the order, never changed, so that history asks nobody.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// The product that the variant belongs to.
    pub product_id: ProductId,
    /// The stock keeping unit.
    pub sku: String,
    /// The variant's name.
    pub name: String,
    /// The price of one.
    pub price: Money,
    /// Since when that price holds.
    pub effective_date: Timestamp,
    /// Size, colour and the like.
    pub attributes: Vec<SnapshotAttribute>,
}

/// A property of what was sold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnapshotAttribute {
    /// Such as `Colour`.
    pub name: String,
    /// Such as `Blue`.
    pub value: String,
}

/// What asking for the price of one line came to.
#[derive(Clone, Debug, PartialEq)]
pub enum Quote {
    /// The Product Service said so just now.
    Live(Snapshot),
    /// The last that the events said, as of this instant; to be confirmed.
    Unconfirmed(Snapshot, Timestamp),
    /// It cannot be sold.
    Refused(Refusal),
}

/// Why a line cannot be sold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The Product Service does not have it (any more).
    NotFound,
    /// The Product Service does not sell it now.
    NotPurchasable,
    /// No live answer, and the projection says that it is not sold.
    NotPurchasableAsLastKnown,
    /// No live answer, and the projection does not know it or its price.
    CannotBePriced,
    /// The Product Service refused the question itself.
    ReadRefused,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotFound => "not found",
            Self::NotPurchasable => "not purchasable",
            Self::NotPurchasableAsLastKnown => "not purchasable as last known",
            Self::CannotBePriced => "cannot be priced",
            Self::ReadRefused => "the price read was refused",
        })
    }
}

/// How an order was placed. It never changes; what becomes of an unconfirmed one is its settlement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Placement {
    /// Every line at a live price.
    Confirmed,
    /// At least one line at the projection's price.
    OnFallback,
    /// At least one line cannot be sold, and so nothing is.
    Rejected,
}

impl Placement {
    /// The rule: one refused line rejects the order, else one unconfirmed line makes it unconfirmed.
    #[must_use]
    pub fn of(quotes: &[Quote]) -> Self {
        if quotes.iter().any(|quote| matches!(quote, Quote::Refused(_))) {
            Self::Rejected
        } else if quotes.iter().any(|quote| matches!(quote, Quote::Unconfirmed(..))) {
            Self::OnFallback
        } else {
            Self::Confirmed
        }
    }

    /// As stored in `orders.placement`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::OnFallback => "on_fallback",
            Self::Rejected => "rejected",
        }
    }

    /// Reads what [`as_str`](Self::as_str) wrote.
    #[must_use]
    pub fn from_stored(text: &str) -> Option<Self> {
        [Self::Confirmed, Self::OnFallback, Self::Rejected]
            .into_iter()
            .find(|placement| placement.as_str() == text)
    }
}

/// An order about to be stored.
#[derive(Clone, Debug)]
pub struct Order {
    /// Its number.
    pub id: String,
    /// The cart that it came from.
    pub cart: Cart,
    /// One quote for each line of the cart, in order.
    pub quotes: Vec<Quote>,
    /// How it is placed.
    pub placement: Placement,
    /// When.
    pub placed_at: Timestamp,
}

impl Order {
    /// Places a cart by what its lines came to.
    #[must_use]
    pub fn placed(id: String, cart: Cart, quotes: Vec<Quote>, placed_at: Timestamp) -> Self {
        Self {
            id,
            placement: Placement::of(&quotes),
            cart,
            quotes,
            placed_at,
        }
    }

    /// Why it was not confirmed at once, in words; none when it was.
    #[must_use]
    pub fn reason(&self) -> Option<String> {
        match self.placement {
            Placement::Confirmed => None,
            Placement::OnFallback => Some("no live price".to_owned()),
            Placement::Rejected => self
                .cart
                .lines
                .iter()
                .zip(&self.quotes)
                .find_map(|(line, quote)| match quote {
                    Quote::Refused(refusal) => Some(format!("{}: {refusal}", line.variant_id)),
                    _ => None,
                }),
        }
    }
}

/// What the customer is told: the same order number however often the cart is submitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The order's number.
    pub order_id: String,
    /// How it was placed.
    pub placement: Placement,
}
