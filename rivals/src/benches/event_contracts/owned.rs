use std::hint::black_box;

use event_contracts::product::ProductCreated;
use event_contracts::{Envelope, FromEnvelope, ProductEvent, RawEnvelope};

use super::{PLAIN, messages, plain};
use crate::harness::{Bar, Batch, Effort, Row, Subject, batch, take_turns};

/// Our full decode.
pub(super) fn ours(body: Vec<u8>) -> Batch {
    batch(move || Envelope::<ProductCreated>::decode(black_box(&body)).expect("it is a ProductCreated"))
}

/// The rival's.
pub(super) fn rivals(body: Vec<u8>) -> Batch {
    batch(move || plain::decode(black_box(&body)))
}

/// A whole message into owned values.
pub(super) fn decode(effort: Effort) -> Vec<Row> {
    let (short, long) = (messages::canonical_1k4, messages::canonical_10k);
    let [plain_1k4, plain_10k, ours_1k4, ours_10k, consumer, union] = take_turns(
        effort,
        &[
            Subject::new(move || rivals(short())),
            Subject::new(move || rivals(long())),
            Subject::new(move || ours(short())),
            Subject::new(move || ours(long())),
            Subject::new(move || as_a_consumer(short())),
            Subject::new(move || as_a_union(short())),
        ],
    );
    vec![
        Row::time("decode_owned_1k4", ours_1k4, PLAIN, plain_1k4).with_bar(Bar::Ratio(1.1)),
        Row::time("decode_owned_10k", ours_10k, PLAIN, plain_10k).with_bar(Bar::Ratio(1.1)),
        Row::time("decode_as_consumer_1k4", consumer, PLAIN, plain_1k4),
        Row::time("decode_union_1k4", union, PLAIN, plain_1k4),
    ]
}

/// The envelope first, to route and to de-duplicate, and then the payload.
fn as_a_consumer(body: Vec<u8>) -> Batch {
    batch(move || {
        let raw = RawEnvelope::parse(black_box(&body)).expect("it is an envelope");
        black_box(raw.message_id());
        Envelope::<ProductCreated>::from_envelope(&raw).expect("it is a ProductCreated")
    })
}

/// Whatever the Product Service published.
fn as_a_union(body: Vec<u8>) -> Batch {
    batch(move || ProductEvent::decode(black_box(&body)).expect("it is an event"))
}
