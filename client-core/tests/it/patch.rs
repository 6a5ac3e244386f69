//! Leaving out, clearing and setting are three things on the wire.

use client_core::Patch;
use serde::{Deserialize, Serialize};

#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
struct Fields {
    #[serde(default, skip_serializing_if = "Patch::is_absent")]
    name: Patch<String>,
    #[serde(default, skip_serializing_if = "Patch::is_absent")]
    weight: Patch<u32>,
}

#[test]
fn the_three_cases_are_told_apart_both_ways() {
    let cases = [
        (Fields::default(), "{}"),
        (
            Fields {
                name: Patch::Null,
                ..Fields::default()
            },
            r#"{"name":null}"#,
        ),
        (
            Fields {
                name: "Boot".to_owned().into(),
                weight: Patch::Value(3),
            },
            r#"{"name":"Boot","weight":3}"#,
        ),
    ];
    for (fields, text) in cases {
        assert_eq!(serde_json::to_string(&fields).unwrap(), text);
        assert_eq!(serde_json::from_str::<Fields>(text).unwrap(), fields);
    }
}

#[test]
fn each_case_is_asked_by_name() {
    assert!(Patch::<u32>::default().is_absent());
    assert!(Patch::<u32>::Null.is_null());
    assert_eq!(Patch::Value(3).value(), Some(&3));
    assert_eq!(Patch::<u32>::Null.value(), None);
}
