use event_contracts::cloudevents::{Binding, WireFormat};
use event_contracts::inventory::StockLevelChanged;
use event_contracts::product::{ProductCreated, ProductDeleted};
use event_contracts::variant::ProductVariantRemoved;
use event_contracts::{
    Envelope, EnvelopeReader, Event, FromEnvelope, MessageId, ProductEvent, RawEnvelope, Version,
    canonical_type,
};
use product_types::{ProductId, Timestamp, VariantId};
use std::error::Error as _;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_unix(seconds, 0).unwrap()
}

fn deleted() -> ProductDeleted {
    ProductDeleted::new(ProductId::new("prod_12345").unwrap(), at(1_790_000_000), "u-17")
}

#[test]
fn an_envelope_is_built_from_its_event() {
    let envelope = Envelope::new(deleted(), "product-service", "order-4711", at(1_790_000_000));
    let json = String::from_utf8(envelope.to_json().unwrap()).unwrap();
    let id = &envelope.metadata().message_id;
    assert_eq!(
        json,
        format!(
            r#"{{"messageId":"{id}","messageType":"ProductDeleted","messageVersion":"1.0","timestamp":"2026-09-21T14:13:20Z","source":"product-service","correlationId":"order-4711","partitionKey":"prod_12345","payload":{{"productId":"prod_12345","deletedAt":"2026-09-21T14:13:20Z","deletedBy":"u-17"}}}}"#
        )
    );
}

#[test]
fn message_ids_are_different_and_ordered_by_their_instants() {
    let (earlier, later) = (MessageId::at(at(1_790_000_000)), MessageId::at(at(1_790_000_001)));
    assert!(earlier < later);
    assert_ne!(MessageId::at(at(1_790_000_000)), earlier);
    assert_eq!(earlier.as_str().len(), 36);
    assert_eq!(earlier.as_str().as_bytes()[14], b'7', "version 7: {earlier}");
    // Before 1970 there is no such identifier; the nearest is made.
    assert!(MessageId::at(at(-1)).as_str().starts_with("00000000-0000-7"));
}

#[test]
fn what_readers_refuse_is_not_written() {
    let id = MessageId::new("m-1").unwrap();
    for (source, correlation_id, field) in [("a\0", "c", "source"), ("s", "\0", "correlationId")] {
        let envelope = Envelope::new_with_id(id.clone(), deleted(), source, correlation_id, at(0));
        let expected = format!("`{field}` contains a NUL character");
        let mut buffer = b"before".to_vec();
        for error in [
            envelope.to_json().unwrap_err(),
            envelope.to_json_into(&mut buffer).unwrap_err(),
            envelope
                .to_message(WireFormat::Binary, Binding::Kafka)
                .unwrap_err(),
        ] {
            assert!(error.is_encode());
            assert_eq!(error.source().unwrap().to_string(), expected);
        }
        assert_eq!(buffer, b"before");
        assert_eq!(
            serde_json::to_string(&envelope).unwrap_err().to_string(),
            expected
        );
    }
}

#[test]
fn an_event_without_a_key_that_readers_take_has_none_in_its_envelope() {
    let mut keyless = StockLevelChanged::new(VariantId::new("v").unwrap(), 1);
    keyless.variant_id = None;
    let odd = StockLevelChanged::new(VariantId::new("a\0b").unwrap(), 1);
    for event in [keyless, odd] {
        let written = Envelope::new(event, "inventory-service", "c", at(0));
        assert_eq!(written.metadata().partition_key, None);
        assert_eq!(Envelope::decode(&written.to_json().unwrap()).unwrap(), written);
    }
}

#[test]
fn a_key_is_found_under_its_other_name_without_decoding() {
    let body = br#"{"messageId":"m","messageType":"ProductVariantRemoved","messageVersion":"1.0","timestamp":
        "2026-03-02T09:15:00Z","source":"s","payload":{"id":"p","variantId":"v","removedAt":"2026-03-02T09:15:00Z",
        "removedBy":"u"}}"#;
    let raw = RawEnvelope::parse(body).unwrap();
    assert_eq!(raw.partition_key(), Some("p"));
    assert_eq!(
        raw.decode::<ProductVariantRemoved>().unwrap().payload().key(),
        "p"
    );
}

#[test]
fn an_empty_message_id_is_refused() {
    assert!(MessageId::new("").is_err());
    assert!(MessageId::new("evt\0").is_err());
    assert!(MessageId::new("evt_1").is_ok());
}

#[test]
fn the_payload_is_borrowed_and_not_decoded() {
    let body = br#"{"messageId":"m-1","messageType":"ProductCreated","messageVersion":"1.0",
        "timestamp":"2026-03-02T09:15:00Z","source":"product-service","payload":{"no":["such"]}}"#;
    let raw = RawEnvelope::parse(body).unwrap();
    assert_eq!(raw.payload_json(), r#"{"no":["such"]}"#);
    assert!(body.as_ptr_range().contains(&raw.payload_json().as_ptr()));
    assert!(body.as_ptr_range().contains(&raw.message_id().as_ptr()));
    assert_eq!(raw.correlation_id(), None);
    assert!(raw.decode::<ProductCreated>().unwrap_err().is_payload());
}

#[test]
fn one_reading_gives_the_envelope_and_the_event_if_it_is_one_that_fits() {
    fn read<M: FromEnvelope>(body: &[u8]) -> (RawEnvelope<'_>, Option<M>) {
        M::read(EnvelopeReader::open(body).unwrap()).unwrap()
    }
    let envelope = Envelope::new(deleted(), "product-service", "order-4711", at(1_790_000_000));
    let body = envelope.to_json().unwrap();

    let (raw, decoded) = read::<Envelope<ProductDeleted>>(&body);
    assert_eq!(raw.partition_key(), Some("prod_12345"));
    assert_eq!(decoded.as_ref(), Some(&envelope));
    let (_, decoded) = read::<ProductEvent>(&body);
    assert_eq!(decoded, Some(envelope.into()));

    let (raw, decoded) = read::<Envelope<ProductCreated>>(&body);
    assert!(decoded.is_none() && !Envelope::<ProductCreated>::is_accepted(&raw));

    let unfit = String::from_utf8(body).unwrap().replace("deletedBy", "by");
    let (raw, decoded) = read::<Envelope<ProductDeleted>>(unfit.as_bytes());
    assert!(decoded.is_none());
    assert!(raw.decode::<ProductDeleted>().unwrap_err().is_payload());
}

#[test]
fn every_field_of_the_envelope_is_read() {
    let cause = MessageId::new("m-0").unwrap();
    let id = MessageId::new("m-1").unwrap();
    let envelope = Envelope::new_with_id(id, deleted(), "product-service", "order-4711", at(1_790_000_000))
        .caused_by(cause.clone())
        .with_sequence(u64::MAX);
    let body = envelope.to_json().unwrap();
    let raw = RawEnvelope::parse(&body).unwrap();
    assert_eq!(raw.message_id(), "m-1");
    assert_eq!(raw.version(), Version::new(1, 0));
    assert_eq!(raw.timestamp(), at(1_790_000_000));
    assert_eq!(raw.source(), "product-service");
    assert_eq!(raw.correlation_id(), Some("order-4711"));
    assert_eq!(raw.partition_key(), Some("prod_12345"));
    assert_eq!(raw.sequence(), Some(u64::MAX));
    assert_eq!(raw.metadata(), *envelope.metadata());
    assert_eq!(raw.metadata().causation_id, Some(cause));
}

#[test]
fn names_lose_their_suffixes_and_aliases() {
    for (written, canonical) in [
        ("ProductCreated", "ProductCreated"),
        ("ProductCreatedEvent", "ProductCreated"),
        ("ProductCreated.v1", "ProductCreated"),
        ("ProductCreatedV1", "ProductCreated"),
        ("ProductCreatedEvent.v12", "ProductCreated"),
        ("ProductCreatedEventV1", "ProductCreated"),
        ("ProductVariantCreated", "ProductVariantAdded"),
        ("ProductVariantDeletedEvent", "ProductVariantRemoved"),
        ("ProductPriceUpdated.v1", "ProductPriceChanged"),
        ("PriceUpdatedEventV1", "ProductPriceChanged"),
        // Not suffixes, and not the whole name.
        ("Event", "Event"),
        ("V1", "V1"),
        ("EventV1", "Event"),
        ("Area51", "Area51"),
        ("", ""),
    ] {
        assert_eq!(canonical_type(written), canonical, "{written}");
    }
}

#[test]
fn versions_are_two_numbers_and_read_forgivingly() {
    for (text, version) in [
        ("1.0", Some((1, 0))),
        ("2.11", Some((2, 11))),
        ("1", Some((1, 0))),
        ("1.0.0", Some((1, 0))),
    ] {
        assert_eq!(
            text.parse().ok(),
            version.map(|(major, minor)| Version::new(major, minor)),
            "{text}"
        );
    }
    for text in [
        "", ".", "1.", "v1", "-1.0", "+1.0", "1.x", "1.0.x", "1.0.0.0", "70000.0",
    ] {
        assert!(text.parse::<Version>().is_err(), "{text}");
    }
    assert!(Version::new(1, 0).is_read_from(1, Version::new(1, 7)));
    assert!(!Version::new(2, 0).is_read_from(2, Version::new(1, 7)));
    assert!(Version::new(2, 0).is_read_from(1, Version::new(1, 7)));
    assert!(!Version::new(2, 0).is_read_from(1, Version::new(3, 0)));
}
