//! Unions of a consumer's own making.

use event_contracts::discount::{DiscountCreated, v2};
use event_contracts::price::{ProductPriceChanged, ProductPriceEffective};
use event_contracts::product::ProductDeleted;
use event_contracts::{Event, FromEnvelope, RawEnvelope, Version, event_union};
use serde::{Deserialize, Serialize};

/// An event that this crate does not know.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct WishlistShared {
    wishlist_id: String,
}

impl Event for WishlistShared {
    const TYPE: &'static str = "WishlistShared";
    const ALIASES: &'static [&'static str] = &["WishlistPublished"];
    const VERSION: Version = Version::new(1, 0);
    const AGGREGATE: &'static str = "wishlist";
    const ROUTING_KEY: &'static str = "user.wishlist.shared.v1";
    const EXCHANGE: &'static str = "user.events";
    const KEY: &'static str = "wishlistId";

    fn key(&self) -> &str {
        &self.wishlist_id
    }
}

event_union! {
    /// Only these.
    #[derive(Debug, PartialEq)]
    enum Few {
        Shared(WishlistShared),
        Deleted(ProductDeleted),
    }
}

event_union! {
    /// These, and whatever else comes.
    #[derive(Debug, PartialEq)]
    enum All {
        Shared(WishlistShared),
        Changed(ProductPriceChanged),
        Effective(ProductPriceEffective),
        _ => Other,
    }
}

event_union! {
    /// Two major versions of one event, the newer one first.
    #[derive(Debug, PartialEq)]
    enum Discounts {
        New(v2::DiscountCreated),
        Old(DiscountCreated),
        _ => Other,
    }
}

fn shared(message_type: &str, version: &str) -> Vec<u8> {
    format!(
        r#"{{"messageId":"m","messageType":"{message_type}","messageVersion":"{version}","timestamp":"2026-03-02T09:15:00Z",
            "source":"user-service","payload":{{"wishlistId":"w-1"}}}}"#
    )
    .into_bytes()
}

#[test]
fn an_event_of_ones_own_is_read_by_all_its_names() {
    for name in [
        "WishlistShared",
        "WishlistSharedEvent.v1",
        "WishlistPublished",
        "WishlistPublishedV1",
        "wishlist.shared",
        "wishlist.published.v1",
        "user.wishlist_shared",
        "com.example.WishlistShared",
    ] {
        let body = shared(name, "1.2");
        let Few::Shared(envelope) = Few::decode(&body).unwrap() else {
            panic!("{name}")
        };
        assert_eq!(envelope.payload().wishlist_id, "w-1");
        assert_eq!(envelope.metadata().partition_key.as_deref(), Some("w-1"));
        assert!(matches!(All::decode(&body).unwrap(), All::Shared(_)));
    }
}

#[test]
fn a_closed_union_accepts_what_it_names() {
    for (body, is_accepted) in [
        (shared("WishlistShared", "1.0"), true),
        (shared("WishlistShared", "2.0"), false),
        (shared("WishlistForgotten", "1.0"), false),
        (shared("ProductPriceChanged", "1.0"), false),
    ] {
        let raw = RawEnvelope::parse(&body).unwrap();
        assert_eq!(Few::is_accepted(&raw), is_accepted);
        assert!(All::is_accepted(&raw));
        if !is_accepted {
            let error = Few::decode(&body).unwrap_err();
            assert!(error.is_other_type());
            assert_eq!(error.to_string(), "the message is not a Few");
        }
    }
}

#[test]
fn an_open_union_keeps_the_rest() {
    let body = shared("WishlistForgotten.v7", "7.1");
    let event = All::decode(&body).unwrap();
    assert_eq!(event.message_type(), "WishlistForgotten.v7");
    let All::Other(unknown) = &event else {
        panic!("{event:?}")
    };
    assert_eq!(unknown.payload_json(), r#"{"wishlistId":"w-1"}"#);
    assert_eq!(All::decode(&event.to_json().unwrap()).unwrap(), event);
}

#[test]
fn of_two_majors_each_message_becomes_its_own_in_whichever_way_it_is_read() {
    let payload = r#"{"discountId":"d","name":"n","type":"FREE_SHIPPING","value":0,"isActive":true,
        "validFrom":"2026-03-02T09:15:00Z","validUntil":"2026-04-02T09:15:00Z"}"#;
    let rest = r#""messageId":"m","timestamp":"2026-03-02T09:15:00Z","source":"product-service""#;
    for body in [
        format!(r#"{{"messageType":"DiscountCreated","messageVersion":"1.0","payload":{payload},{rest}}}"#),
        format!(r#"{{"payload":{payload},"messageType":"DiscountCreated","messageVersion":"1.0",{rest}}}"#),
    ] {
        let raw = RawEnvelope::parse(body.as_bytes()).unwrap();
        let event = Discounts::decode(body.as_bytes()).unwrap();
        assert!(matches!(event, Discounts::Old(_)), "{event:?}");
        assert_eq!(Discounts::from_envelope(&raw).unwrap(), event);
    }
}

#[test]
fn a_version_behind_the_payload_counts_in_whichever_way_it_is_read() {
    let body = br#"{"messageId":"m","messageType":"ProductPriceEffective.v1","timestamp":"2026-03-02T09:15:00Z",
        "source":"product-service","payload":{"productId":"p","variantId":"v","baseAmount":"1","currentAmount":"1",
        "currency":"USD","effectiveFrom":"2026-03-02T09:15:00Z","cause":"schedule"},"messageVersion":"2.0"}"#;
    let event = All::decode(body).unwrap();
    assert!(matches!(event, All::Other(_)), "{event:?}");
    assert_eq!(
        All::from_envelope(&RawEnvelope::parse(body).unwrap()).unwrap(),
        event
    );
}
