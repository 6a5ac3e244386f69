//! A projection steps in for a price that does not come.

use product_client::testing::Reply;
use product_client::{Answer, FallbackSource, GetVariantPrice, Price, Stored, Timestamp};

use crate::samples::{answered, price, variant_id};

struct Projection;

impl FallbackSource<GetVariantPrice> for Projection {
    async fn fallback(&self, call: &GetVariantPrice) -> Option<Stored<Price>> {
        assert_eq!(call.variant_id, variant_id());
        let mut price: Price = serde_json::from_value(price()).unwrap();
        price.current_price = "79.00".parse().unwrap();
        Some(Stored::new(
            price,
            "2026-11-22T10:00:00Z".parse::<Timestamp>().unwrap(),
        ))
    }
}

#[tokio::test(start_paused = true)]
async fn an_unavailable_service_gives_an_unconfirmed_price() {
    let (client, _) = answered(Reply::status(500));
    let answer = client
        .get_variant_price(variant_id())
        .or_fallback(&Projection)
        .await
        .unwrap();
    let Answer::Unconfirmed { value, as_of, cause } = answer else {
        panic!("{answer:?}")
    };
    assert_eq!(
        (value.current_price.to_string(), as_of.to_string()),
        ("79.00".into(), "2026-11-22T10:00:00Z".into())
    );
    assert_eq!(cause.status().map(|it| it.as_u16()), Some(500));
}

#[tokio::test(start_paused = true)]
async fn a_live_price_and_a_missing_variant_are_what_they_are() {
    let (client, _) = answered(Reply::json(200, &price()));
    assert!(
        client
            .get_variant_price(variant_id())
            .or_fallback(&Projection)
            .await
            .unwrap()
            .is_live()
    );
    let (client, _) = answered(Reply::status(404));
    assert!(
        client
            .get_variant_price(variant_id())
            .or_fallback(&Projection)
            .await
            .unwrap_err()
            .is_not_found()
    );
}
