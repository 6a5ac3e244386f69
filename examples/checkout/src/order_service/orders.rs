//! The tables of orders: stored once, never rewritten, settled at most once.

mod settlement;

pub use settlement::{Settlement, Unconfirmed, UnconfirmedLine};

use super::order::{Order, Placement, Quote, Receipt, Snapshot};
use super::store::Store;
use crate::failure::Failure;
use product_types::Timestamp;
use sqlx::Row;

/// Reads and writes orders.
#[derive(Clone, Debug)]
pub struct Orders {
    store: Store,
}

impl Orders {
    /// The orders in a database.
    #[must_use]
    pub fn new(store: Store) -> Self {
        Self { store }
    }

    /// The receipt of a cart that became an order already.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn receipt(&self, cart_id: &str) -> Result<Option<Receipt>, Failure> {
        let row = sqlx::query("SELECT order_id, placement FROM orders WHERE cart_id = ?")
            .bind(cart_id)
            .fetch_optional(self.store.read())
            .await
            .map_err(unreadable)?;
        row.map(|row| receipt(&row).map_err(unreadable)).transpose()
    }

    /// Stores an order with its lines, all or nothing, unless its cart has become one meanwhile.
    ///
    /// # Errors
    ///
    /// When the database cannot be written; nothing was stored then and the cart may be submitted again.
    pub async fn place(&self, order: &Order) -> Result<Receipt, Failure> {
        self.insert(order)
            .await
            .map_err(|cause| Failure::because("cannot store the order", cause))
    }

    async fn insert(&self, order: &Order) -> Result<Receipt, sqlx::Error> {
        let mut write = self.store.write().await?;
        let inserted = sqlx::query(
            "INSERT INTO orders (order_id, cart_id, placement, reason, placed_at) VALUES (?, ?, ?, ?, ?) \
             ON CONFLICT (cart_id) DO NOTHING",
        )
        .bind(&order.id)
        .bind(&order.cart.id)
        .bind(order.placement.as_str())
        .bind(order.reason())
        .bind(order.placed_at.to_string())
        .execute(&mut *write)
        .await?;
        if inserted.rows_affected() == 0 {
            let row = sqlx::query("SELECT order_id, placement FROM orders WHERE cart_id = ?")
                .bind(&order.cart.id)
                .fetch_one(&mut *write)
                .await?;
            return receipt(&row);
        }
        for (position, (line, quote)) in (0_i64..).zip(order.cart.lines.iter().zip(&order.quotes)) {
            let stored = StoredQuote::of(quote, order.placed_at);
            let snapshot = stored.snapshot;
            sqlx::query(
                "INSERT INTO order_lines (order_id, position, variant_id, quantity, product_id, sku, name, amount, \
                 currency, effective_date, attributes, price_source, price_as_of) \
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            )
            .bind(&order.id)
            .bind(position)
            .bind(line.variant_id.as_str())
            .bind(line.quantity)
            .bind(snapshot.map(|of| of.product_id.as_str()))
            .bind(snapshot.map(|of| &of.sku))
            .bind(snapshot.map(|of| &of.name))
            .bind(snapshot.map(|of| of.price.amount.to_string()))
            .bind(snapshot.map(|of| of.price.currency.to_string()))
            .bind(snapshot.map(|of| of.effective_date.to_string()))
            .bind(snapshot.map(attributes_json).transpose()?)
            .bind(stored.source)
            .bind(stored.as_of.map(|as_of| as_of.to_string()))
            .execute(&mut *write)
            .await?;
        }
        write.commit().await?;
        Ok(Receipt {
            order_id: order.id.clone(),
            placement: order.placement,
        })
    }
}

/// A quote as its columns.
struct StoredQuote<'a> {
    snapshot: Option<&'a Snapshot>,
    source: Option<&'static str>,
    as_of: Option<Timestamp>,
}

impl<'a> StoredQuote<'a> {
    fn of(quote: &'a Quote, now: Timestamp) -> Self {
        let (snapshot, source, as_of) = match quote {
            Quote::Live(snapshot) => (Some(snapshot), Some("live"), Some(now)),
            Quote::Unconfirmed(snapshot, as_of) => (Some(snapshot), Some("projection"), Some(*as_of)),
            Quote::Refused(_) => (None, None, None),
        };
        Self {
            snapshot,
            source,
            as_of,
        }
    }
}

fn attributes_json(snapshot: &Snapshot) -> Result<String, sqlx::Error> {
    serde_json::to_string(&snapshot.attributes).map_err(|cause| sqlx::Error::Encode(cause.into()))
}

fn receipt(row: &sqlx::sqlite::SqliteRow) -> Result<Receipt, sqlx::Error> {
    let placement: String = row.try_get("placement")?;
    Ok(Receipt {
        order_id: row.try_get("order_id")?,
        placement: Placement::from_stored(&placement)
            .ok_or_else(|| sqlx::Error::Decode(format!("unknown placement {placement}").into()))?,
    })
}

fn unreadable(cause: sqlx::Error) -> Failure {
    Failure::because("cannot read the order database", cause)
}
