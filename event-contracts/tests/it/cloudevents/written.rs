use super::{BINDINGS, received, received_event};
use event_contracts::cloudevents::{Binding, Data, Message, WireFormat};
use event_contracts::product::ProductDeleted;
use event_contracts::{Envelope, MessageId, RawEnvelope};
use product_types::{ProductId, Timestamp};

fn envelope(source: &str, correlation_id: &str) -> Envelope<ProductDeleted> {
    let at = Timestamp::from_unix(1_790_000_000, 120_000_000).unwrap();
    let payload = ProductDeleted::new(ProductId::new("prod_12345").unwrap(), at, "u-17");
    Envelope::new_with_id(
        MessageId::new("m-1").unwrap(),
        payload,
        source,
        correlation_id,
        at,
    )
    .with_sequence(8)
    .caused_by(MessageId::new("m-0").unwrap())
}

fn message(format: WireFormat, binding: Binding) -> Message {
    envelope("product-service", "order-4711")
        .to_message(format, binding)
        .unwrap()
}

const PAYLOAD: &str =
    r#"{"productId":"prod_12345","deletedAt":"2026-09-21T14:13:20.120Z","deletedBy":"u-17"}"#;

#[test]
fn structured_is_one_json_object() {
    let message = message(WireFormat::Structured, Binding::Amqp);
    assert_eq!(
        message.content_type,
        "application/cloudevents+json; charset=utf-8"
    );
    assert_eq!(message.headers, []);
    let attributes = r#""specversion":"1.0","id":"m-1","source":"product-service","type":"ProductDeleted.v1","time":"2026-09-21T14:13:20.120Z","subject":"prod_12345","datacontenttype":"application/json","dataschema":"urn:event-contracts:schema:ProductDeleted:1.0","correlationid":"order-4711","causationid":"m-0","partitionkey":"prod_12345","sequence":"00000000000000000008""#;
    assert_eq!(
        String::from_utf8(message.body).unwrap(),
        format!(r#"{{{attributes},"data":{PAYLOAD}}}"#)
    );
}

#[test]
fn binary_is_the_payload_and_headers() {
    let message = message(WireFormat::Binary, Binding::Kafka);
    assert_eq!(message.content_type, "application/json");
    assert_eq!(String::from_utf8(message.body).unwrap(), PAYLOAD);
    let expected = [
        ("ce_specversion", "1.0"),
        ("ce_id", "m-1"),
        ("ce_source", "product-service"),
        ("ce_type", "ProductDeleted.v1"),
        ("ce_time", "2026-09-21T14:13:20.120Z"),
        ("ce_subject", "prod_12345"),
        ("ce_dataschema", "urn:event-contracts:schema:ProductDeleted:1.0"),
        ("ce_correlationid", "order-4711"),
        ("ce_causationid", "m-0"),
        ("ce_partitionkey", "prod_12345"),
        ("ce_sequence", "00000000000000000008"),
        ("content-type", "application/json"),
    ];
    assert_eq!(
        message.headers,
        expected.map(|(name, value)| (name, value.to_owned()))
    );
}

#[test]
fn kafka_has_the_content_type_among_its_headers_and_the_others_have_not() {
    for binding in BINDINGS {
        for format in WireFormat::ALL {
            let message = message(format, binding);
            let header = message.headers.iter().find(|(name, _)| *name == "content-type");
            let expected = (binding == Binding::Kafka).then_some(message.content_type);
            assert_eq!(header.map(|(_, value)| &**value), expected);
        }
    }
}

#[test]
fn canonical_is_a_standard_message_and_a_cloud_event_at_once() {
    for binding in BINDINGS {
        let message = message(WireFormat::Canonical, binding);
        let body = envelope("product-service", "order-4711").to_json().unwrap();
        assert_eq!(message.body, body);
        // For who knows nothing of headers,
        assert_eq!(RawEnvelope::parse(&message.body).unwrap().message_id(), "m-1");
        // for who knows nothing of the platform,
        let event = received_event(&message, binding).unwrap();
        assert_eq!((event.id(), event.event_type()), ("m-1", "ProductDeleted.v1"));
        assert_eq!(
            event.data_schema(),
            Some("urn:event-contracts:schema:StandardMessage:1.0")
        );
        assert_eq!(
            event.data(),
            Some(&Data::Json(std::str::from_utf8(&body).unwrap()))
        );
        // and for us.
        let decoded = received(&message, binding)
            .unwrap()
            .decode::<ProductDeleted>()
            .unwrap();
        assert_eq!(decoded, envelope("product-service", "order-4711"));
    }
}

#[test]
fn http_headers_are_printable_ascii() {
    let envelope = envelope("product-service", "50 % \"Preis\u{e4}nderung\" \u{1f6d2}\n");
    let message = envelope.to_message(WireFormat::Binary, Binding::Http).unwrap();
    let header = message
        .headers
        .iter()
        .find(|(name, _)| *name == "ce-correlationid")
        .unwrap();
    assert_eq!(header.1, "50%20%25%20%22Preis%C3%A4nderung%22%20%F0%9F%9B%92%0A");
    let decoded = received(&message, Binding::Http).unwrap().decode().unwrap();
    assert_eq!(envelope, decoded);
}

#[test]
fn a_source_that_is_no_uri_reference_is_wrapped() {
    for (source, written) in [
        ("product-service", "product-service"),
        ("https://shop.example/a%20b?c#d", "https://shop.example/a%20b?c#d"),
        ("//[::1]:80/x", "//[::1]:80/x"),
        ("", "urn:event-contracts:source:"),
        ("Product Service", "urn:event-contracts:source:Product%20Service"),
        ("50%", "urn:event-contracts:source:50%25"),
        ("1:2", "urn:event-contracts:source:1%3A2"),
        ("a#b#c", "urn:event-contracts:source:a%23b%23c"),
        ("//a:b", "urn:event-contracts:source:%2F%2Fa%3Ab"),
        ("\u{e4}", "urn:event-contracts:source:%C3%A4"),
        (
            "urn:event-contracts:source:x",
            "urn:event-contracts:source:urn%3Aevent-contracts%3Asource%3Ax",
        ),
    ] {
        let message = envelope(source, "c")
            .to_message(WireFormat::Structured, Binding::Amqp)
            .unwrap();
        assert_eq!(received_event(&message, Binding::Amqp).unwrap().source(), written);
        assert_eq!(received(&message, Binding::Amqp).unwrap().source(), source);
    }
}

#[test]
fn sequences_have_one_order_as_texts_and_as_numbers() {
    let texts = [1, 9, 10, 999, u64::MAX].map(|sequence| {
        let message = envelope("product-service", "c")
            .with_sequence(sequence)
            .to_message(WireFormat::Binary, Binding::Amqp)
            .unwrap();
        let texts = message
            .headers
            .into_iter()
            .find(|(name, _)| *name == "ce-sequence");
        texts.unwrap().1
    });
    assert!(texts.is_sorted(), "{texts:?}");
}

#[test]
fn wire_formats_have_names() {
    for format in WireFormat::ALL {
        assert_eq!(format.to_string().parse::<WireFormat>().unwrap(), format);
    }
    assert!("Canonical".parse::<WireFormat>().is_err());
    assert_eq!(format!("{:>10}", WireFormat::Canonical), " canonical");
}
