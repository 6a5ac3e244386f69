//! Re-pricing against a Product Service that comes back.

use crate::orders::{cart, snapshot};
use crate::scratch::Scratch;
use checkout::order_service::OrderService;
use checkout::order_service::bands::{Bands, Between};
use checkout::order_service::order::{Order, Quote};
use checkout::order_service::orders::Orders;
use product_client::testing::{Reply, ScriptedTransport};
use product_client::{ProductClient, ProductClientConfig};
use product_types::Timestamp;
use serde_json::json;
use std::time::Duration;

/// More lines than the three calls that a half-open circuit lets pass.
const LINES: [&str; 4] = ["v1", "v2", "v3", "v4"];

/// A service whose circuit opens by the first 5 answers, and that is well from then on.
fn recovering(scratch: &Scratch) -> OrderService {
    let variant = json!({
        "id": "v1", "productId": "p1", "sku": "SKU-1", "name": "Blue / L", "status": "ACTIVE",
        "productStatus": "ACTIVE", "purchasable": true,
        "price": {"amount": "10.00", "currency": "USD", "effectiveDate": "2026-11-01T00:00:00Z"},
        "attributes": [], "images": [], "inventoryStatus": "UNKNOWN", "inventorySetup": "READY", "version": 1,
        "createdAt": "2026-11-01T00:00:00Z", "updatedAt": "2026-11-01T00:00:00Z",
    });
    // Late enough that a read which is given up has not been answered yet.
    let well = Reply::json(200, &variant).after(Duration::from_millis(2));
    let mut config = ProductClientConfig::new("https://products.test/api/v1");
    config.breaker_open_ms = 1;
    config.retries = 0;
    let client = ProductClient::configured(config)
        .transport(ScriptedTransport::new(vec![Reply::status(503); 5]).afterwards(well))
        .build()
        .unwrap();
    OrderService::new(client, scratch.store.clone())
}

#[tokio::test]
async fn an_order_of_more_lines_than_trial_calls_is_settled_when_the_circuit_can_close() {
    let scratch = Scratch::new().await;
    let service = recovering(&scratch);
    for attempt in 0..5 {
        service
            .submit(&cart(&format!("early-{attempt}"), &["v1"]))
            .await
            .unwrap();
    }
    let quotes = vec![Quote::Unconfirmed(snapshot("10.00"), Timestamp::UNIX_EPOCH); LINES.len()];
    let order = Order::placed(
        "order-1".to_owned(),
        cart("cart-1", &LINES),
        quotes,
        Timestamp::UNIX_EPOCH,
    );
    let orders = Orders::new(scratch.store.clone());
    orders.place(&order).await.unwrap();

    let bands = Bands::new("1".parse().unwrap(), "10".parse().unwrap(), Between::Reprice).unwrap();
    let mut rounds = 0;
    while !service.reprice_waiting(bands).await.unwrap() {
        rounds += 1;
        assert!(rounds < 100_000, "the circuit stays half-open");
    }
    assert!(rounds > 0, "the service was not out");
    assert!(orders.unconfirmed(10).await.unwrap().is_empty());
}
