//! Prices: what is in force, since when, and what comes after.

use crate::api::{Api, broker, next_event, relay, text};
use event_contracts::ProductEvent;
use event_messaging::memory::Queue;
use reference_server::{ManualClock, ReferenceServer, Role};
use reqwest::Method;
use serde_json::{Value, json};
use std::time::Duration;

async fn set(api: &Api, variant: &str, price: &Value) -> crate::api::Answer {
    let token = api.server.token(&[Role::Marketing], &[]);
    let path = format!("/products/variants/{variant}/price");
    api.request(Method::PUT, &path)
        .bearer(&token)
        .json(price)
        .send()
        .await
}

async fn current(api: &Api, variant: &str) -> String {
    let price = api
        .get(&format!("/products/variants/{variant}/price"))
        .send()
        .await
        .expect(200);
    let shown = api
        .get(&format!("/products/variants/{variant}"))
        .send()
        .await
        .expect(200);
    assert_eq!(
        price["currentPrice"], shown["price"]["amount"],
        "both reads say the same"
    );
    text(&price["currentPrice"])
}

#[tokio::test]
async fn a_price_is_set_as_a_whole_and_answered_with_what_follows_from_it() {
    let api = Api::start().await;
    let (_, variant) = api.on_sale("Jacket").await;
    let price = json!({
        "basePrice": "119.9",
        "salePrice": "89.90",
        "msrp": "129",
        "currency": "USD",
        "priceType": "SALE",
        "changeReason": "Autumn sale",
        "metadata": { "campaign": 7 },
    });
    let answer = set(&api, &variant, &price).await;
    let etag = answer.header("etag").to_owned();
    let mut set_price = answer.expect(200);
    let read = api
        .get(&format!("/products/variants/{variant}/price"))
        .send()
        .await;
    assert_eq!(read.header("etag"), etag);
    assert_eq!(read.expect(200), set_price);
    assert!(set_price["effectiveDate"].take().is_string());
    assert_eq!(
        set_price,
        json!({
            "variantId": variant,
            "basePrice": "119.90",
            "salePrice": "89.90",
            "msrp": "129.00",
            "currentPrice": "89.90",
            "discountAmount": "30.00",
            "discountPercentage": "25.02",
            "priceType": "SALE",
            "currency": "USD",
            "effectiveDate": null,
            "metadata": { "campaign": 7 },
        })
    );
}

#[tokio::test]
async fn a_price_breaks_its_rules_by_name() {
    let api = Api::start().await;
    let (_, variant) = api.on_sale("Jacket").await;
    let base = json!({ "basePrice": "10.00", "currency": "USD", "priceType": "REGULAR" });
    let cases = [
        ("basePrice", json!("0.00")),
        ("basePrice", json!("-1.00")),
        ("basePrice", json!("1.234")),
        ("basePrice", json!(10.0)),
        ("basePrice", json!("010.00")),
        ("basePrice", json!("1000000000000")),
        ("salePrice", json!("10.01")),
        ("msrp", json!("9.99")),
        ("currency", json!("usd")),
        ("currency", json!("KWD")),
        ("currency", json!("ABC")),
        ("priceType", json!("GIFT")),
        ("effectiveUntil", json!("2020-01-01T00:00:00Z")),
        ("effectiveFrom", json!("tomorrow")),
        ("changeReason", json!("x".repeat(501))),
    ];
    for (field, value) in cases {
        let mut price = base.clone();
        price[field] = value.clone();
        let details = set(&api, &variant, &price)
            .await
            .expect_error(400, "ValidationError");
        assert!(details.get(field).is_some(), "{field} {value}: {details}");
    }
    let mut yen = base.clone();
    yen["currency"] = json!("JPY");
    set(&api, &variant, &yen)
        .await
        .expect_error(400, "ValidationError");
    yen["basePrice"] = json!("1000");
    assert_eq!(
        set(&api, &variant, &yen).await.expect(200)["currentPrice"],
        "1000"
    );
    let nobody = uuid::Uuid::now_v7().to_string();
    set(&api, &nobody, &base).await.expect_error(404, "NotFound");
}

#[tokio::test]
async fn a_variant_without_a_price_has_none_to_read() {
    let api = Api::start().await;
    let (product, _) = api.on_sale("Jacket").await;
    let path = format!("/products/{product}/variants");
    let body = json!({ "sku": "bare", "name": "bare" });
    let variant = api
        .manager(Method::POST, &path)
        .json(&body)
        .send()
        .await
        .expect(201);
    let variant = text(&variant["id"]);
    api.get(&format!("/products/variants/{variant}/price"))
        .send()
        .await
        .expect_error(404, "NotFound");
    let scheduled = json!({ "basePrice": "1", "currency": "USD", "priceType": "REGULAR",
        "effectiveFrom": "2999-01-01T00:00:00Z" });
    set(&api, &variant, &scheduled)
        .await
        .expect_error(400, "ValidationError");
    let with_an_end = json!({ "basePrice": "1", "currency": "USD", "priceType": "REGULAR",
        "effectiveUntil": "2999-01-01T00:00:00Z" });
    set(&api, &variant, &with_an_end)
        .await
        .expect_error(400, "ValidationError");
}

/// A server whose clock the test turns, and its events.
async fn by_hand() -> (Api, ManualClock, Queue, String) {
    let clock = ManualClock::at("2026-11-23T08:00:00Z".parse().expect("an instant"));
    let (broker, queue) = broker();
    let server = ReferenceServer::builder()
        .clock(clock.clone())
        .publisher(broker)
        .relay(relay());
    let api = Api::of(server).await;
    let (_, variant) = api.on_sale("Jacket").await;
    for _ in 0..api.events_written().await {
        next_event(&queue).await;
    }
    (api, clock, queue, variant)
}

#[tokio::test]
async fn a_scheduled_price_comes_into_force_at_its_moment_and_goes_at_its_end() {
    let (api, clock, queue, variant) = by_hand().await;
    let sale = json!({ "basePrice": "119.90", "salePrice": "99.00", "currency": "USD", "priceType": "SALE",
        "effectiveFrom": "2026-11-23T09:00:00Z", "effectiveUntil": "2026-11-23T10:00:00Z" });
    let answer = set(&api, &variant, &sale).await.expect(200);
    assert_eq!(
        answer["currentPrice"], "119.90",
        "the answer is the price still in force"
    );
    let (ProductEvent::PriceChanged(changed), ..) = next_event(&queue).await else {
        panic!("the change is told at once");
    };
    let told = &changed.payload().new_price;
    assert_eq!(
        told.sale_amount.map(|amount| amount.to_string()).as_deref(),
        Some("99.00")
    );
    assert_eq!(
        told.current_amount.map(|amount| amount.to_string()).as_deref(),
        Some("119.90")
    );
    assert_eq!(current(&api, &variant).await, "119.90");

    for (expected, since) in [
        ("99.00", "2026-11-23T09:00:00Z"),
        ("119.90", "2026-11-23T10:00:00Z"),
    ] {
        clock.advance(Duration::from_secs(3_600));
        let (ProductEvent::PriceEffective(effective), ..) = next_event(&queue).await else {
            panic!("the passing of time is told");
        };
        assert_eq!(effective.payload().current_amount.to_string(), expected);
        assert_eq!(effective.payload().effective_from.to_string(), since);
        assert_eq!(effective.payload().cause.as_str(), "schedule");
        assert_eq!(current(&api, &variant).await, expected);
    }
}

#[tokio::test]
async fn what_a_buyer_pays_is_not_told_in_the_currency_of_a_price_that_waits() {
    let (api, clock, queue, variant) = by_hand().await;
    let later = json!({ "basePrice": "15000", "currency": "JPY", "priceType": "REGULAR",
        "effectiveFrom": "2026-11-23T09:00:00Z" });
    set(&api, &variant, &later).await.expect(200);
    let (ProductEvent::PriceChanged(changed), ..) = next_event(&queue).await else {
        panic!("the change is told at once");
    };
    let changed = changed.payload();
    assert!(changed.is_scheduled());
    assert_eq!(
        changed.current_amount(),
        None,
        "119.90 USD are in force, not 119.90 JPY"
    );
    clock.advance(Duration::from_secs(3_600));
    let (ProductEvent::PriceEffective(effective), ..) = next_event(&queue).await else {
        panic!("the passing of time is told");
    };
    let effective = effective.payload();
    assert_eq!(
        (effective.current_amount.to_string(), effective.currency.as_str()),
        ("15000".to_owned(), "JPY")
    );
}

#[tokio::test]
async fn a_price_set_at_once_does_away_with_what_was_scheduled() {
    let (api, clock, queue, variant) = by_hand().await;
    let later = json!({ "basePrice": "150.00", "currency": "USD", "priceType": "REGULAR",
        "effectiveFrom": "2026-11-23T09:00:00Z" });
    set(&api, &variant, &later).await.expect(200);
    let now = json!({ "basePrice": "100.00", "currency": "USD", "priceType": "REGULAR" });
    set(&api, &variant, &now).await.expect(200);
    let soon = json!({ "basePrice": "90.00", "currency": "USD", "priceType": "REGULAR",
        "effectiveFrom": "2026-11-23T09:30:00Z" });
    set(&api, &variant, &soon).await.expect(200);
    for _ in 0..3 {
        next_event(&queue).await;
    }
    clock.advance(Duration::from_secs(2 * 3_600));
    let (event, _, sequence) = next_event(&queue).await;
    let ProductEvent::PriceEffective(effective) = event else {
        panic!("the passing of time is told");
    };
    assert_eq!(effective.payload().current_amount.to_string(), "90.00");
    assert_eq!(current(&api, &variant).await, "90.00");
    assert_eq!(api.events_written().await, sequence, "150.00 never was in force");
}

#[tokio::test]
async fn moments_are_answered_as_they_are_kept_to_the_microsecond() {
    let clock = ManualClock::at("2026-11-23T08:00:00.123456789Z".parse().expect("an instant"));
    let api = Api::of(ReferenceServer::builder().clock(clock)).await;
    let product = api.product("Jacket").await;
    assert_eq!(product["createdAt"], "2026-11-23T08:00:00.123456Z");
    let path = format!("/products/{}/variants", text(&product["id"]));
    let body = json!({ "sku": "S1", "name": "n", "price": { "basePrice": "10", "currency": "USD",
        "priceType": "REGULAR", "effectiveFrom": "2020-01-01T00:00:00.123456789Z" } });
    let create = || {
        let request = api.manager(Method::POST, &path).json(&body);
        request.header("idempotency-key", "k-1").send()
    };
    let created = create().await;
    let etag = created.header("etag").to_owned();
    let variant = created.expect(201);
    assert_eq!(variant["price"]["effectiveDate"], "2020-01-01T00:00:00.123456Z");
    assert_eq!(create().await.expect(201), variant, "so it is replayed");

    let path = format!("/products/variants/{}", text(&variant["id"]));
    let read = api.manager(Method::GET, &path).send().await;
    assert_eq!(read.header("etag"), etag);
    assert_eq!(read.expect(200), variant);
    let patch = api.manager(Method::PATCH, &path).header("if-match", &etag);
    patch.json(&json!({ "name": "m" })).send().await.expect(200);
}
