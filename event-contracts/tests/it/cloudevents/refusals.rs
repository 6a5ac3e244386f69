//! Invalid CloudEvents are refused, and the refusal names what is wrong and where.

use super::reason;
use event_contracts::cloudevents::{Binding, CloudEvent, Data};

/// A valid event with one member more, or another value for one.
fn with(name: &str, value: &str) -> String {
    let mut members = vec![
        ("specversion", r#""1.0""#),
        ("id", r#""17""#),
        ("source", r#""/printers/3""#),
        ("type", r#""com.example.jammed""#),
    ];
    members.retain(|(known, _)| *known != name);
    members.push((name, value));
    members.retain(|(_, value)| !value.is_empty());
    let members: Vec<_> = members
        .iter()
        .map(|(name, value)| format!("\"{name}\":{value}"))
        .collect();
    format!("{{{}}}", members.join(","))
}

#[test]
fn structured_events_are_held_to_the_specification() {
    for (name, value, complaint) in [
        ("id", "", "attribute `id` is missing"),
        ("id", "null", "attribute `id` is missing"),
        ("id", r#""""#, "attribute `id` is empty"),
        ("id", "17", "attribute `id` is not a string"),
        ("source", "", "attribute `source` is missing"),
        ("source", r#""""#, "attribute `source` is empty"),
        ("source", r#""a b""#, "attribute `source` is not a URI reference"),
        ("source", r#""a%2""#, "attribute `source` is not a URI reference"),
        ("type", "", "attribute `type` is missing"),
        ("type", r#""""#, "attribute `type` is empty"),
        ("type", "true", "attribute `type` is not a string"),
        ("specversion", "", "attribute `specversion` is missing"),
        ("specversion", "1.0", "32-bit integer for attribute `specversion`"),
        ("specversion", r#""0.3""#, "attribute `specversion` is not `1.0`"),
        ("specversion", r#""1.1""#, "attribute `specversion` is not `1.0`"),
        (
            "time",
            r#""yesterday""#,
            "attribute `time` is not a time of RFC 3339",
        ),
        (
            "time",
            r#""2026-03-02T09:15:00""#,
            "attribute `time` is not a time of RFC 3339",
        ),
        (
            "time",
            r#""2026-02-30T09:15:00Z""#,
            "attribute `time` is not a time of RFC 3339",
        ),
        ("time", r#""""#, "attribute `time` is not a time of RFC 3339"),
        ("time", "1772442900", "attribute `time` is not a string"),
        ("subject", r#""""#, "attribute `subject` is empty"),
        (
            "subject",
            "[]",
            "a boolean or a 32-bit integer for attribute `subject`",
        ),
        ("datacontenttype", r#""""#, "attribute `datacontenttype` is empty"),
        ("dataschema", r#""""#, "attribute `dataschema` is empty"),
        (
            "dataschema",
            r#""/relative""#,
            "attribute `dataschema` is not a URI with a scheme",
        ),
        (
            "partitionKey",
            r#""k""#,
            "\"partitionKey\" is not the name of an attribute",
        ),
        (
            "partition_key",
            r#""k""#,
            "\"partition_key\" is not the name of an attribute",
        ),
        ("", r#""k""#, "\"\" is not the name of an attribute"),
        ("nested", "{}", "32-bit integer for attribute `nested`"),
        ("list", "[1]", "32-bit integer for attribute `list`"),
        ("fraction", "1.5", "32-bit integer for attribute `fraction`"),
        ("large", "2147483648", "32-bit integer for attribute `large`"),
        ("small", "-2147483649", "32-bit integer for attribute `small`"),
        ("data_base64", r#""a""#, "`data_base64` is not base64"),
        ("data_base64", r#""YQ""#, "`data_base64` is not base64"),
        ("data_base64", r#""YR==""#, "`data_base64` is not base64"),
        ("data_base64", r#""=AAA""#, "`data_base64` is not base64"),
        ("data_base64", r#""Y-_h""#, "`data_base64` is not base64"),
        ("data_base64", "1", "invalid type: integer"),
        (
            "subject",
            r#""a\u0000b""#,
            "attribute `subject` contains a NUL character",
        ),
    ] {
        let body = with(name, value);
        let error = CloudEvent::parse(body.as_bytes()).unwrap_err();
        assert!(reason(&error).contains(complaint), "{body}: {}", reason(&error));
        assert_eq!(error.position().unwrap().line, 1, "{body}");
    }
}

#[test]
fn what_is_given_twice_is_refused() {
    for twice in [
        r#""id":"17","id":"17""#,
        r#""id":"17","ext":1,"ext":2"#,
        r#""id":"17","data":1,"data":2"#,
        r#""id":"17","data":null,"data_base64":"YQ==""#,
        r#""id":"17","data_base64":"YQ==","data":1"#,
    ] {
        let body = format!(r#"{{"specversion":"1.0","source":"s","type":"t",{twice}}}"#);
        let reason = reason(&CloudEvent::parse(body.as_bytes()).unwrap_err());
        assert!(reason.contains("twice") || reason.contains("exclude"), "{reason}");
    }
}

#[test]
fn the_position_is_that_of_the_attribute() {
    let body = b"{\n  \"specversion\": \"1.0\",\n  \"id\": \"\",\n  \"source\": \"s\", \"type\": \"t\"\n}";
    let position = CloudEvent::parse(body).unwrap_err().position().unwrap();
    assert_eq!((position.line, position.column), (3, 10));
}

#[test]
fn what_the_specification_allows_is_not_refused() {
    for (name, value) in [
        ("time", r#""2018-04-05T03:56:24.123456789+02:00""#),
        ("time", "null"),
        ("subject", "null"),
        ("ext", "null"),
        ("source", r#""mailto:cncf-wg-serverless@lists.cncf.io""#),
        ("source", r#""urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66""#),
        ("source", r#""1-555-123-4567""#),
        ("source", r#""https://user@[2001:db8::1]:8080/a;b=c?d=/?#e""#),
        ("averyveryverylongnameofanextension", "-2147483648"),
        ("data_base64", "null"),
        ("data_base64", r#""""#),
        ("data", "null"),
    ] {
        let body = with(name, value);
        assert!(CloudEvent::parse(body.as_bytes()).is_ok(), "{body}");
    }
}

#[test]
fn binary_events_are_held_to_the_specification() {
    for (name, value, complaint) in [
        ("ce-id", None, "attribute `id` is missing"),
        ("ce-id", Some(""), "attribute `id` is empty"),
        ("ce-source", Some(""), "attribute `source` is empty"),
        (
            "ce-source",
            Some("a b"),
            "attribute `source` is not a URI reference",
        ),
        ("ce-type", Some(""), "attribute `type` is empty"),
        ("ce-specversion", None, "attribute `specversion` is missing"),
        (
            "ce-specversion",
            Some("2.0"),
            "attribute `specversion` is not `1.0`",
        ),
        (
            "ce-time",
            Some("12:00"),
            "attribute `time` is not a time of RFC 3339",
        ),
        (
            "ce-my-ext",
            Some("x"),
            "\"my-ext\" is not the name of an attribute",
        ),
        ("ce-data", Some("x"), "\"data\" is not the name of an attribute"),
        ("ce_id", Some("18"), "attribute `id` is given twice"),
    ] {
        let mut headers = vec![
            ("ce-specversion", "1.0"),
            ("ce-id", "17"),
            ("ce-source", "/printers/3"),
            ("ce-type", "com.example.jammed"),
        ];
        headers.retain(|(known, _)| *known != name);
        headers.extend(value.map(|value| (name, value)));
        let headers = headers.into_iter().map(|(name, value)| (name, value.as_bytes()));
        let error = CloudEvent::from_message(Binding::Amqp, Some("application/json"), headers, b"{}");
        let reason = reason(&error.unwrap_err());
        assert!(reason.contains(complaint), "{name} {value:?}: {reason}");
    }
}

#[test]
fn binary_data_is_what_its_content_type_says() {
    let headers: [(&str, &[u8]); 4] = [
        ("ce-specversion", b"1.0"),
        ("ce-id", b"17"),
        ("ce-source", b"s"),
        ("ce-type", b"t"),
    ];
    let event = |content_type, body| CloudEvent::from_message(Binding::Http, content_type, headers, body);
    let data = |content_type, body| event(content_type, body).map(|event| event.data().cloned());
    assert_eq!(data(Some("application/json"), b"").unwrap(), None);
    assert_eq!(
        data(Some("Application/Vnd.X+JSON; v=1"), b" [1] ").unwrap(),
        Some(Data::Json("[1]"))
    );
    assert_eq!(
        data(Some("text/plain"), b"hi").unwrap(),
        Some(Data::Text("hi".into()))
    );
    assert_eq!(
        data(Some("text/plain"), b"\xff").unwrap(),
        Some(Data::Bytes(b"\xff".into()))
    );
    assert_eq!(
        data(Some("image/svg+xml"), b"<svg/>").unwrap(),
        Some(Data::Text("<svg/>".into()))
    );
    assert_eq!(
        data(Some("image/png"), b"\x89P").unwrap(),
        Some(Data::Bytes(b"\x89P".into()))
    );
    assert_eq!(data(None, b"{}").unwrap(), Some(Data::Bytes(b"{}".into())));
    let error = event(Some("application/json"), b"{\n]").unwrap_err();
    assert_eq!(error.position().unwrap().line, 2);
}

#[test]
fn data_in_base64_is_bytes() {
    for (text, bytes) in [
        ("", ""),
        ("Zg==", "f"),
        ("Zm8=", "fo"),
        ("Zm9v", "foo"),
        ("Zm9vYg==", "foob"),
        ("Zm9vYmE=", "fooba"),
        ("Zm9vYmFy", "foobar"),
    ] {
        let body = with("data_base64", &format!("\"{text}\""));
        let event = CloudEvent::parse(body.as_bytes()).unwrap();
        assert_eq!(
            event.data(),
            Some(&Data::Bytes(bytes.as_bytes().into())),
            "{text}"
        );
    }
    let body = with("data_base64", r#""+/79""#);
    let event = CloudEvent::parse(body.as_bytes()).unwrap();
    assert_eq!(event.data(), Some(&Data::Bytes(b"\xfb\xfe\xfd".into())));
}

#[test]
fn batches_and_other_formats_are_refused_in_words() {
    for (content_type, complaint) in [
        ("application/cloudevents-batch+json", "a batch of CloudEvents"),
        (
            "Application/CloudEvents-Batch+JSON; charset=utf-8",
            "a batch of CloudEvents",
        ),
        ("application/cloudevents+avro", "another format than JSON"),
        ("application/cloudevents", "another format than JSON"),
    ] {
        let error = CloudEvent::from_message(Binding::Http, Some(content_type), [], b"[]").unwrap_err();
        assert!(reason(&error).contains(complaint), "{content_type}");
        let error = event_contracts::RawEnvelope::from_message(Binding::Http, Some(content_type), [], b"[]");
        assert!(reason(&error.unwrap_err()).contains(complaint), "{content_type}");
    }
}

#[test]
fn headers_that_are_not_utf8_are_refused() {
    let headers: [(&str, &[u8]); 1] = [("ce_id", b"\xff")];
    let error = CloudEvent::from_message(Binding::Kafka, None, headers, b"").unwrap_err();
    assert_eq!(reason(&error), "header `ce_id` is not UTF-8");
    let headers: [(&str, &[u8]); 1] = [("ce-id", b"%FF")];
    assert!(CloudEvent::from_message(Binding::Http, None, headers, b"").is_err());
    // What is no attribute is passed over, whatever it is.
    let headers: [(&str, &[u8]); 5] = [
        ("trace", b"\xff"),
        ("ce_specversion", b"1.0"),
        ("ce_id", b"1"),
        ("ce_type", b"t"),
        ("ce_source", b"s"),
    ];
    assert!(CloudEvent::from_message(Binding::Kafka, None, headers, b"").is_ok());
}
