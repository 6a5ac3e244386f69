//! From a call of the client to the event that a consumer receives.

use crate::service::Service;
use event_contracts::ProductEvent;
use event_messaging::Received;
use product_client::{
    CurrencyCode, PriceType, ProductCreate, ProductPatch, ProductStatus, SetPrice, VariantCreate,
};

/// The next event from the queue, acknowledged.
async fn next(service: &mut Service) -> ProductEvent {
    let delivery = service.events.recv().await.unwrap();
    let event = ProductEvent::decode(delivery.body()).expect("a typed event");
    delivery.ack();
    event
}

#[tokio::test]
async fn each_change_arrives_once_in_order_with_the_id_of_the_request_that_made_it() {
    let mut service = Service::start().await;
    service.forget_events().await;
    let client = service.client(&["admin"]);
    let category = client.list_categories().await.unwrap().items[0].id.clone();

    let new = ProductCreate::new("Winter Boot", "Fernweh", [category])
        .with_variants([VariantCreate::new("WB-1", "42")]);
    let product = client
        .create_product(new)
        .correlation_id("create-1")
        .await
        .unwrap();
    let variant = client
        .list_variants(product.id.clone())
        .await
        .unwrap()
        .items
        .remove(0);
    let price = SetPrice::new("89.90".parse().unwrap(), CurrencyCode::EUR, PriceType::Regular);
    client
        .set_variant_price(variant.id.clone(), price)
        .correlation_id("price-1")
        .await
        .unwrap();
    let active = ProductPatch::new()
        .with_status(ProductStatus::Active)
        .with_brand("Heimweh");
    client
        .patch_product(product.id.clone(), active)
        .correlation_id("patch-1")
        .await
        .unwrap();
    client
        .delete_product(product.id.clone())
        .correlation_id("delete-1")
        .await
        .unwrap();

    let mut seen = Vec::new();
    for _ in 0..5 {
        let event = next(&mut service).await;
        let metadata = event.metadata();
        assert_eq!(metadata.partition_key.as_deref(), Some(product.id.as_str()));
        seen.push((
            event.message_type().to_owned(),
            metadata.correlation_id.clone().unwrap(),
            metadata.sequence.unwrap(),
        ));
    }
    let mut changes = seen[2..4].to_vec();
    changes.sort();
    assert_eq!(
        (seen[0].0.as_str(), seen[0].1.as_str()),
        ("ProductCreated", "create-1")
    );
    assert_eq!(
        (seen[1].0.as_str(), seen[1].1.as_str()),
        ("ProductPriceChanged", "price-1")
    );
    assert_eq!(changes[0].0, "ProductStatusChanged");
    assert_eq!(changes[1].0, "ProductUpdated");
    assert_eq!(
        (seen[4].0.as_str(), seen[4].1.as_str()),
        ("ProductDeleted", "delete-1")
    );
    let sequences: Vec<u64> = seen.iter().map(|(_, _, sequence)| *sequence).collect();
    assert_eq!(sequences, [1, 2, 3, 4, 5]);
    assert_eq!(service.events.ready(), 0, "nothing else was published");
}

#[tokio::test]
async fn a_refused_change_publishes_nothing() {
    let mut service = Service::start().await;
    service.forget_events().await;
    let client = service.client(&["admin"]);
    let category = client.list_categories().await.unwrap().items[0].id.clone();
    let unknown = "0f0f0f0f-0f0f-4f0f-8f0f-0f0f0f0f0f0f".parse().unwrap();
    let twin = ProductCreate::new("Winter Boot", "Fernweh", [category, unknown]);
    client.create_product(twin).await.unwrap_err();
    // A change that succeeds comes first, so nothing was written before it.
    let category = client.list_categories().await.unwrap().items[0].id.clone();
    client
        .create_product(ProductCreate::new("Summer Boot", "Fernweh", [category]))
        .await
        .unwrap();
    let ProductEvent::Created(created) = next(&mut service).await else {
        panic!("a product was created")
    };
    assert_eq!(created.payload().name, "Summer Boot");
}
