//! A view says what its event says, and copies nothing.

use crate::any_event::any_event;
use event_contracts::inventory::StockLevelChanged;
use event_contracts::price::ProductPriceChanged;
use event_contracts::product::{ProductCreated, ProductDeleted};
use event_contracts::view::{
    EventView, ProductCreatedView, ProductPriceChangedView, ProductPriceEffectiveView, ProductUpdatedView,
    StockLevelChangedView,
};
use event_contracts::{Error, Event, RawEnvelope};
use proptest::prelude::{ProptestConfig, proptest};
use std::fmt::Debug;
use std::path::Path;

/// Reads the message both ways; tells whether it is of this type.
fn agrees<'a, V: EventView<'a>>(raw: &RawEnvelope<'a>) -> bool
where
    V::Event: Debug + PartialEq,
{
    let class = |error: &Error| {
        (
            error.is_payload(),
            error.is_other_type(),
            error.is_unsupported_version(),
        )
    };
    match (raw.view::<V>(), raw.decode::<V::Event>()) {
        (Ok(view), Ok(envelope)) => {
            assert_eq!(view.key(), envelope.payload().key());
            assert_eq!(view.into_event().unwrap(), envelope.into_payload());
            true
        }
        (Err(view), Err(event)) => {
            assert_eq!(class(&view), class(&event), "{view}, {event}");
            assert_eq!(view.position().is_some(), event.position().is_some());
            !event.is_other_type()
        }
        (Ok(_), Err(event)) => panic!("the view is read, the event is not: {event:?}"),
        (Err(view), Ok(_)) => panic!("the event is read, the view is not: {view:?}"),
    }
}

/// As how many of the views the message can be read.
pub(crate) fn views_of(body: &[u8]) -> usize {
    let raw = RawEnvelope::parse(body).unwrap();
    [
        agrees::<ProductCreatedView<'_>>(&raw),
        agrees::<ProductUpdatedView<'_>>(&raw),
        agrees::<ProductPriceChangedView<'_>>(&raw),
        agrees::<ProductPriceEffectiveView<'_>>(&raw),
        agrees::<StockLevelChangedView<'_>>(&raw),
    ]
    .into_iter()
    .filter(|is_view| *is_view)
    .count()
}

fn message(message_type: &str, payload: &str) -> Vec<u8> {
    format!(
        r#"{{"messageId":"m-1","messageType":"{message_type}","messageVersion":"1.0",
            "timestamp":"2026-03-02T09:15:00Z","source":"s","payload":{payload}}}"#
    )
    .into_bytes()
}

fn created(fields: &str) -> Vec<u8> {
    message(
        "ProductCreated",
        &format!(
            r#"{{"productId":"p","name":"n","brand":"b","status":"DRAFT","createdAt":"2026-03-02T09:15:00Z",
                "createdBy":"u"{fields}}}"#
        ),
    )
}

#[test]
fn views_agree_with_their_events_on_every_fixture() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut seen = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        seen += views_of(&std::fs::read(file.unwrap().path()).unwrap());
    }
    assert!(seen >= 4, "{seen}");
}

#[test]
fn views_agree_with_their_events_on_every_documented_shape() {
    let stock = [
        r#"{"inventoryItemId":"i","productId":"p","sku":"s","warehouseId":"w","changeType":"sale","transactionType":"SALE"}"#,
        r#"{"productVariantId":"v","availableQuantity":7,"status":"LOW_STOCK","updatedAt":"2026-03-02T09:15:00Z"}"#,
        r#"{"sku":"s","previousQuantity":9,"newQuantity":7,"changeAmount":-2,"changeReason":"r","transactionType":"TRANSFER_IN"}"#,
        r#"{"variantId":"v","newQuantityAvailable":7,"quantityReserved":null,"unknown":[{}]}"#,
        r#"{"variantId":"","newQuantityAvailable":7}"#,
        r#"{"newQuantityAvailable":"7"}"#,
    ];
    for payload in stock {
        for name in [
            StockLevelChanged::TYPE,
            "InventoryUpdated",
            "ProductStockChangedEvent.v1",
        ] {
            assert_eq!(views_of(&message(name, payload)), 1, "{payload}");
        }
    }
    let prices = [
        r#"{"productVariantId":"v","productId":"p","updatedAt":"2026-03-02T09:15:00Z","updatedBy":"u","newPrice":{"baseAmount":20.10,"currency":"USD"}}"#,
        r#"{"variantId":"v","id":"p","updatedAt":"2026-03-02T09:15:00Z","updatedBy":"u","oldPrice":null,"newPrice":{"baseAmount":20,"currency":"USD"}}"#,
        r#"{"variantId":"v","productId":"p","newPrice":{"amount":"20","currency":"USD"}}"#,
    ];
    for payload in prices {
        for name in [ProductPriceChanged::TYPE, "PriceUpdatedEventV1"] {
            assert_eq!(views_of(&message(name, payload)), 1, "{payload}");
        }
    }
    for fields in [
        r#","brand":"twice""#,
        r#","variants":[{"productVariantId":"v","sku":"s","name":"n","listPrice":{"amount":1.10,"currency":"EUR"}}]"#,
        r#","metadata":{"a":{"b":[1,2.5,null]}},"images":[{"url":"u"}],"searchKeywords":["\ud83d\ude00"]"#,
        r#","metadata":[]"#,
        r#","metadata":null"#,
        r#","status":"archived""#,
    ] {
        assert_eq!(views_of(&created(fields)), 1, "{fields}");
    }
}

#[test]
fn a_view_copies_only_text_with_escapes() {
    let body = created(r#","tags":["plain","\u00e4\n"],"sku":"s-1","metadata":{ "n": 1.10 }"#);
    let raw = RawEnvelope::parse(&body).unwrap();
    let view: ProductCreatedView<'_> = raw.view().unwrap();
    let is_borrowed = |text: &str| body.as_ptr_range().contains(&text.as_ptr());
    assert!(is_borrowed(view.product_id.as_str()) && is_borrowed(&view.name) && is_borrowed(&view.tags[0]));
    assert!(view.sku.as_deref().is_some_and(is_borrowed) && is_borrowed(view.metadata.json()));
    assert_eq!(view.metadata.json(), r#"{ "n": 1.10 }"#);
    assert_eq!(&*view.tags[1], "ä\n");
}

#[test]
fn a_view_outlives_the_envelope_that_it_was_read_from() {
    fn read(body: &[u8]) -> ProductCreatedView<'_> {
        RawEnvelope::parse(body).unwrap().view().unwrap()
    }
    assert_eq!(&*read(&created("")).name, "n");
}

#[test]
fn metadata_that_cannot_be_held_is_passed_on_and_refused_when_taken_out() {
    for metadata in [r#"{"n":1e999}"#, r#"{"n":1,"n":2}"#] {
        let body = created(&format!(r#","metadata":{metadata}"#));
        let raw = RawEnvelope::parse(&body).unwrap();
        assert!(raw.decode::<ProductCreated>().unwrap_err().is_payload());
        let view: ProductCreatedView<'_> = raw.view().unwrap();
        assert_eq!(view.metadata.json(), metadata);
        assert!(view.into_event().unwrap_err().is_payload());
    }
}

#[test]
fn a_view_of_another_type_is_refused_like_its_event() {
    let body = message(ProductDeleted::TYPE, "{}");
    let raw = RawEnvelope::parse(&body).unwrap();
    assert!(raw.view::<ProductUpdatedView<'_>>().unwrap_err().is_other_type());
    let body = String::from_utf8(created("")).unwrap().replace("1.0", "2.0");
    let raw = RawEnvelope::parse(body.as_bytes()).unwrap();
    let refused = raw.view::<ProductCreatedView<'_>>().unwrap_err();
    assert!(refused.is_unsupported_version());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn views_agree_with_any_event(event in any_event()) {
        views_of(&event.to_json().unwrap());
    }
}
