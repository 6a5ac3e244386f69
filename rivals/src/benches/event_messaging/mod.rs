//! `event-messaging` beside what a team would write by hand over the same transports.

mod consume;
mod handlers;
mod inbox;
mod log;
mod messages;
mod queue;
mod relay;
mod running;

use crate::harness::{Effort, Row};

pub(super) fn run(effort: Effort) -> Vec<Row> {
    let parts = [consume::overhead, inbox::costs, relay::rates];
    parts.into_iter().flat_map(|part| part(effort)).collect()
}
