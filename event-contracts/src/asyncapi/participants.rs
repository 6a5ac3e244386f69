//! Who publishes and who consumes what, as the platform's documents have it.

use crate::catalogue::EventType;

/// The service that publishes the event: the owner of its exchange, which bears its name.
#[must_use]
pub fn producer(event: &EventType) -> String {
    format!("{}-service", domain(event))
}

/// The platform's services that consume the event. Of an event that is not in the catalogue nobody is known.
#[must_use]
pub fn consumers(event: &EventType) -> Vec<&'static str> {
    let all = CONSUMERS.iter();
    all.filter(|(_, consumes)| consumes(event))
        .map(|(service, _)| *service)
        .collect()
}

type Consumes = fn(&EventType) -> bool;

const CONSUMERS: [(&str, Consumes); 7] = [
    // Stock as an indicative view, averages of reviews, and the roles of users.
    ("product-service", |event| match domain(event) {
        "inventory" | "review" => true,
        "user" => event.aggregate == "role",
        _ => false,
    }),
    // A denormalised catalogue for carts and validation.
    ("order-service", |event| domain(event) == "product"),
    // Stock records are set up and retired.
    ("inventory-service", |event| {
        matches!(
            event.name,
            "ProductCreated" | "ProductVariantAdded" | "ProductVariantUpdated" | "ProductVariantRemoved"
        )
    }),
    // Search documents, composed of everything about a product.
    ("search-service", |event| match domain(event) {
        "product" | "review" => true,
        "inventory" => matches!(event.aggregate, "stock" | "status"),
        _ => false,
    }),
    // Name, image, price and status in wishlists and in lists of what was viewed.
    ("user-service", |event| match domain(event) {
        "product" => matches!(event.aggregate, "product" | "variant" | "price"),
        _ => event.name == "ProductViewed",
    }),
    // Name and image beside a review.
    ("review-service", |event| {
        matches!(event.name, "ProductCreated" | "ProductUpdated" | "ProductDeleted")
    }),
    // Price drops and discounts, for those who want to be told.
    ("notification-service", |event| {
        matches!(
            event.name,
            "ProductStatusChanged" | "ProductPriceChanged" | "UserPreferenceChanged"
        ) || event.aggregate == "discount"
    }),
];

/// The first word of the exchange.
fn domain(event: &EventType) -> &'static str {
    event.exchange.split('.').next().unwrap_or_default()
}
