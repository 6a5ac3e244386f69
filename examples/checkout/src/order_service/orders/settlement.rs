//! What becomes of the orders on fallback.

use super::{Orders, unreadable};
use crate::failure::Failure;
use crate::order_service::store::parsed;
use product_types::{Decimal, Money, Timestamp, VariantId};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, Sqlite, Transaction};

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

fn unconfirmed_line(row: &SqliteRow) -> Result<(String, UnconfirmedLine), sqlx::Error> {
    let line = UnconfirmedLine {
        position: row.try_get("position")?,
        variant_id: parsed(row, "variant_id")?,
        ordered: Money::new(parsed(row, "amount")?, parsed(row, "currency")?),
    };
    Ok((row.try_get("order_id")?, line))
}
