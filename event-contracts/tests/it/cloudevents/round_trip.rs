use super::{BINDINGS, received, received_event};
use crate::any_event::any_event;
use event_contracts::cloudevents::WireFormat;
use event_contracts::{FromEnvelope, ProductEvent};
use proptest::option;
use proptest::prelude::{BoxedStrategy, ProptestConfig, Strategy, any, proptest};
use proptest::string::string_regex;
use proptest::{prop_assert, prop_assert_eq, prop_oneof};
use serde_json::{Value, json};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_event_survives_any_format_and_binding(event in prop_oneof![any_event(), unknown_event()]) {
        for binding in BINDINGS {
            for format in WireFormat::ALL {
                let message = event.to_message(format, binding).unwrap();
                let raw = received(&message, binding).unwrap();
                let again = ProductEvent::from_envelope(&raw).unwrap();
                prop_assert_eq!(&again, &event, "{:?}", &message);
                // What is written is a CloudEvent, by the same rules by which others' are judged.
                prop_assert!(received_event(&message, binding).is_ok());
            }
        }
    }

    #[test]
    fn a_structured_event_is_read_without_headers_too(event in prop_oneof![any_event(), unknown_event()]) {
        let message = event.to_message(WireFormat::Structured, super::Binding::Kafka).unwrap();
        prop_assert_eq!(ProductEvent::decode(&message.body).unwrap(), event);
    }
}

/// An event of a type that nobody knows, with any characters in whatever the envelope says of it.
fn unknown_event() -> BoxedStrategy<ProductEvent> {
    let texts = (text(1), text(0), text(0), option::of(text(0)));
    let optional = (option::of(text(1)), option::of(text(0)), option::of(any::<u64>()));
    (texts, optional, any::<(u16, u16)>(), "(\\.v[0-9]{1,2}|Event)?")
        .prop_map(|(texts, optional, (major, minor), suffix)| {
            let mut envelope = json!({
                "messageId": texts.0,
                "messageType": format!("Unheard{}{suffix}", texts.1),
                "messageVersion": format!("{major}.{minor}"),
                "timestamp": "2026-03-02T09:15:00.000000001Z",
                "source": texts.2,
                "payload": {"odd": texts.1},
            });
            let members = envelope.as_object_mut().unwrap();
            let optional = [
                ("correlationId", texts.3.map(Value::from)),
                ("causationId", optional.0.map(Value::from)),
                ("partitionKey", optional.1.map(Value::from)),
                ("sequence", optional.2.map(Value::from)),
            ];
            members.extend(
                optional
                    .into_iter()
                    .filter_map(|(name, value)| Some((name.to_owned(), value?))),
            );
            ProductEvent::decode(envelope.to_string().as_bytes()).unwrap()
        })
        .boxed()
}

fn text(least: usize) -> BoxedStrategy<String> {
    let of = |form: &str| string_regex(&format!("{form}{{{least},12}}")).unwrap();
    prop_oneof![of(r"[^\x00]"), of("[ -~]")].boxed()
}
