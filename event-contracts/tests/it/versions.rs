//! Major versions: an older one is read by steps, and written on demand.

use event_contracts::discount::v2::{Benefit, DiscountCreated};
use event_contracts::{
    Envelope, Error, Event, FromEnvelope, Payload, ProductEvent, RawEnvelope, Version, discount,
};
use product_types::{CurrencyCode, Decimal, DiscountType, Money};
use serde::{Deserialize, Serialize};

const FIRST: &[u8] = include_bytes!("../fixtures/DiscountCreated.v1.json");
const SECOND: &[u8] = include_bytes!("../fixtures/DiscountCreated.v2.json");

fn first_with(discount_type: &str, value: &str) -> Vec<u8> {
    String::from_utf8_lossy(FIRST)
        .replace("FIXED_AMOUNT", discount_type)
        .replace("\"5.00\"", value)
        .into_bytes()
}

fn read(body: &[u8]) -> DiscountCreated {
    Envelope::decode(body).unwrap().into_payload()
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[test]
fn a_discount_of_version_1_is_read_into_version_2_and_nothing_is_made_up() {
    for (discount_type, value, benefit) in [
        ("PERCENTAGE", "12.5", Benefit::Percentage(decimal("12.5"))),
        (
            "FIXED_AMOUNT",
            "\"5.00\"",
            Benefit::FixedAmountWithoutCurrency(decimal("5.00")),
        ),
        ("free_shipping", "\"1\"", Benefit::FreeShipping),
        ("BUY_X_GET_Y", "\"2\"", Benefit::BuyXGetY(decimal("2"))),
        (
            "LOYALTY",
            "\"7\"",
            Benefit::Other(DiscountType::Other("LOYALTY".into()), Some(decimal("7"))),
        ),
    ] {
        let event = read(&first_with(discount_type, value));
        assert_eq!(event.benefit, benefit);
        assert_eq!((event.max_uses, event.is_active), (Some(1000), true));
    }
}

#[test]
fn what_was_read_from_version_1_is_written_as_version_2() {
    let envelope = Envelope::<DiscountCreated>::decode(FIRST).unwrap();
    assert_eq!(envelope.metadata().version, Version::new(2, 0));
    let again = Envelope::<DiscountCreated>::decode(&envelope.to_json().unwrap()).unwrap();
    assert_eq!(again, envelope);
}

#[test]
fn a_benefit_keeps_its_form_on_the_wire() {
    for (json, benefit) in [
        (
            r#"{"type":"PERCENTAGE","percent":"15"}"#,
            Benefit::Percentage(decimal("15")),
        ),
        (
            r#"{"type":"FIXED_AMOUNT","amount":{"amount":"5.00","currency":"EUR"}}"#,
            Benefit::FixedAmount(Money::new(decimal("5.00"), CurrencyCode::EUR)),
        ),
        (
            r#"{"type":"FIXED_AMOUNT","value":"5.00"}"#,
            Benefit::FixedAmountWithoutCurrency(decimal("5.00")),
        ),
        (r#"{"type":"FREE_SHIPPING"}"#, Benefit::FreeShipping),
        (
            r#"{"type":"BUY_X_GET_Y","value":"2"}"#,
            Benefit::BuyXGetY(decimal("2")),
        ),
        (
            r#"{"type":"LOYALTY"}"#,
            Benefit::Other(DiscountType::Other("LOYALTY".into()), None),
        ),
    ] {
        assert_eq!(serde_json::from_str::<Benefit>(json).unwrap(), benefit);
        assert_eq!(serde_json::to_string(&benefit).unwrap(), json);
    }
    for json in [
        r#"{"type":"PERCENTAGE"}"#,
        r#"{"type":"FIXED_AMOUNT"}"#,
        r#"{"percent":"1"}"#,
    ] {
        assert!(serde_json::from_str::<Benefit>(json).is_err(), "{json}");
    }
}

#[test]
fn the_union_reads_both_versions_as_the_newest() {
    for body in [FIRST, SECOND] {
        let ProductEvent::DiscountCreated(event) = ProductEvent::decode(body).unwrap() else {
            panic!("a discount was created");
        };
        assert_eq!(event.payload().name, "Spring sale");
    }
}

#[test]
fn a_reader_of_version_1_does_not_take_version_2() {
    let raw = RawEnvelope::parse(SECOND).unwrap();
    assert!(!Envelope::<discount::DiscountCreated>::is_accepted(&raw));
    let error = raw.decode::<discount::DiscountCreated>().unwrap_err();
    assert!(error.is_unsupported_version());
}

#[test]
fn version_2_is_written_as_version_1_on_demand() {
    let new = Envelope::<DiscountCreated>::decode(SECOND).unwrap();
    let old: Envelope<discount::DiscountCreated> = new.clone().downcast();
    assert_eq!(old.payload().discount_type, DiscountType::FixedAmount);
    assert_eq!(old.payload().value, decimal("5.00"));

    let body = old.to_json().unwrap();
    let raw = RawEnvelope::parse(&body).unwrap();
    assert_eq!(raw.version(), Version::new(1, 0));
    let metadata = new.metadata();
    assert_eq!(raw.message_id(), metadata.message_id.as_str());
    assert_eq!(raw.partition_key(), metadata.partition_key.as_deref());
    assert_eq!(raw.sequence(), metadata.sequence);
    assert_eq!(raw.decode::<discount::DiscountCreated>().unwrap(), old);
}

#[test]
fn free_shipping_is_nothing_off_the_price_in_version_1() {
    let new = Envelope::<DiscountCreated>::decode(&first_with("FREE_SHIPPING", "\"1\"")).unwrap();
    let old: Envelope<discount::DiscountCreated> = new.downcast();
    assert_eq!(old.payload().discount_type, DiscountType::FreeShipping);
    assert!(old.payload().value.is_zero());
}

/// Three versions of one event, each of which knows only the one before it.
macro_rules! version {
    ($name:ident { $field:ident: $kind:ty }, $major:literal, $key:literal, $($older:ident)?) => {
        #[derive(Debug, PartialEq, Serialize, Deserialize)]
        struct $name {
            id: String,
            $field: $kind,
        }

        impl Event for $name {
            const TYPE: &'static str = "ParcelWeighed";
            const VERSION: Version = Version::new($major, 0);
            const OLDEST_MAJOR: u16 = 1;
            const AGGREGATE: &'static str = "parcel";
            const ROUTING_KEY: &'static str = $key;
            const KEY: &'static str = "id";

            fn key(&self) -> &str {
                &self.id
            }

            $(fn read_payload(payload: Payload<'_>) -> Result<Self, Error> {
                payload.upcast::<$older>().map(Self::from)
            })?
        }
    };
}

version!(First { pounds: u32 }, 1, "shipping.parcel.weighed.v1",);
version!(Second { grams: u32 }, 2, "shipping.parcel.weighed.v2", First);
version!(Third { milligrams: u64 }, 3, "shipping.parcel.weighed.v3", Second);

impl From<First> for Second {
    fn from(old: First) -> Self {
        let First { id, pounds } = old;
        Self {
            id,
            grams: pounds * 454,
        }
    }
}

impl From<Second> for Third {
    fn from(old: Second) -> Self {
        let Second { id, grams } = old;
        Self {
            id,
            milligrams: u64::from(grams) * 1000,
        }
    }
}

fn parcel(version: &str, payload: &str) -> Vec<u8> {
    format!(
        r#"{{"messageId":"m-1","messageType":"ParcelWeighed","messageVersion":"{version}",
            "timestamp":"2026-03-02T09:15:00Z","source":"shipping","payload":{payload}}}"#
    )
    .into_bytes()
}

#[test]
fn a_third_version_reads_the_first_by_way_of_the_second() {
    for (version, payload, milligrams) in [
        ("1.0", r#"{"id":"p","pounds":2}"#, 908_000),
        ("1.4", r#"{"id":"p","pounds":2,"added":true}"#, 908_000),
        ("2.0", r#"{"id":"p","grams":908}"#, 908_000),
        ("3.0", r#"{"id":"p","milligrams":908001}"#, 908_001),
    ] {
        let envelope = Envelope::<Third>::decode(&parcel(version, payload)).unwrap();
        assert_eq!(envelope.payload().milligrams, milligrams, "{version}");
        assert_eq!(envelope.metadata().version.major, 3);
        assert_eq!(envelope.metadata().partition_key.as_deref(), Some("p"));
    }
    for version in ["0.9", "4.0"] {
        let error = Envelope::<Third>::decode(&parcel(version, "{}")).unwrap_err();
        assert!(error.is_unsupported_version(), "{version}");
    }
}

#[test]
fn an_event_of_ones_own_may_refuse_a_payload_in_its_own_words() {
    #[derive(Debug, serde::Serialize, serde::Deserialize)]
    struct Paid {
        order: String,
    }
    impl Event for Paid {
        const TYPE: &'static str = "Paid";
        const VERSION: Version = Version::new(2, 0);
        const OLDEST_MAJOR: u16 = 1;
        const AGGREGATE: &'static str = "order";
        const ROUTING_KEY: &'static str = "order.order.paid.v2";
        const KEY: &'static str = "order";

        fn key(&self) -> &str {
            &self.order
        }

        fn read_payload(payload: Payload<'_>) -> Result<Self, Error> {
            Err(payload.invalid("an order of version 1 is not converted"))
        }
    }
    let body = br#"{"messageId":"m","messageType":"Paid","messageVersion":"1.0","source":"s",
"timestamp":"2026-03-02T09:15:00Z","payload":{"order":"o"}}"#;
    let error = Envelope::<Paid>::decode(body).unwrap_err();
    assert!(error.is_payload());
    assert_eq!(
        error.to_string(),
        "the payload is not a valid Paid (line 2, column 46)"
    );
    let reason = std::error::Error::source(&error).unwrap().to_string();
    assert_eq!(reason, "an order of version 1 is not converted");
}

#[test]
fn an_old_payload_that_does_not_fit_is_an_error_with_its_place() {
    let error = Envelope::<Third>::decode(&parcel("1.0", r#"{"id":"p","pounds":"many"}"#)).unwrap_err();
    assert!(error.is_payload());
    assert_eq!(error.position().unwrap().line, 2);
}
