//! The real client against the real server over HTTP.

use crate::service::{Service, patient};
use product_client::{
    Answer, CategoryId, CurrencyCode, Decimal, Error, FallbackSource, GetVariant, Patch, PriceType,
    ProductClient, ProductCreate, ProductPatch, ProductStatus, SetPrice, Stored, Timestamp, Variant,
    VariantCreate, VariantId, VariantPatch,
};
use reference_server::faults::FaultPlan;
use std::collections::BTreeSet;

/// A projection of one variant, as an order service would keep of all.
struct Remembered(Variant);

impl FallbackSource<GetVariant> for Remembered {
    async fn fallback(&self, call: &GetVariant) -> Option<Stored<Variant>> {
        (call.variant_id == self.0.id).then(|| Stored::new(self.0.clone(), Timestamp::UNIX_EPOCH))
    }
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

async fn a_category(client: &ProductClient) -> CategoryId {
    client.list_categories().await.unwrap().items[0].id.clone()
}

async fn a_variant(client: &ProductClient) -> Variant {
    let product = client
        .list_products()
        .status(ProductStatus::Active)
        .limit(1)
        .await
        .unwrap()
        .items
        .remove(0);
    client.list_variants(product.id).await.unwrap().items.remove(0)
}

#[tokio::test]
async fn a_product_lives_from_creation_to_deletion() {
    let service = Service::start().await;
    let client = service.client(&["admin"]);

    let new = ProductCreate::new("Winter Boot", "Fernweh", [a_category(&client).await])
        .with_short_description("Warm.")
        .with_variants([VariantCreate::new("WB-1", "Size 42")]);
    let created = client
        .create_product(new)
        .correlation_id("order-1")
        .send()
        .await
        .unwrap();
    assert_eq!(created.status(), 201);
    assert_eq!(created.correlation_id(), "order-1");
    let etag = created.etag().unwrap().to_owned();
    let product = created.into_value();
    assert_eq!(product.status, ProductStatus::Draft);

    let unchanged = client
        .get_product(product.id.clone())
        .if_none_match(etag.clone())
        .await
        .unwrap_err();
    assert!(unchanged.is_not_modified());

    let patch = ProductPatch::new()
        .with_status(ProductStatus::Active)
        .with_short_description(Patch::Null);
    let changed = client
        .patch_product(product.id.clone(), patch)
        .if_match(etag.clone())
        .await
        .unwrap();
    assert_eq!(
        (changed.status, changed.short_description),
        (ProductStatus::Active, None)
    );
    let late = ProductPatch::new().with_name("Summer Boot");
    let late = client
        .patch_product(product.id.clone(), late)
        .if_match(etag)
        .await
        .unwrap_err();
    assert_eq!(late.status().unwrap(), 412);

    let variant = client
        .list_variants(product.id.clone())
        .await
        .unwrap()
        .items
        .remove(0);
    assert!(!variant.purchasable, "a draft without a price can't be bought");
    let on_sale = VariantPatch::new().with_status(ProductStatus::Active);
    client.patch_variant(variant.id.clone(), on_sale).await.unwrap();
    let price =
        SetPrice::new(decimal("89.90"), CurrencyCode::EUR, PriceType::Sale).with_sale_price(decimal("71.92"));
    let price = client.set_variant_price(variant.id.clone(), price).await.unwrap();
    assert_eq!(
        (price.current_price, price.discount_percentage),
        (decimal("71.92"), decimal("20"))
    );

    let batch = client
        .batch_variants(product_client::VariantIds::new([variant.id.clone()]))
        .await
        .unwrap();
    assert!(batch.items[0].purchasable);
    assert_eq!(batch.items[0].price.as_ref().unwrap().amount, decimal("71.92"));

    client.delete_product(product.id.clone()).await.unwrap();
    assert!(client.get_product(product.id).await.unwrap_err().is_not_found());
    assert!(client.get_variant(variant.id).await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn pages_in_a_stable_order_hold_every_product_once() {
    let service = Service::start().await;
    let client = service.client(&["admin"]);
    let mut seen = BTreeSet::new();
    let mut page = 1;
    let total = loop {
        let products = client
            .list_products()
            .sort(["id"])
            .limit(7)
            .page(page)
            .await
            .unwrap();
        for product in &products.items {
            assert!(seen.insert(product.id.clone()), "{} was listed twice", product.id);
        }
        if products.items.is_empty() {
            break products.total;
        }
        page += 1;
    };
    assert_eq!(seen.len() as u64, total);
}

#[tokio::test]
async fn a_refusal_is_typed_and_names_the_field() {
    let service = Service::start().await;
    let client = service.client(&["admin"]);
    let nameless = ProductCreate::new("x", "Fernweh", [a_category(&client).await]);
    let refused = client.create_product(nameless).await.unwrap_err();
    let said = refused.api().unwrap();
    assert_eq!(
        (said.status.as_u16(), said.error.as_str()),
        (400, "ValidationError")
    );
    assert!(said.details.contains_key("name"), "{:?}", said.details);
    assert_eq!(said.correlation_id.as_deref(), refused.correlation_id());
    assert_eq!(refused.attempts(), 1);
}

#[tokio::test]
async fn without_the_right_token_a_write_is_denied_and_a_read_is_not() {
    let service = Service::start().await;
    let variant = a_variant(&service.client(&["admin"])).await;
    let price = || SetPrice::new(decimal("1.00"), CurrencyCode::USD, PriceType::Regular);
    for (client, status) in [(service.anonymous(), 401), (service.client(&["user"]), 403)] {
        let denied = client
            .set_variant_price(variant.id.clone(), price())
            .await
            .unwrap_err();
        assert!(denied.is_denied() && !denied.is_unavailable());
        assert_eq!(denied.status().unwrap(), status);
        assert_eq!(client.get_variant(variant.id.clone()).await.unwrap(), variant);
    }
}

#[tokio::test]
async fn what_is_not_there_never_falls_back() {
    let service = Service::start().await;
    let client = service.client(&["user"]);
    let mut gone = a_variant(&client).await;
    gone.id = VariantId::new("0f0f0f0f-0f0f-4f0f-8f0f-0f0f0f0f0f0f").unwrap();
    let error = client
        .get_variant(gone.id.clone())
        .or_fallback(&Remembered(gone))
        .await
        .unwrap_err();
    assert!(error.is_not_found());
}

#[tokio::test]
async fn a_failing_service_is_retried_then_left_alone_and_the_projection_answers() {
    let service = Service::start().await;
    let client = service.client(&["user"]);
    let variant = a_variant(&client).await;
    service.answer_everything_with(503);

    let mut causes = Vec::new();
    for _ in 0..4 {
        let remembered = Remembered(variant.clone());
        match client
            .get_variant(variant.id.clone())
            .or_fallback(&remembered)
            .await
            .unwrap()
        {
            Answer::Unconfirmed { value, as_of, cause } => {
                assert_eq!((value, as_of), (variant.clone(), Timestamp::UNIX_EPOCH));
                causes.push(cause);
            }
            Answer::Live(_) => panic!("the service is down"),
        }
    }
    assert_eq!(causes[0].status().unwrap(), 503);
    assert_eq!(causes[0].attempts(), 4, "three retries");
    let last = causes.last().unwrap();
    assert!(last.is_circuit_open() && !last.may_have_been_sent());
    let stats = client.core().stats();
    assert!(stats.retries >= 3 && stats.breaker_openings == 1, "{stats:?}");
    assert!(service.struck() < 16, "an open circuit is not called into");

    service.heal();
    let still_open: Error = client.get_variant(variant.id.clone()).await.unwrap_err();
    assert!(still_open.is_circuit_open());
    assert!(still_open.retry_after().is_some());
    // Another breaker group is not concerned.
    client.list_products().await.unwrap();
}

#[tokio::test]
async fn a_lost_answer_never_creates_a_product_twice() {
    let service = Service::start().await;
    let client = service.client_with(&["admin"], patient());
    let category = a_category(&client).await;
    let mut plan = FaultPlan::errors(0.5);
    plan.lost_answer_share = 1.0;
    plan.statuses = vec![reqwest::StatusCode::BAD_GATEWAY];
    service.strike(plan);

    for number in 0..25 {
        let new = ProductCreate::new(format!("Boot {number}"), "Twice", [category.clone()]);
        let created = client.create_product(new).await;
        // Had a retry been taken for a second request, the name would be taken: 409.
        assert!(created.is_ok(), "{number}: {created:?}");
    }
    service.heal();
    assert!(client.core().stats().retries > 5);
    let products = client.list_products().brand("Twice").limit(100).await.unwrap();
    assert_eq!(products.total, 25);
}

#[tokio::test]
async fn broken_connections_are_retried_and_end_in_the_right_answer() {
    let service = Service::start().await;
    let client = service.client_with(&["user"], patient());
    let variant = a_variant(&client).await;
    let mut plan = FaultPlan::default();
    plan.reset_rate = 0.25;
    plan.truncation_rate = 0.25;
    service.strike(plan);
    for _ in 0..25 {
        assert_eq!(client.get_variant(variant.id.clone()).await.unwrap(), variant);
    }
    assert!(service.struck() > 5);
}
