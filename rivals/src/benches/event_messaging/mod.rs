//! `event-messaging` beside what a team would write by hand over the same transports.

mod consume;
mod messages;
mod relay;

use crate::harness::{Effort, Row};

pub(super) fn run(effort: Effort) -> Vec<Row> {
    let mut rows = consume::overhead(effort);
    rows.extend(relay::rates(effort));
    rows
}
