//! Every cart that was handed in against every order in the database.

use crate::failure::Failure;
use crate::order_service::order::{Cart, Receipt};
use crate::order_service::store::Store;
use sqlx::{Result as SqlResult, Row};
use std::collections::{HashMap, HashSet};

/// A cart that was handed in, and every answer that came back.
#[derive(Clone, Debug)]
pub struct Submitted {
    /// The cart.
    pub cart: Cart,
    /// One for each submission that was answered.
    pub receipts: Vec<Receipt>,
}

/// What the database says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Placed at live prices.
    pub confirmed: usize,
    /// Placed at the projection's.
    pub on_fallback: usize,
    /// Of these, confirmed later.
    pub confirmed_later: usize,
    /// Of these, flagged.
    pub flagged: usize,
    /// Of these, neither.
    pub still_unconfirmed: usize,
    /// Not placed.
    pub rejected: usize,
    /// Customers told of another price.
    pub customers_told: usize,
    /// Carts without an order that matches them line by line.
    pub lost: usize,
    /// Orders too many: more than one for a cart, another number in an answer, or no cart at all.
    pub doubled: usize,
}

/// Reads the whole order database and holds it against what was handed in.
///
/// # Errors
///
/// When the database cannot be read.
pub async fn check(store: &Store, submitted: &[Submitted]) -> Result<Counts, Failure> {
    read(store)
        .await
        .map(|stored| compare(&stored, submitted))
        .map_err(|cause| Failure::because("cannot read the order database", cause))
}

#[derive(Default)]
struct Stored {
    orders: Vec<StoredOrder>,
    /// Of each order, variant and quantity.
    lines: HashMap<String, Vec<(String, i64)>>,
    customers_told: usize,
}

struct StoredOrder {
    id: String,
    cart_id: String,
    placement: String,
    settlement: Option<String>,
}

async fn read(store: &Store) -> SqlResult<Stored> {
    let mut stored = Stored::default();
    for row in sqlx::query("SELECT order_id, cart_id, placement, settlement FROM orders")
        .fetch_all(store.read())
        .await?
    {
        stored.orders.push(StoredOrder {
            id: row.try_get("order_id")?,
            cart_id: row.try_get("cart_id")?,
            placement: row.try_get("placement")?,
            settlement: row.try_get("settlement")?,
        });
    }
    for row in sqlx::query("SELECT order_id, variant_id, quantity FROM order_lines")
        .fetch_all(store.read())
        .await?
    {
        let line = (row.try_get("variant_id")?, row.try_get("quantity")?);
        stored
            .lines
            .entry(row.try_get("order_id")?)
            .or_default()
            .push(line);
    }
    stored.lines.values_mut().for_each(|lines| lines.sort_unstable());
    let told: i64 = sqlx::query_scalar("SELECT COUNT(DISTINCT order_id) FROM notifications")
        .fetch_one(store.read())
        .await?;
    stored.customers_told = usize::try_from(told).unwrap_or_default();
    Ok(stored)
}

fn compare(stored: &Stored, submitted: &[Submitted]) -> Counts {
    let placed = |placement: &str| {
        stored
            .orders
            .iter()
            .filter(|order| order.placement == placement)
            .count()
    };
    let settled = |settlement: Option<&str>| {
        let is = |order: &&StoredOrder| {
            order.placement == "on_fallback" && order.settlement.as_deref() == settlement
        };
        stored.orders.iter().filter(is).count()
    };
    let mut by_cart: HashMap<&str, Vec<&StoredOrder>> = HashMap::new();
    for order in &stored.orders {
        by_cart.entry(&order.cart_id).or_default().push(order);
    }
    let mut counts = Counts {
        confirmed: placed("confirmed"),
        on_fallback: placed("on_fallback"),
        rejected: placed("rejected"),
        confirmed_later: settled(Some("confirmed_later")),
        flagged: settled(Some("flagged")),
        still_unconfirmed: settled(None),
        customers_told: stored.customers_told,
        ..Counts::default()
    };
    for handed_in in submitted {
        let orders = by_cart.remove(handed_in.cart.id.as_str()).unwrap_or_default();
        if !orders.iter().any(|order| matches(stored, order, &handed_in.cart)) {
            counts.lost += 1;
        }
        let known: HashSet<&str> = orders.iter().map(|order| order.id.as_str()).collect();
        let numbers: HashSet<&str> = handed_in
            .receipts
            .iter()
            .map(|receipt| receipt.order_id.as_str())
            .collect();
        counts.doubled += known.union(&numbers).count().saturating_sub(1);
    }
    // What is left belongs to no cart.
    counts.doubled += by_cart.values().map(Vec::len).sum::<usize>();
    counts
}

/// Whether an order has exactly the lines of its cart.
fn matches(stored: &Stored, order: &StoredOrder, cart: &Cart) -> bool {
    let mut wanted: Vec<(String, i64)> = cart
        .lines
        .iter()
        .map(|line| (line.variant_id.to_string(), i64::from(line.quantity)))
        .collect();
    wanted.sort_unstable();
    stored.lines.get(&order.id) == Some(&wanted)
}
