use super::{Item, pick};
use product_types::{Decimal, Money, ProductId, ProductStatus, VariantId};
use std::collections::{HashMap, HashSet, VecDeque};

/// Something the merchandiser does while carts are open.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Sets the price of a variant.
    Price(VariantId, Money),
    /// Takes a product off sale, or puts it back.
    Status(ProductId, ProductStatus),
    /// Deletes a product.
    Delete(ProductId),
}

/// A change and its moment.
#[derive(Clone, Debug)]
pub struct PlannedChange {
    /// It is due when this cart arrives.
    pub due: usize,
    /// What is done.
    pub change: Change,
}

/// One change for this many carts.
const CARTS_PER_CHANGE: usize = 4;

/// Of so many products one is off sale at the same time, and one is deleted for good; at least one and none, and at
/// most so many, so that most carts can be sold.
const PRODUCTS_PER_ABSENCE: usize = 30;
const OFF_SALE: usize = 2;
const DELETED: usize = 3;

pub(super) fn draw(random: &mut fastrand::Rng, orders: usize, items: &[Item]) -> Vec<PlannedChange> {
    let mut shop = Shop::new(items);
    (0..orders)
        .step_by(CARTS_PER_CHANGE)
        .filter_map(|due| shop.change(random).map(|change| PlannedChange { due, change }))
        .collect()
}

/// What the merchandiser knows of the catalogue while the changes are drawn.
struct Shop<'a> {
    items: &'a [Item],
    prices: HashMap<&'a VariantId, Money>,
    off_sale: VecDeque<&'a ProductId>,
    deleted: HashSet<&'a ProductId>,
    may_be_off_sale: usize,
    may_delete: usize,
}

impl<'a> Shop<'a> {
    fn new(items: &'a [Item]) -> Self {
        let products: HashSet<_> = items.iter().map(|item| &item.product_id).collect();
        Self {
            items,
            prices: items.iter().map(|item| (&item.variant_id, item.price)).collect(),
            off_sale: VecDeque::new(),
            deleted: HashSet::new(),
            may_be_off_sale: (products.len() / PRODUCTS_PER_ABSENCE).clamp(1, OFF_SALE),
            may_delete: (products.len() / PRODUCTS_PER_ABSENCE).min(DELETED),
        }
    }

    /// Of 20 changes about 14 are prices, 5 statuses and 1 a deletion.
    fn change(&mut self, random: &mut fastrand::Rng) -> Option<Change> {
        let item = pick(random, self.items);
        if self.deleted.contains(&item.product_id) {
            return None;
        }
        match random.u8(0..20) {
            0 if self.may_delete > 0 => {
                self.may_delete -= 1;
                self.deleted.insert(&item.product_id);
                self.off_sale.retain(|product| *product != &item.product_id);
                Some(Change::Delete(item.product_id.clone()))
            }
            0..=5 => Some(self.status(&item.product_id)),
            _ => self.price(random, item),
        }
    }

    /// Puts the product back on sale, or the longest absent one when enough are off, or takes this one off.
    fn status(&mut self, product: &'a ProductId) -> Change {
        let back = match self.off_sale.iter().position(|off| *off == product) {
            Some(position) => self.off_sale.remove(position),
            None if self.off_sale.len() >= self.may_be_off_sale => self.off_sale.pop_front(),
            None => None,
        };
        if let Some(back) = back {
            return Change::Status(back.clone(), ProductStatus::Active);
        }
        self.off_sale.push_back(product);
        Change::Status(product.clone(), ProductStatus::Inactive)
    }

    /// Up or down: half of the time by a little (accepted later), else by some percent (repriced) or by much (flagged).
    fn price(&mut self, random: &mut fastrand::Rng, item: &'a Item) -> Option<Change> {
        let per_mille = match random.u8(0..10) {
            0..5 => random.i64(1..=9),
            5..8 => random.i64(20..=90),
            _ => random.i64(150..=350),
        };
        let factor = Decimal::new(
            i128::from(if random.bool() {
                1_000 + per_mille
            } else {
                1_000 - per_mille
            }),
            3,
        )?;
        let price = self.prices.get_mut(&item.variant_id)?;
        // The API takes the currency's minor units, and never more than 2.
        let scale = price.currency.minor_units().unwrap_or(2).min(2);
        let amount = price.amount.checked_mul(factor)?.round_half_even(scale);
        if !amount.is_positive() || amount == price.amount {
            return None;
        }
        price.amount = amount;
        Some(Change::Price(item.variant_id.clone(), *price))
    }
}
