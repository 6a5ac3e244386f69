//! What could be read in two ways is not read at all.

use event_contracts::RawEnvelope;
use std::error::Error as _;

fn refusal(members: &str) -> String {
    let body = format!(
        r#"{{"messageId":"m","messageType":"T","messageVersion":"1.0","timestamp":"2026-03-02T09:15:00Z","source":"s","payload":{{}},
{members}}}"#
    );
    let error = RawEnvelope::parse(body.as_bytes()).unwrap_err();
    assert!(
        error.is_ambiguous() && error.is_envelope(),
        "{members}: {error:?}"
    );
    assert_eq!(error.position().unwrap().line, 2, "{members}");
    error.source().unwrap().to_string()
}

#[test]
fn one_name_twice_is_refused_even_with_one_value() {
    assert_eq!(refusal(r#""messageId":"m""#), "`messageId` stands twice");
    assert_eq!(refusal(r#""payload":{}"#), "`payload` stands twice");
    assert_eq!(refusal(r#""message\u0049d":"m""#), "`messageId` stands twice");
    assert_eq!(
        refusal(r#""sequence":null,"sequence":1"#),
        "`sequence` stands twice"
    );
}

#[test]
fn two_names_of_one_field_must_agree() {
    for (members, names) in [
        (r#""id":"n""#, ("messageId", "id")),
        (r#""eventId":"n""#, ("messageId", "eventId")),
        (r#""type":"U""#, ("messageType", "type")),
        (r#""version":"2.0""#, ("messageVersion", "version")),
        (r#""time":"2026-03-02T09:15:01Z""#, ("timestamp", "time")),
        (r#""sourceService":"t""#, ("source", "sourceService")),
        (r#""data":{}"#, ("payload", "data")),
        (r#""data":null"#, ("payload", "data")),
        (
            r#""partitionKey":"a","partitionkey":"b""#,
            ("partitionKey", "partitionkey"),
        ),
    ] {
        let (one, other) = names;
        let expected = format!("`{one}` and `{other}` contradict each other");
        assert_eq!(refusal(members), expected);
    }
}

#[test]
fn two_names_of_one_field_may_agree() {
    let body =
        br#"{"messageId":"m","id":"m","messageType":"T","type":"T","messageVersion":"1.0","version":null,
        "timestamp":"2026-03-02T09:15:00Z","source":"s","payload":{}}"#;
    assert_eq!(RawEnvelope::parse(body).unwrap().message_id(), "m");
}

#[test]
fn what_a_member_is_not_is_told_without_its_value() {
    let with = |members: &str| {
        let body = format!(
            r#"{{"messageId":"m","messageType":"T","timestamp":"2026-03-02T09:15:00Z","source":"s","payload":{{}},{members}}}"#
        );
        let error = RawEnvelope::parse(body.as_bytes()).unwrap_err();
        format!("{error}: {}", error.source().unwrap())
    };
    for (members, reason) in [
        (
            r#""messageVersion":"secret""#,
            "`messageVersion` is not a version",
        ),
        (
            r#""messageVersion":"70000.0""#,
            "`messageVersion` is not a version",
        ),
        (
            r#""messageVersion":"1.0","correlationId":{"secret":1}"#,
            "`correlationId` is not a string",
        ),
        (
            r#""messageVersion":"1.0","causationId":"""#,
            "`causationId` is not a message id, which is never empty",
        ),
        (
            r#""messageVersion":"1.0","correlationId":"secret\u0000""#,
            "`correlationId` contains a NUL character",
        ),
        (
            r#""messageVersion":"1.0","sequence":18446744073709551616"#,
            "`sequence` is not a whole number from 0 to 18446744073709551615",
        ),
        (
            r#""messageVersion":"1.0","sequence":-1"#,
            "`sequence` is not a whole number from 0 to 18446744073709551615",
        ),
    ] {
        let text = with(members);
        assert!(text.ends_with(reason), "{text}");
        assert!(!text.contains("secret"), "{text}");
    }
}
