//! Orders on fallback are priced again on recovery: accepted, confirmed at the live price, or flagged.

use super::OrderService;
use super::bands::{Bands, Verdict};
use super::order::Refusal;
use super::orders::{Settlement, Unconfirmed, UnconfirmedLine};
use super::placement::snapshot;
use crate::failure::Failure;
use futures_util::future::join_all;
use futures_util::stream::{self, StreamExt, TryStreamExt};
use product_client::Error;
use product_types::{Money, Timestamp};
use resilience::time;
use std::time::Duration;

/// Orders that are priced again in one go, and of these, at the same time.
const BATCH: u32 = 50;
const SIDE_BY_SIDE: usize = 16;

/// How long a service that does not answer is left alone, and how often it is looked for new orders on fallback.
const PAUSE: Duration = Duration::from_millis(100);

/// What the Product Service says of a line now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Now {
    /// It is sold at this price.
    Sold(Money),
    /// It is not sold, for good or for the time being.
    Gone(Refusal),
}

/// What came of pricing one order again.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Attempt {
    Settled,
    /// No definitive answer for one of its lines: it waits for the next round.
    Unanswered,
    /// As before, and the client asks nobody for a while.
    CircuitOpen,
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

    /// Prices every waiting order again, the oldest first; true when none waits any more, false when the Product
    /// Service did not answer for some.
    ///
    /// # Errors
    ///
    /// When the order database fails.
    pub async fn reprice_waiting(&self, bands: Bands) -> Result<bool, Failure> {
        loop {
            let waiting = self.orders.unconfirmed(BATCH).await?;
            let Some((scout, rest)) = waiting.split_first() else {
                return Ok(true);
            };
            // While the circuit is open the others need not ask.
            let first = self.reprice(bands, scout).await?;
            if first == Attempt::CircuitOpen {
                return Ok(false);
            }
            let all_settled = stream::iter(rest)
                .map(|order| self.reprice(bands, order))
                .buffer_unordered(SIDE_BY_SIDE)
                .try_fold(first == Attempt::Settled, async |all, next| {
                    Ok(all && next == Attempt::Settled)
                })
                .await?;
            if !all_settled {
                return Ok(false);
            }
        }
    }

    async fn reprice(&self, bands: Bands, order: &Unconfirmed) -> Result<Attempt, Failure> {
        // Every read is let finish: one that is dropped tells the circuit breaker nothing, and with more lines than
        // trial calls a half-open circuit would stay so.
        let answers = join_all(order.lines.iter().map(|line| self.ask(order, line))).await;
        match answers.into_iter().collect::<Result<Vec<_>, _>>() {
            Ok(now) => {
                let settlement = settlement(bands, order, &now);
                self.orders
                    .settle(&order.order_id, &settlement, Timestamp::now())
                    .await?;
                Ok(Attempt::Settled)
            }
            Err(error) if error.is_circuit_open() => Ok(Attempt::CircuitOpen),
            Err(_) => Ok(Attempt::Unanswered),
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
