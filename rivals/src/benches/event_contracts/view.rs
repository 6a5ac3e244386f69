use std::hint::black_box;

use event_contracts::RawEnvelope;
use event_contracts::view::ProductCreatedView;

use super::{PLAIN, messages, owned};
use crate::harness::{Bar, Batch, Effort, Row, Subject, batch, take_turns};

/// A view of the whole event, borrowed from the message.
pub(super) fn ours(body: Vec<u8>) -> Batch {
    batch(move || {
        let raw = RawEnvelope::parse(black_box(&body)).expect("it is an envelope");
        let view: ProductCreatedView<'_> = raw.view().expect("it is a ProductCreated");
        // It cannot leave the call, since it borrows.
        black_box(&view).variants.len()
    })
}

/// A whole message into borrowed values, and dropped again, as the rival's is.
pub(super) fn decode(effort: Effort) -> Vec<Row> {
    let (short, long) = (messages::canonical_1k4, messages::canonical_10k);
    let [view_1k4, plain_1k4, view_10k, plain_10k] = take_turns(
        effort,
        &[
            Subject::new(move || ours(short())),
            Subject::new(move || owned::rivals(short())),
            Subject::new(move || ours(long())),
            Subject::new(move || owned::rivals(long())),
        ],
    );
    vec![
        Row::time("decode_view_1k4", view_1k4, PLAIN, plain_1k4).with_bar(Bar::Ratio(0.9)),
        Row::time("decode_view_10k", view_10k, PLAIN, plain_10k),
    ]
}
