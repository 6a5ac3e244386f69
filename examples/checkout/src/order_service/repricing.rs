//! Orders on fallback are priced again on recovery: accepted, confirmed at the live price, or flagged.

use super::OrderService;
use super::bands::{Bands, Verdict};
use super::order::Refusal;
use super::orders::{Settlement, Unconfirmed, UnconfirmedLine};
use super::placement::snapshot;
use crate::failure::Failure;
use futures_util::future::try_join_all;
use product_client::Error;
use product_types::{Money, Timestamp};
use resilience::time;
use std::time::Duration;

/// Orders that are priced again in one go.
const BATCH: u32 = 50;

/// How long a service that does not answer is left alone, and how often it is looked for new orders on fallback.
const PAUSE: Duration = Duration::from_millis(250);

/// What the Product Service says of a line now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Now {
    /// It is sold at this price.
    Sold(Money),
    /// It is not sold, for good or for the time being.
    Gone(Refusal),
}

impl OrderService {
    /// Prices orders on fallback again, the oldest first, for as long as the future is polled.
    ///
    /// Cancel safe: an order is settled whole or not at all.
    ///
    /// # Errors
    ///
    /// When the order database fails.
    pub async fn keep_repricing(&self, bands: Bands) -> Result<std::convert::Infallible, Failure> {
        loop {
            self.reprice_waiting(bands).await?;
            time::sleep(PAUSE).await;
        }
    }

    /// Prices every waiting order again, until none waits or the Product Service does not answer; true when none
    /// waits any more.
    ///
    /// # Errors
    ///
    /// When the order database fails.
    pub async fn reprice_waiting(&self, bands: Bands) -> Result<bool, Failure> {
        loop {
            let waiting = self.orders.unconfirmed(BATCH).await?;
            if waiting.is_empty() {
                return Ok(true);
            }
            for order in waiting {
                // The next order would meet the same silence: all of them wait for the next round.
                let Ok(now) = try_join_all(order.lines.iter().map(|line| self.ask(&order, line))).await
                else {
                    return Ok(false);
                };
                let settlement = settlement(bands, &order, &now);
                self.orders
                    .settle(&order.order_id, &settlement, Timestamp::now())
                    .await?;
            }
        }
    }

    /// Asks without fallback: here only a definitive answer helps.
    async fn ask(&self, order: &Unconfirmed, line: &UnconfirmedLine) -> Result<Now, Error> {
        let answer = self
            .client
            .get_variant(line.variant_id.clone())
            .correlation_id(&order.order_id)
            .await;
        match answer {
            Ok(variant) => Ok(match snapshot(variant) {
                Some(snapshot) => Now::Sold(snapshot.price),
                None => Now::Gone(Refusal::NotPurchasable),
            }),
            Err(error) if error.is_unavailable() => Err(error),
            Err(error) if error.is_not_found() => Ok(Now::Gone(Refusal::NotFound)),
            Err(_) => Ok(Now::Gone(Refusal::ReadRefused)),
        }
    }
}

/// Decides an order by the worst of its lines; `now` has one entry for each.
#[must_use]
pub fn settlement(bands: Bands, order: &Unconfirmed, now: &[Now]) -> Settlement {
    let mut repriced = Vec::new();
    let mut told = Vec::new();
    for (line, now) in order.lines.iter().zip(now) {
        let live = match now {
            Now::Sold(live) => *live,
            Now::Gone(refusal) => return Settlement::Flagged(format!("{}: {refusal}", line.variant_id)),
        };
        let moved = format!("{}: ordered at {}, now {live}", line.variant_id, line.ordered);
        match bands.judge(line.ordered, live) {
            Verdict::Accepted => {}
            Verdict::Repriced => {
                repriced.push((line.position, live.amount));
                told.push(moved);
            }
            Verdict::Flagged => return Settlement::Flagged(moved),
        }
    }
    Settlement::ConfirmedLater {
        repriced,
        message: (!told.is_empty()).then(|| told.join("; ")),
    }
}
