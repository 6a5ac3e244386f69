//! What a run came to: one JSON object for machines, a page for people.

mod page;

use crate::latency::Summary;
use serde::Serialize;

/// Every figure of a run. `confirmed + on_fallback + rejected = orders` unless an order was lost.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// Carts handed in.
    pub orders: usize,
    /// Placed at once, every line at a live price.
    pub confirmed: usize,
    /// Placed on the projection's price, whatever became of them later.
    pub on_fallback: usize,
    /// Of these, confirmed when the Product Service answered again.
    pub confirmed_later: usize,
    /// Of these, left to a person.
    pub flagged: usize,
    /// Of these, still waiting when the run ended, which is a broken promise: the service answered again by then.
    pub still_unconfirmed: usize,
    /// Of those confirmed later, how many customers were told of another price.
    pub customers_told: usize,
    /// Not sold: a definitive answer, or no price at all.
    pub rejected: usize,
    /// Carts handed in without an order in the database that matches them line by line.
    pub lost: usize,
    /// Orders too many: a cart with two, a cart answered with two numbers, an order without a cart.
    pub doubled: usize,
    /// Carts submitted twice on purpose.
    pub submitted_twice: usize,
    /// Attempts beyond the first that the Order Service's client made.
    pub retries: u64,
    /// Times that one of its circuit breakers opened.
    pub breaker_openings: u64,
    /// Reads that an open circuit answered at once, without a request.
    pub rejected_by_breaker: u64,
    /// Changes the merchandiser got through.
    pub changes_made: usize,
    /// Changes the Product Service refused, or that never got through.
    pub changes_not_made: usize,
    /// Events that the Product Service's outbox handed to the broker.
    pub events_published: u64,
    /// Events that the Order Service applied to its projection, each once.
    pub events_applied: u64,
    /// Whether projection and API agree, by comparing every product and variant.
    pub projection_equals_source: bool,
    /// Products compared.
    pub products_compared: usize,
    /// Variants compared.
    pub variants_compared: usize,
    /// The first differences found, in words.
    pub differences: Vec<String>,
    /// From asking for a price to having one to sell at, through the SDK, in milliseconds.
    pub latency_ms: Summary,
    /// Share of these reads that the projection answered.
    pub reads_unconfirmed: f64,
    /// Share of these reads that nobody answered.
    pub reads_failed: f64,
    /// The same reads with a bare HTTP client, until an answer or the safety cap.
    pub latency_ms_unprotected: Summary,
    /// Share of the bare reads that brought no answer.
    pub unprotected_failed: f64,
    /// Products in the catalogue at the start.
    pub products: u64,
    /// Rows of the catalogue file that the import refused.
    pub rows_refused: usize,
    /// The share of requests spoiled on purpose.
    pub fault_rate: f64,
    /// The seed of the plan.
    pub seed: u64,
    /// Whether somebody ended the run early.
    pub interrupted: bool,
    /// Wall time from the first cart to the last check.
    pub seconds: f64,
    /// Where the databases stay.
    pub data: Option<String>,
}

impl Report {
    /// What was found broken, one phrase each; empty when every promise held.
    #[must_use]
    pub fn broken_promises(&self) -> Vec<String> {
        let mut broken = Vec::new();
        if self.lost > 0 {
            broken.push(format!("{} orders lost", self.lost));
        }
        if self.doubled > 0 {
            broken.push(format!("{} orders doubled", self.doubled));
        }
        if self.confirmed + self.on_fallback + self.rejected != self.orders {
            broken.push("confirmed, on fallback and rejected do not add up to the orders".to_owned());
        }
        if self.still_unconfirmed > 0 {
            broken.push(format!(
                "{} orders on fallback were never priced again",
                self.still_unconfirmed
            ));
        }
        if self.confirmed_later + self.flagged + self.still_unconfirmed != self.on_fallback {
            broken.push("confirmed later and flagged do not add up to those on fallback".to_owned());
        }
        if self.events_published != self.events_applied {
            broken.push(format!(
                "{} events published and {} applied",
                self.events_published, self.events_applied
            ));
        }
        if !self.projection_equals_source {
            broken.push("the projection differs from the source".to_owned());
        }
        broken
    }

    /// One JSON object, one line.
    ///
    /// # Errors
    ///
    /// Never in practice: every figure is a finite number or a text.
    pub fn to_json(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }
}
