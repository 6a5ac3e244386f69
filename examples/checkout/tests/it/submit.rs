//! Submitting a cart, against a Product Service whose answers are scripted.

use crate::events::{created, taken_off_sale};
use crate::orders::cart;
use crate::scratch::Scratch;
use checkout::order_service::OrderService;
use checkout::order_service::order::Placement;
use product_client::testing::{Reply, ScriptedTransport};
use product_client::{ProductClient, ProductClientConfig};
use product_types::Timestamp;
use serde_json::json;
use sqlx::Row;

/// What the events of this module's projection say costs 10.00 costs 12.50 by now.
fn live(purchasable: bool) -> Reply {
    Reply::json(
        200,
        &json!({
            "id": "v1", "productId": "p1", "sku": "SKU-1", "name": "Blue / L", "status": "ACTIVE",
            "productStatus": "ACTIVE", "purchasable": purchasable,
            "price": {"amount": "12.50", "currency": "USD", "effectiveDate": "2026-11-01T00:00:00Z"},
            "attributes": [{"name": "Size", "value": "L"}], "images": [], "inventoryStatus": "UNKNOWN",
            "inventorySetup": "READY", "version": 1, "createdAt": "2026-11-01T00:00:00Z",
            "updatedAt": "2026-11-01T00:00:00Z",
        }),
    )
}

struct Shop {
    service: OrderService,
    transport: ScriptedTransport,
    scratch: Scratch,
}

impl Shop {
    /// The Product Service gives this answer, always.
    async fn answered(reply: Reply) -> Self {
        let scratch = Scratch::new().await;
        let transport = ScriptedTransport::always(reply);
        let mut config = ProductClientConfig::new("https://products.test/api/v1");
        config.retries = 0;
        let client = ProductClient::configured(config)
            .transport(transport.clone())
            .build()
            .unwrap();
        Self {
            service: OrderService::new(client, scratch.store.clone()),
            transport,
            scratch,
        }
    }

    /// The events of one product, on sale at 10.00, have arrived.
    async fn with_projection(self) -> Self {
        let projection = self.service.projection();
        projection
            .take_in(&created(1), Timestamp::UNIX_EPOCH)
            .await
            .unwrap();
        self
    }

    /// Submits a cart of one line and gives placement, reason, price and source of the price, as stored.
    async fn placed(&self) -> (Placement, Option<String>, Option<String>, Option<String>) {
        let receipt = self.service.submit(&cart("cart-1", &["v1"])).await.unwrap();
        let row =
            sqlx::query("SELECT reason, amount, price_source FROM orders JOIN order_lines USING (order_id)")
                .fetch_one(self.scratch.store.read())
                .await
                .unwrap();
        (
            receipt.placement,
            row.get("reason"),
            row.get("amount"),
            row.get("price_source"),
        )
    }
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[tokio::test]
async fn a_live_price_confirms_whatever_the_projection_says() {
    let shop = Shop::answered(live(true)).await.with_projection().await;
    assert_eq!(
        shop.placed().await,
        (Placement::Confirmed, None, some("12.50"), some("live"))
    );
}

#[tokio::test]
async fn without_an_answer_the_projections_price_is_taken_and_marked() {
    for silence in [
        Reply::status(500),
        Reply::status(503),
        Reply::no_connection(),
        Reply::interrupted(),
    ] {
        let shop = Shop::answered(silence).await.with_projection().await;
        let expected = (
            Placement::OnFallback,
            some("no live price"),
            some("10.00"),
            some("projection"),
        );
        assert_eq!(shop.placed().await, expected);
    }
}

#[tokio::test]
async fn a_definitive_no_rejects_whatever_the_projection_says() {
    let shop = Shop::answered(Reply::status(404)).await.with_projection().await;
    assert_eq!(
        shop.placed().await,
        (Placement::Rejected, some("v1: not found"), None, None)
    );

    let shop = Shop::answered(live(false)).await.with_projection().await;
    assert_eq!(
        shop.placed().await,
        (Placement::Rejected, some("v1: not purchasable"), None, None)
    );
}

#[tokio::test]
async fn without_an_answer_and_without_a_projection_the_order_is_rejected_and_kept() {
    let shop = Shop::answered(Reply::status(503)).await;
    assert_eq!(
        shop.placed().await,
        (Placement::Rejected, some("v1: cannot be priced"), None, None)
    );
}

#[tokio::test]
async fn what_was_last_known_to_be_off_sale_is_not_sold_on_fallback() {
    let shop = Shop::answered(Reply::status(503)).await.with_projection().await;
    shop.service
        .projection()
        .take_in(&taken_off_sale(2), Timestamp::UNIX_EPOCH)
        .await
        .unwrap();
    let reason = some("v1: not purchasable as last known");
    assert_eq!(shop.placed().await, (Placement::Rejected, reason, None, None));
}

#[tokio::test]
async fn a_cart_submitted_again_gets_its_receipt_and_asks_nobody() {
    let shop = Shop::answered(live(true)).await;
    let cart = cart("cart-1", &["v1"]);
    let first = shop.service.submit(&cart).await.unwrap();
    let asked = shop.transport.requests().len();
    assert_eq!(shop.service.submit(&cart).await.unwrap(), first);
    assert_eq!(shop.transport.requests().len(), asked);
}

#[tokio::test]
async fn a_cart_submitted_twice_at_once_is_one_order_with_one_number() {
    let shop = Shop::answered(live(true)).await;
    let cart = cart("cart-1", &["v1"]);
    let (one, other) = tokio::join!(shop.service.submit(&cart), shop.service.submit(&cart));
    assert_eq!(one.unwrap(), other.unwrap());
    let orders: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM orders")
        .fetch_one(shop.scratch.store.read())
        .await
        .unwrap();
    assert_eq!(orders, 1);
}
