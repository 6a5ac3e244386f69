use std::hint::black_box;

use event_contracts::RawEnvelope;

use super::{messages, owned};
use crate::harness::{Bar, Batch, Effort, Row, Subject, batch, take_turns};

/// What a consumer needs to route, to skip and to de-duplicate.
pub(super) fn ours(body: Vec<u8>) -> Batch {
    batch(move || {
        let raw = RawEnvelope::parse(black_box(&body)).expect("it is an envelope");
        (
            black_box(raw.message_type()).len(),
            black_box(raw.message_id()).len(),
        )
    })
}

/// The envelope alone beside the whole message.
pub(super) fn only(effort: Effort) -> Vec<Row> {
    let (short, long) = (messages::canonical_1k4, messages::canonical_10k);
    let [route, full, route_10k, full_10k] = take_turns(
        effort,
        &[
            Subject::new(move || ours(short())),
            Subject::new(move || owned::ours(short())),
            Subject::new(move || ours(long())),
            Subject::new(move || owned::ours(long())),
        ],
    );
    let rival = "our full decode";
    vec![
        Row::time("route_only", route, rival, full).with_bar(Bar::Ratio(0.333)),
        Row::time("route_only_10k", route_10k, rival, full_10k),
    ]
}
