use std::hint::black_box;

use super::{PLAIN, messages, plain};
use crate::harness::{Bar, Batch, Effort, Row, Subject, allocations, batch, take_turns};

/// A message into a buffer that is used again and again.
pub(super) fn into_a_reused_buffer(effort: Effort) -> Vec<Row> {
    let allocated = (allocations(ours()), allocations(rivals()));
    let [ours, rivals] = take_turns(effort, &[Subject::new(ours), Subject::new(rivals)]);
    vec![
        Row::time("encode", ours, PLAIN, rivals).with_bar(Bar::Ratio(1.1)),
        Row::allocations("encode_allocs", allocated.0, PLAIN, allocated.1),
    ]
}

fn ours() -> Batch {
    let envelope = messages::envelope_1k4();
    let mut buffer = Vec::new();
    batch(move || {
        buffer.clear();
        black_box(&envelope)
            .to_json_into(&mut buffer)
            .expect("our events can be written");
        buffer.len()
    })
}

fn rivals() -> Batch {
    let message = plain::decode(&messages::canonical_1k4());
    let mut buffer = Vec::new();
    batch(move || {
        buffer.clear();
        serde_json::to_writer(&mut buffer, black_box(&message)).expect("a vector takes all");
        buffer.len()
    })
}
