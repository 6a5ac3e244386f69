//! Answers as the service gives them, and clients over a script.

use product_client::testing::{Reply, ScriptedTransport};
use product_client::{ProductClient, ProductId, VariantId};
use serde_json::{Value, json};

pub(crate) const VARIANT: &str = "018f2f6e-0d0b-7d52-a3c5-6f2b6e6a0002";
pub(crate) const PRODUCT: &str = "018f2f6e-0d0b-7d52-a3c5-6f2b6e6a0001";

pub(crate) fn variant_id() -> VariantId {
    VariantId::new(VARIANT).unwrap()
}

pub(crate) fn product_id() -> ProductId {
    ProductId::new(PRODUCT).unwrap()
}

pub(crate) fn price() -> Value {
    json!({
        "variantId": VARIANT, "basePrice": "99.90", "salePrice": "89.90", "currentPrice": "89.90",
        "discountAmount": "10.00", "discountPercentage": "10.01", "priceType": "SALE", "currency": "EUR",
        "effectiveDate": "2026-11-01T00:00:00Z", "metadata": {},
    })
}

pub(crate) fn client(transport: &ScriptedTransport) -> ProductClient {
    ProductClient::builder("https://products.test/api/v1")
        .transport(transport.clone())
        .build()
        .unwrap()
}

/// A client that is answered once, and the script to ask what it sent.
pub(crate) fn answered(reply: Reply) -> (ProductClient, ScriptedTransport) {
    let transport = ScriptedTransport::new([reply]);
    (client(&transport), transport)
}
