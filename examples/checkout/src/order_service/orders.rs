//! The tables of orders: stored once, never rewritten, settled at most once.

use super::order::{Order, Placement, Quote, Receipt, Snapshot};
use super::store::Store;
use crate::failure::Failure;
use product_types::{Decimal, Money, Timestamp, VariantId};
use sqlx::{Row, Sqlite, Transaction};

/// Reads and writes orders.
#[derive(Clone, Debug)]
pub struct Orders {
    store: Store,
}

/// An order on fallback that waits to be priced again.
#[derive(Clone, Debug)]
pub struct Unconfirmed {
    /// The order's number.
    pub order_id: String,
    /// Its lines; each has a price, or it would have been rejected.
    pub lines: Vec<UnconfirmedLine>,
}

/// One line of it.
#[derive(Clone, Debug)]
pub struct UnconfirmedLine {
    /// Its place in the order.
    pub position: i64,
    /// What was ordered.
    pub variant_id: VariantId,
    /// The price in the snapshot.
    pub ordered: Money,
}

/// What became of an order on fallback.
#[derive(Clone, Debug, PartialEq)]
pub enum Settlement {
    /// Confirmed; lines whose price changed carry the amount to pay, and then the customer is told.
    ConfirmedLater {
        /// Position and new amount.
        repriced: Vec<(i64, Decimal)>,
        /// What the customer is told, when anything.
        message: Option<String>,
    },
    /// For a person to decide, and why.
    Flagged(String),
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

    /// The orders that wait to be priced again, the oldest first, at most `limit`.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn unconfirmed(&self, limit: u32) -> Result<Vec<Unconfirmed>, Failure> {
        let rows = sqlx::query(
            "SELECT line.order_id, line.position, line.variant_id, line.amount, line.currency FROM order_lines line \
             JOIN (SELECT order_id, placed_at FROM orders WHERE placement = 'on_fallback' AND settlement IS NULL \
                   ORDER BY placed_at, order_id LIMIT ?) waiting ON waiting.order_id = line.order_id \
             ORDER BY waiting.placed_at, line.order_id, line.position",
        )
        .bind(limit)
        .fetch_all(self.store.read())
        .await
        .map_err(unreadable)?;
        let mut orders: Vec<Unconfirmed> = Vec::new();
        for row in rows {
            let (order_id, line) = unconfirmed_line(&row).map_err(unreadable)?;
            match orders.last_mut() {
                Some(order) if order.order_id == order_id => order.lines.push(line),
                _ => orders.push(Unconfirmed {
                    order_id,
                    lines: vec![line],
                }),
            }
        }
        Ok(orders)
    }

    /// Settles an order on fallback; false when it was settled before, and then nothing changed.
    ///
    /// # Errors
    ///
    /// When the database cannot be written; nothing was stored then.
    pub async fn settle(
        &self,
        order_id: &str,
        settlement: &Settlement,
        now: Timestamp,
    ) -> Result<bool, Failure> {
        self.store_settlement(order_id, settlement, now)
            .await
            .map_err(|cause| Failure::because("cannot settle the order", cause))
    }

    async fn store_settlement(
        &self,
        order_id: &str,
        settlement: &Settlement,
        now: Timestamp,
    ) -> Result<bool, sqlx::Error> {
        let (name, note) = match settlement {
            Settlement::ConfirmedLater { message, .. } => ("confirmed_later", message.as_deref()),
            Settlement::Flagged(reason) => ("flagged", Some(reason.as_str())),
        };
        let mut write = self.store.write().await?;
        let updated = sqlx::query(
            "UPDATE orders SET settlement = ?, settlement_note = ?, settled_at = ? \
             WHERE order_id = ? AND placement = 'on_fallback' AND settlement IS NULL",
        )
        .bind(name)
        .bind(note)
        .bind(now.to_string())
        .bind(order_id)
        .execute(&mut *write)
        .await?;
        if updated.rows_affected() == 0 {
            return Ok(false);
        }
        if let Settlement::ConfirmedLater { repriced, message } = settlement {
            for (position, amount) in repriced {
                sqlx::query("UPDATE order_lines SET settled_amount = ? WHERE order_id = ? AND position = ?")
                    .bind(amount.to_string())
                    .bind(order_id)
                    .bind(position)
                    .execute(&mut *write)
                    .await?;
            }
            if let Some(message) = message {
                notify(&mut write, order_id, message, now).await?;
            }
        }
        write.commit().await?;
        Ok(true)
    }
}

/// Tells the customer; a real Order Service would write an outbox message for the Notification Service here.
async fn notify(
    write: &mut Transaction<'_, Sqlite>,
    order_id: &str,
    message: &str,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO notifications (order_id, message, created_at) VALUES (?, ?, ?)")
        .bind(order_id)
        .bind(message)
        .bind(now.to_string())
        .execute(&mut **write)
        .await?;
    Ok(())
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

fn unconfirmed_line(row: &sqlx::sqlite::SqliteRow) -> Result<(String, UnconfirmedLine), sqlx::Error> {
    let line = UnconfirmedLine {
        position: row.try_get("position")?,
        variant_id: parsed(row, "variant_id")?,
        ordered: Money::new(parsed(row, "amount")?, parsed(row, "currency")?),
    };
    Ok((row.try_get("order_id")?, line))
}

/// A text column as the type that wrote it.
pub(super) fn parsed<T>(row: &sqlx::sqlite::SqliteRow, column: &str) -> Result<T, sqlx::Error>
where
    T: std::str::FromStr,
    T::Err: std::error::Error + Send + Sync + 'static,
{
    let text: &str = row.try_get(column)?;
    text.parse().map_err(|cause| sqlx::Error::ColumnDecode {
        index: column.to_owned(),
        source: Box::new(cause),
    })
}

fn unreadable(cause: sqlx::Error) -> Failure {
    Failure::because("cannot read the order database", cause)
}
