//! The contract's resilience in force, operation by operation.

use std::time::Duration;

use product_client::testing::{Reply, ScriptedTransport};
use product_client::{CategoryId, ProductCreate};

use crate::samples::{client, price, product_id, variant_id};

fn product() -> ProductCreate {
    ProductCreate::new("Trail boot", "Kestrel", [CategoryId::new("c-1").unwrap()])
}

#[tokio::test(start_paused = true)]
async fn a_price_survives_a_failure_within_its_second_and_a_half() {
    let transport = ScriptedTransport::new([Reply::never(), Reply::status(503), Reply::json(200, &price())]);
    let begin = resilience::time::now();
    let response = client(&transport)
        .get_variant_price(variant_id())
        .send()
        .await
        .unwrap();
    assert_eq!(response.attempts(), 3);
    assert!(begin.elapsed() < Duration::from_millis(1500));
}

#[tokio::test(start_paused = true)]
async fn a_creation_is_repeated_under_one_key() {
    let transport = ScriptedTransport::new([Reply::interrupted(), Reply::status(503), Reply::status(409)]);
    client(&transport).create_product(product()).await.unwrap_err();
    let keys: Vec<_> = transport
        .requests()
        .iter()
        .map(|it| it.headers()["idempotency-key"].clone())
        .collect();
    assert_eq!(keys.len(), 3);
    assert!(keys.iter().all(|key| *key == keys[0]));
}

#[tokio::test(start_paused = true)]
async fn a_service_that_is_down_is_left_alone_and_stats_tell_it() {
    let transport = ScriptedTransport::always(Reply::status(503));
    let client = client(&transport);
    for _ in 0..10 {
        client.get_variant_price(variant_id()).await.unwrap_err();
    }
    assert_eq!(transport.requests().len(), 5);
    let stats = client.core().stats();
    assert_eq!((stats.calls, stats.failures, stats.attempts), (10, 10, 5));
    assert_eq!(stats.breaker_openings, 1);
    assert!(stats.rejections >= 8, "{stats:?}");
}

#[tokio::test(start_paused = true)]
async fn failing_writes_do_not_stop_checkout() {
    let transport =
        ScriptedTransport::new(vec![Reply::status(500); 5]).afterwards(Reply::json(200, &price()));
    let client = client(&transport);
    for _ in 0..5 {
        client.delete_product(product_id()).await.unwrap_err();
    }
    assert!(
        client
            .delete_product(product_id())
            .await
            .unwrap_err()
            .is_circuit_open()
    );
    client.get_variant_price(variant_id()).await.unwrap();
}
