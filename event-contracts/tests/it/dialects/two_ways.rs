//! Any event survives any dialect, but for what the dialect does not carry.

use super::writer::{Facts, write};
use crate::any_event::any_event;
use event_contracts::{Dialect, Metadata, ProductEvent, RawEnvelope};
use proptest::prelude::{ProptestConfig, proptest};
use proptest::{prop_assert, prop_assert_eq};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_event_survives_any_dialect(event in any_event()) {
        let canonical = event.to_json().unwrap();
        let raw = RawEnvelope::parse(&canonical).unwrap();
        let facts = Facts {
            message_type: event.message_type(),
            metadata: event.metadata(),
            key: event.metadata().partition_key.as_deref().unwrap(),
            payload: raw.payload_json(),
        };
        for dialect in Dialect::ALL {
            let body = write(*dialect, &facts);
            let read = RawEnvelope::parse(body.as_bytes()).unwrap();
            prop_assert_eq!(read.dialect(), *dialect);
            prop_assert_eq!(read.message_type(), event.message_type());

            let decoded = ProductEvent::decode(body.as_bytes()).unwrap();
            prop_assert!(!matches!(decoded, ProductEvent::Unknown(_)), "{}", dialect);
            prop_assert_eq!(decoded.metadata(), &carried(*dialect, event.metadata()));
            prop_assert_eq!(decoded.metadata(), &read.metadata());
            // The payload, written anew.
            let again = decoded.to_json().unwrap();
            prop_assert_eq!(RawEnvelope::parse(&again).unwrap().payload_json(), raw.payload_json());
        }
    }
}

/// The key is the event's own and the minor version is 0, so that what is derived is what was.
fn carried(dialect: Dialect, metadata: &Metadata) -> Metadata {
    let mut carried = metadata.clone();
    if !matches!(dialect, Dialect::Canonical | Dialect::CloudEvents) {
        carried.causation_id = None;
        carried.sequence = None;
    }
    if dialect == Dialect::Search {
        carried.correlation_id = None;
    }
    carried
}
