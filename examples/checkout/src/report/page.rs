use super::Report;
use crate::latency::Summary;
use std::fmt;

/// The page for people: what happened, in numbers, each with a line that says what it means.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { orders, seconds, .. } = self;
        let early = if self.interrupted {
            ", and then ended early"
        } else {
            ""
        };
        writeln!(
            f,
            "\n{orders} orders in {seconds:.1} s{early}; {:.0} % of all requests spoiled on purpose, seed {}\n",
            self.fault_rate * 100.0,
            self.seed
        )?;
        self.orders(f)?;
        self.calls(f)?;
        self.latency(f)?;
        self.events(f)?;
        self.verdict(f)
    }
}

impl Report {
    fn orders(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let twice = format!(
            "carts handed in; {} of them twice, on purpose",
            self.submitted_twice
        );
        let told = format!(
            "priced again once the service answered; {} customers told",
            self.customers_told
        );
        writeln!(f, "Orders")?;
        row(f, "submitted", self.orders, &twice)?;
        row(
            f,
            "confirmed",
            self.confirmed,
            "at once, every line at a live price",
        )?;
        row(
            f,
            "on fallback",
            self.on_fallback,
            "the live read failed: placed at the projection's price",
        )?;
        row(f, "  confirmed later", self.confirmed_later, &told)?;
        row(
            f,
            "  flagged",
            self.flagged,
            "price moved too far, or no longer sold: a person decides",
        )?;
        if self.still_unconfirmed > 0 {
            row(f, "  unconfirmed", self.still_unconfirmed, "not priced again yet")?;
        }
        row(
            f,
            "rejected",
            self.rejected,
            "a definitive answer (not found, not purchasable) or no price at all",
        )?;
        row(
            f,
            "lost",
            self.lost,
            "carts without a matching order in the database",
        )?;
        row(f, "doubled", self.doubled, "orders beyond one a cart")?;
        writeln!(f)
    }

    fn calls(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Calls of the Order Service")?;
        row(
            f,
            "retries",
            self.retries,
            "attempts after the first, with back-off and jitter",
        )?;
        row(
            f,
            "circuit openings",
            self.breaker_openings,
            "the service was left alone for a while",
        )?;
        row(
            f,
            "spared by it",
            self.rejected_by_breaker,
            "reads that an open circuit answered at once, without a request",
        )?;
        writeln!(f)
    }

    fn latency(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "Price of a line, ms    p50       p95       p99       max      live   unconfirmed   nothing     reads"
        )?;
        latency_row(
            f,
            "through the SDK",
            &self.latency_ms,
            self.reads_unconfirmed,
            self.reads_failed,
        )?;
        latency_row(
            f,
            "bare HTTP client",
            &self.latency_ms_unprotected,
            0.0,
            self.unprotected_failed,
        )?;
        writeln!(
            f,
            "  Live is the service's word of that moment, unconfirmed the projection's, marked as such. The bare client meets\n  \
             the same faults without timeout, retry or breaker: its failures are quick answers of no use, and what\n  \
             hangs is cut off at a safety cap of 5 s.\n"
        )
    }

    fn events(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let changes = format!(
            "by the merchandiser while carts were open; {} more did not get through",
            self.changes_not_made
        );
        let compared = format!(
            "the projection equals the source: {} products and {} variants compared",
            self.products_compared, self.variants_compared
        );
        writeln!(f, "Catalogue")?;
        row(
            f,
            "products",
            self.products,
            &format!("imported; {} rows refused", self.rows_refused),
        )?;
        row(f, "changes", self.changes_made, &changes)?;
        row(
            f,
            "events published",
            self.events_published,
            "by the outbox, in the order of each product",
        )?;
        row(
            f,
            "events applied",
            self.events_applied,
            "to the projection, each exactly once",
        )?;
        let differs = "the projection differs from the source";
        let (equals, meaning) = if self.projection_equals_source {
            ("yes", compared.as_str())
        } else {
            ("no", differs)
        };
        row(f, "projection", equals, meaning)?;
        for difference in &self.differences {
            writeln!(f, "      {difference}")?;
        }
        writeln!(f)
    }

    fn verdict(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(data) = &self.data {
            writeln!(f, "orders.sqlite and catalogue.sqlite are in {data}\n")?;
        }
        let broken = self.broken_promises();
        if broken.is_empty() {
            write!(f, "No order lost, none doubled, and the projection is right.")
        } else {
            write!(f, "NOT AS PROMISED: {}.", broken.join("; "))
        }
    }
}

fn row(f: &mut fmt::Formatter<'_>, name: &str, figure: impl fmt::Display, meaning: &str) -> fmt::Result {
    writeln!(f, "  {name:<17} {figure:>7}   {meaning}")
}

/// Shares as percentages; what is neither unconfirmed nor nothing is a live answer.
fn latency_row(
    f: &mut fmt::Formatter<'_>,
    name: &str,
    of: &Summary,
    unconfirmed: f64,
    nothing: f64,
) -> fmt::Result {
    let live = if of.samples == 0 {
        0.0
    } else {
        1.0 - unconfirmed - nothing
    };
    writeln!(
        f,
        "  {name:<16} {:>7.1}   {:>7.1}   {:>7.1}   {:>7.1}   {:>5.1} %       {:>5.1} %   {:>5.1} %   {:>7}",
        of.p50,
        of.p95,
        of.p99,
        of.max,
        live * 100.0,
        unconfirmed * 100.0,
        nothing * 100.0,
        of.samples
    )
}
