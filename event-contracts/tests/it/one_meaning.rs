//! A message is accepted, and as the same thing, in whichever way it is read.

use crate::any_event::any_event;
use event_contracts::{FromEnvelope, ProductEvent, RawEnvelope};
use proptest::prelude::{Just, ProptestConfig, Strategy, any, proptest};
use proptest::sample::{Index, select};
use proptest::{prop_assert, prop_assert_eq, prop_oneof};
use serde::de::IgnoredAny;
use serde_json::Value;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1024) })]

    #[test]
    fn in_one_step_or_in_two(event in any_event(), place: Index, damage in damage()) {
        let mut body = String::from_utf8(event.to_json().unwrap()).unwrap();
        insert(&mut body, place, damage);
        let one = ProductEvent::decode(body.as_bytes());
        let two = RawEnvelope::parse(body.as_bytes()).and_then(|raw| ProductEvent::from_envelope(&raw));
        match (one, two) {
            (Ok(one), Ok(two)) => prop_assert_eq!(one, two),
            (Err(one), Err(two)) => {
                prop_assert_eq!(one.to_string(), two.to_string());
                prop_assert!(one.position().is_some());
            }
            (one, two) => prop_assert!(false, "{:?} but {:?}", one, two),
        }
    }

    #[test]
    fn what_is_json_is_what_serde_json_takes_for_json(value in any_json(), place: Index, damage in damage()) {
        let mut payload = value.to_string();
        insert(&mut payload, place, damage);
        let body = format!(
            r#"{{"messageId":"m","messageType":"T","messageVersion":"1.0","timestamp":"2026-03-02T09:15:00Z","source":"s","payload":{payload}}}"#
        );
        let raw = RawEnvelope::parse(body.as_bytes());
        // Of this, `serde_json` decides only when it decodes.
        let is_whole = !payload.contains(r"\ud8") && serde_json::from_str::<IgnoredAny>(&payload).is_ok();
        match raw {
            Ok(raw) => {
                prop_assert_eq!(raw.payload_json(), payload.trim());
                prop_assert!(serde_json::from_str::<IgnoredAny>(&payload).is_ok());
                // Keeping it asks `serde_json` again.
                prop_assert!(matches!(ProductEvent::from_envelope(&raw).unwrap(), ProductEvent::Unknown(_)));
            }
            Err(_) => prop_assert!(!is_whole, "{}", payload),
        }
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "(?s).{0,20}".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 40, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            proptest::collection::vec(("[a-z\"\\\\\n]{0,10}", inner), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Text that may or may not do harm where it is put.
fn damage() -> impl Strategy<Value = &'static str> {
    select(vec![
        "",
        " ",
        "\n",
        "\t",
        "\u{b}",
        "\0",
        "\"",
        "\\",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "0",
        "1",
        "-",
        ".",
        "e",
        "+",
        "null",
        "true",
        "1e5",
        r#""a":1,"#,
        r#""","#,
        r"\n",
        r"\ud83d\ude00",
        r"\ud800",
        r"\u00e9",
        "é",
        "[[]],",
        "x",
        "//",
    ])
}

fn insert(text: &mut String, place: Index, damage: &str) {
    let mut place = place.index(text.len() + 1);
    while !text.is_char_boundary(place) {
        place -= 1;
    }
    text.insert_str(place, damage);
}
