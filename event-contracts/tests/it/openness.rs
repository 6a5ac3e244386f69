//! What a newer writer may say must not break an older reader.

use event_contracts::price::{PriceCause, ProductPriceChanged, ProductPriceEffective};
use event_contracts::product::{ProductCreated, ProductStatusChanged};
use event_contracts::{Envelope, ProductEvent};
use product_types::ProductStatus;

fn message(message_type: &str, version: &str, payload: &str) -> Vec<u8> {
    format!(
        r#"{{"messageId":"m-1","messageType":"{message_type}","messageVersion":"{version}","timestamp":"2026-03-02T09:15:00Z",
            "source":"product-service","correlationId":"c","x-new":[1,{{}}],"payload":{payload}}}"#
    )
    .into_bytes()
}

#[test]
fn unknown_fields_are_ignored_and_unknown_words_are_kept() {
    let body = message(
        "ProductStatusChanged",
        "1.7",
        r#"{"productId":"p","oldStatus":"active","newStatus":"ARCHIVED","changedAt":"2026-03-02T09:15:00Z","changedBy":"u","why":{"a":1}}"#,
    );
    let event = Envelope::<ProductStatusChanged>::decode(&body)
        .unwrap()
        .into_payload();
    assert_eq!(event.old_status, Some(ProductStatus::Active));
    assert_eq!(event.new_status.as_str(), "ARCHIVED");

    let body = message(
        "ProductPriceEffective",
        "1.0",
        r#"{"productId":"p","variantId":"v","baseAmount":"1","currentAmount":"1","currency":"USD","effectiveFrom":"2026-03-02T09:15:00Z","cause":"fullMoon"}"#,
    );
    let event = Envelope::<ProductPriceEffective>::decode(&body).unwrap();
    assert_eq!(event.payload().cause, PriceCause::Other("fullMoon".into()));
    assert!(
        String::from_utf8(event.to_json().unwrap())
            .unwrap()
            .contains(r#""cause":"fullMoon""#)
    );
}

#[test]
fn an_unknown_type_is_data_and_is_passed_on_as_it_came() {
    let body = message(
        "ProductTeleportedEvent.v3",
        "3.1",
        r#"{"to": "the moon", "n": 1.10}"#,
    );
    let event = ProductEvent::decode(&body).unwrap();
    let ProductEvent::Unknown(unknown) = &event else {
        panic!("{event:?}")
    };
    assert_eq!(event.message_type(), "ProductTeleportedEvent.v3");
    assert_eq!(unknown.payload_json(), r#"{"to": "the moon", "n": 1.10}"#);
    assert_eq!(event.metadata().message_id.as_str(), "m-1");
    assert_eq!(ProductEvent::decode(&event.to_json().unwrap()).unwrap(), event);
}

#[test]
fn a_newer_major_of_a_known_type_is_data_too() {
    let event = ProductEvent::decode(&message("ProductDeleted", "2.0", r#"{"ids":[]}"#)).unwrap();
    assert!(matches!(event, ProductEvent::Unknown(_)));
    assert_eq!(event.metadata().version.major, 2);
}

#[test]
fn a_writer_of_the_first_version_is_read() {
    let body = message(
        "ProductCreatedEvent",
        "1.0",
        r#"{"productId":"prod_1","name":"n","brand":"b","status":"DRAFT","createdAt":"2026-03-02T09:15:00Z","createdBy":"u",
            "variants":[{"variantId":"var_1","sku":"s","name":"v","listPrice":{"amount":19.90,"currency":"USD"}}]}"#,
    );
    let event = Envelope::<ProductCreated>::decode(&body).unwrap().into_payload();
    assert_eq!(event.variants[0].price().unwrap().amount, "19.9".parse().unwrap());
    assert!(event.images.is_empty() && event.metadata.is_empty() && event.short_description.is_none());
}

#[test]
fn a_price_change_by_another_name_is_read_and_its_current_amount_is_inferred() {
    let price = |extra: &str| {
        let payload = format!(
            r#"{{"productVariantId":"v","productId":"p","updatedAt":"2026-03-02T09:15:00Z","updatedBy":"u",
                "newPrice":{{"baseAmount":"20.00","saleAmount":"15.00","currency":"USD"{extra}}}}}"#
        );
        Envelope::<ProductPriceChanged>::decode(&message("ProductPriceUpdated", "1.0", &payload))
            .unwrap()
            .into_payload()
    };
    assert_eq!(price("").variant_id.unwrap().as_str(), "v");
    assert_eq!(price("").current_amount(), Some("15.00".parse().unwrap()));
    assert_eq!(
        price(r#","currentAmount":"12.00""#).current_amount(),
        Some("12.00".parse().unwrap())
    );
    let due = r#","effectiveFrom":"2026-03-02T09:15:00Z""#;
    assert_eq!(price(due).current_amount(), Some("15.00".parse().unwrap()));
    let scheduled = r#","effectiveFrom":"2026-03-02T09:15:01Z""#;
    assert_eq!(price(scheduled).current_amount(), None);
}

#[test]
fn a_canonical_name_is_written_whatever_was_read() {
    let body = message(
        "PriceUpdatedEventV1",
        "1.0",
        r#"{"variantId":"v","productId":"p","updatedAt":"2026-03-02T09:15:00Z","updatedBy":"u","newPrice":{"baseAmount":"20.00","currency":"USD"}}"#,
    );
    let event = ProductEvent::decode(&body).unwrap();
    assert_eq!(event.message_type(), "ProductPriceChanged");
    let written = String::from_utf8(event.to_json().unwrap()).unwrap();
    assert!(written.contains(r#""messageType":"ProductPriceChanged""#));
}
