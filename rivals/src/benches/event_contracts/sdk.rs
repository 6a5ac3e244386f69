use std::hint::black_box;

use cloudevents::{Data, Event};
use event_contracts::Envelope;
use event_contracts::product::ProductCreated;

use super::messages;
use crate::harness::{Bar, Batch, Effort, Row, Subject, batch, take_turns};

const SDK: &str = "cloudevents-sdk 0.9";

/// One structured CloudEvent, read by both down to the typed event.
pub(super) fn structured(effort: Effort) -> Vec<Row> {
    let [ours, theirs] = take_turns(
        effort,
        &[
            Subject::new(|| ours(messages::cloudevent_1k4())),
            Subject::new(|| theirs(messages::cloudevent_1k4())),
        ],
    );
    vec![Row::time("vs_cloudevents_sdk", ours, SDK, theirs).with_bar(Bar::Ratio(0.333))]
}

fn ours(body: Vec<u8>) -> Batch {
    batch(move || Envelope::<ProductCreated>::decode(black_box(&body)).expect("it is a ProductCreated"))
}

fn theirs(body: Vec<u8>) -> Batch {
    batch(move || {
        let mut event: Event = serde_json::from_slice(black_box(&body)).expect("it is a CloudEvent");
        let (_, _, Some(Data::Json(data))) = event.take_data() else {
            panic!("its data are JSON")
        };
        let payload: ProductCreated = serde_json::from_value(data).expect("it is a ProductCreated");
        (event, payload)
    })
}
