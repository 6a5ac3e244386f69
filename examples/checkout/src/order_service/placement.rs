//! Placing an order: every line is priced live, or at the projection's price and marked so, or not at all.

use super::OrderService;
use super::order::{Cart, CartLine, Order, Quote, Receipt, Refusal, Snapshot, SnapshotAttribute};
use crate::failure::Failure;
use crate::reads::Brought;
use futures_util::future::join_all;
use product_client::{Answer, Deadline, Error, Variant};
use product_types::{Money, Timestamp};
use resilience::time;
use std::time::Duration;
use uuid::Uuid;

/// What a customer waits at most. The platform allows 1 to 2 s for the live read at order placement.
const PATIENCE: Duration = Duration::from_secs(2);

impl OrderService {
    /// Makes an order of a cart. A cart that became one already gets the same receipt, however often it is submitted.
    ///
    /// The whole cart has one deadline of 2 s, the lines are read side by side.
    ///
    /// Cancel safe: a dropped call has stored the whole order or nothing of it.
    ///
    /// # Errors
    ///
    /// When the order database fails. Nothing was stored then, and the cart may be submitted again.
    pub async fn submit(&self, cart: &Cart) -> Result<Receipt, Failure> {
        if let Some(receipt) = self.orders.receipt(&cart.id).await? {
            return Ok(receipt);
        }
        let deadline = Deadline::after(PATIENCE);
        let quotes = join_all(cart.lines.iter().map(|line| self.quote(cart, line, deadline))).await;
        let order = Order::placed(Uuid::now_v7().to_string(), cart.clone(), quotes, Timestamp::now());
        self.orders.place(&order).await
    }

    async fn quote(&self, cart: &Cart, line: &CartLine, deadline: Deadline) -> Quote {
        let asked = time::now();
        let answer = self
            .client
            .get_variant(line.variant_id.clone())
            .correlation_id(&cart.id)
            .deadline(deadline)
            .or_fallback(&self.projection)
            .await;
        let quote = quote(answer);
        self.price_reads.record(time::now() - asked, brought(&quote));
        quote
    }
}

/// What an answer means for a sale.
fn quote(answer: Result<Answer<Variant>, Error>) -> Quote {
    match answer {
        Ok(Answer::Live(variant)) => match snapshot(variant) {
            Some(snapshot) => Quote::Live(snapshot),
            None => Quote::Refused(Refusal::NotPurchasable),
        },
        Ok(Answer::Unconfirmed { value, as_of, .. }) => match snapshot(value) {
            Some(snapshot) => Quote::Unconfirmed(snapshot, as_of),
            None => Quote::Refused(Refusal::NotPurchasableAsLastKnown),
        },
        // The service gave no answer, and the projection has none either.
        Err(error) if error.is_unavailable() => Quote::Refused(Refusal::CannotBePriced),
        Err(error) if error.is_not_found() => Quote::Refused(Refusal::NotFound),
        Err(_) => Quote::Refused(Refusal::ReadRefused),
    }
}

fn brought(quote: &Quote) -> Brought {
    match quote {
        Quote::Live(_) | Quote::Refused(Refusal::NotFound | Refusal::NotPurchasable) => Brought::Live,
        Quote::Unconfirmed(..) | Quote::Refused(Refusal::NotPurchasableAsLastKnown) => Brought::Unconfirmed,
        Quote::Refused(Refusal::CannotBePriced | Refusal::ReadRefused) => Brought::Nothing,
    }
}

/// What the order keeps of a variant; none when it cannot be bought.
pub(super) fn snapshot(variant: Variant) -> Option<Snapshot> {
    let price = variant.price.filter(|_| variant.purchasable)?;
    Some(Snapshot {
        product_id: variant.product_id,
        sku: variant.sku,
        name: variant.name,
        price: Money::new(price.amount, price.currency),
        effective_date: price.effective_date,
        attributes: variant
            .attributes
            .into_iter()
            .map(|attribute| SnapshotAttribute {
                name: attribute.name,
                value: attribute.value,
            })
            .collect(),
    })
}
