//! Every resource has the fields of the platform's pages, under their names, and no other.

use super::document::Contract;
use std::collections::BTreeSet;

/// A schema and its fields; `?` after a field that may be absent.
const FIELDS: &[(&str, &str)] = &[
    (
        "Product",
        "id name description shortDescription? brand categoryIds tags status attributes images searchKeywords \
         countryOfOrigin? isHazardousMaterial averageRating reviewCount metadata version createdAt updatedAt",
    ),
    (
        "ProductCreate",
        "name brand categoryIds description? shortDescription? tags? attributes? images? searchKeywords? \
         countryOfOrigin? isHazardousMaterial? metadata? variants?",
    ),
    (
        "ProductPatch",
        "name? brand? categoryIds? description? shortDescription? tags? status? attributes? images? searchKeywords? \
         countryOfOrigin? isHazardousMaterial? metadata?",
    ),
    ("ProductStatusChange", "status"),
    (
        "ProductValidationStatus",
        "productId name status reviewable purchasable",
    ),
    ("ProductPage", "items total page limit"),
    ("ProductIds", "ids"),
    ("ProductBatch", "items missing"),
    ("Image", "url alt? position"),
    ("Attribute", "name value"),
    (
        "Variant",
        "id productId sku name status productStatus purchasable price? attributes images inventoryStatus inventoryAsOf? \
         inventorySetup version createdAt updatedAt",
    ),
    ("VariantPrice", "amount currency effectiveDate"),
    ("VariantPage", "items total page limit"),
    ("VariantIds", "ids"),
    ("VariantBatch", "items missing"),
    (
        "Price",
        "variantId basePrice salePrice? msrp? currentPrice discountAmount discountPercentage priceType currency \
         effectiveDate metadata",
    ),
    (
        "SetPrice",
        "basePrice salePrice? msrp? currency priceType effectiveFrom? effectiveUntil? changeReason? metadata?",
    ),
    (
        "PriceHistoryEntry",
        "basePrice salePrice? msrp? currency priceType changedAt changedBy changeReason?",
    ),
    ("PriceHistoryPage", "items total page limit"),
    (
        "Discount",
        "id name description type value currency? startDate endDate status conditions metadata createdAt updatedAt",
    ),
    ("DiscountApply", "discountId priority?"),
    ("DiscountPage", "items total page limit"),
    (
        "Category",
        "id name description parentId level path children metadata createdAt updatedAt",
    ),
    ("CategoryPage", "items total page limit"),
    ("Error", "error message statusCode details? correlationId"),
];

/// An enum and its words.
const WORDS: &[(&str, &str)] = &[
    ("ProductStatus", "DRAFT ACTIVE INACTIVE DISCONTINUED"),
    ("InventoryStatus", "IN_STOCK OUT_OF_STOCK LOW_STOCK UNKNOWN"),
    ("InventorySetup", "PENDING READY FAILED"),
    ("PriceType", "REGULAR SALE CLEARANCE PROMOTIONAL"),
    (
        "DiscountType",
        "PERCENTAGE FIXED_AMOUNT FREE_SHIPPING BUY_X_GET_Y",
    ),
    ("DiscountStatus", "DRAFT ACTIVE PAUSED EXPIRED"),
    (
        "ErrorCode",
        "ValidationError InvalidRequest Unauthorized Forbidden NotFound Conflict PreconditionFailed IdempotencyMismatch \
         TooManyRequests InternalError ServiceUnavailable",
    ),
];

#[test]
fn every_resource_has_the_fields_of_the_platform_and_no_other() {
    let contract = Contract::load();
    for (name, fields) in FIELDS {
        let schema = &contract.schemas()[*name];
        let required: BTreeSet<&str> = texts(&schema["required"]).collect();
        let properties = schema["properties"].as_object().expect("an object has fields");
        let documented: BTreeSet<String> = properties
            .keys()
            .map(|field| match required.contains(field.as_str()) {
                true => field.clone(),
                false => format!("{field}?"),
            })
            .collect();
        let expected: BTreeSet<String> = fields.split_whitespace().map(str::to_owned).collect();
        assert_eq!(documented, expected, "{name}");
    }
}

#[test]
fn every_enum_has_the_words_of_the_platform_in_their_order() {
    let contract = Contract::load();
    for (name, words) in WORDS {
        let documented: Vec<&str> = texts(&contract.schemas()[*name]["enum"]).collect();
        assert_eq!(
            documented.join(" "),
            words.split_whitespace().collect::<Vec<_>>().join(" "),
            "{name}"
        );
    }
}

fn texts(list: &serde_json::Value) -> impl Iterator<Item = &str> {
    let items = list.as_array().into_iter().flatten();
    items.map(|item| item.as_str().expect("a list of texts"))
}
