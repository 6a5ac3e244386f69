use crate::any_event::any_event;
use event_contracts::{ProductEvent, RawEnvelope};
use proptest::prelude::{ProptestConfig, proptest};
use proptest::{prop_assert, prop_assert_eq};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_event_survives_encoding_and_decoding(event in any_event()) {
        let body = event.to_json().unwrap();
        prop_assert_eq!(&ProductEvent::decode(&body).unwrap(), &event);

        let raw = RawEnvelope::parse(&body).unwrap();
        prop_assert_eq!(&raw.metadata(), event.metadata());
        prop_assert_eq!(raw.message_type(), event.message_type());
    }

    #[test]
    fn any_bytes_are_refused_or_read_but_never_a_panic(body in proptest::collection::vec(proptest::num::u8::ANY, 0..64)) {
        prop_assert!(ProductEvent::decode(&body).is_err());
    }

    #[test]
    fn a_message_with_one_wrong_byte_never_panics(event in any_event(), place: proptest::sample::Index, byte: u8) {
        let mut body = event.to_json().unwrap();
        let place = place.index(body.len());
        body[place] = byte;
        // Whatever it is now, it is read or refused, and an error knows where.
        if let Err(error) = ProductEvent::decode(&body) {
            prop_assert!(error.position().is_some());
        }
    }
}
