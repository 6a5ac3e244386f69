//! `event-contracts` beside plain `serde_json` and `cloudevents-sdk`.
//!
//! The rival to beat is what a team would write without us: structs with `#[derive(Deserialize)]` whose fields have
//! the very types of ours, read by one call of `serde_json`. It knows one dialect, one name of the event and no
//! limits. The event is a `ProductCreated`, the richest of those that come often.

mod allocated;
mod encode;
pub(super) mod messages;
mod owned;
mod plain;
mod route;
mod sdk;
mod view;

use crate::harness::{Effort, Row};

const PLAIN: &str = "plain serde_json into the same structs";

pub(super) fn run(effort: Effort) -> Vec<Row> {
    let parts = [
        owned::decode,
        view::decode,
        allocated::decode,
        route::only,
        sdk::structured,
        encode::into_a_reused_buffer,
    ];
    parts.into_iter().flat_map(|part| part(effort)).collect()
}
