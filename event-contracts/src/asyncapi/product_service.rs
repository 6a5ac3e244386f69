use super::{Document, consumers};
use crate::schema;
use serde_json::json;

const SERVICE: &str = "product-service";

/// The Product Service's own document: it sends what goes over its exchange, and receives what it consumes from its
/// neighbours. Examples are the caller's to add.
pub fn product_service() -> Document {
    let document = Document::new("Product Service events", env!("CARGO_PKG_VERSION"))
        .with_info(
            "description",
            json!(
                "What the Product Service publishes, and what it consumes from its neighbours.\n\n\
                 - Every message is the canonical envelope (`StandardMessage`) in JSON, on RabbitMQ and on Kafka alike.\n\
                 - Delivery is at least once: `messageId` tells what was seen already. Order is kept for each \
                 `partitionKey`.\n\
                 - Money is a decimal string with a separate currency. Ids are opaque text.\n\
                 - Readers ignore fields and keep words that they do not know: a minor version adds, and a major \
                 version has a channel of its own."
            ),
        )
        .with_info("contact", json!({ "name": "The maintainers of the Product Service" }))
        .with_info("license", json!({ "name": "MIT OR Apache-2.0", "url": "https://opensource.org/license/mit" }));
    schema::ALL.iter().fold(document, |document, contract| {
        let event = contract.event();
        if event.exchange == "product.events" {
            document.sends(*contract)
        } else if consumers(event).contains(&SERVICE) {
            document.receives(*contract)
        } else {
            document
        }
    })
}
