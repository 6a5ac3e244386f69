use crate::{Event, Version};
use product_types::{Decimal, DiscountId, DiscountType, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::ops::Range;

/// A discount's fields changed. All values are the current ones, whether they changed or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DiscountUpdated {
    /// The discount.
    pub discount_id: DiscountId,
    /// The names of the fields that changed, as they stand in the JSON; empty when the message does not say.
    #[serde(default)]
    pub updated_fields: Vec<String>,
    /// Its name, unique.
    pub name: String,
    /// Its description; empty without one.
    #[serde(default)]
    pub description: String,
    /// What it gives.
    #[serde(rename = "type")]
    pub discount_type: DiscountType,
    /// How much of it: percent for `PERCENTAGE`, an amount for `FIXED_AMOUNT`, whose currency this version does not
    /// state. It means nothing for `FREE_SHIPPING`.
    pub value: Decimal,
    /// What must be met; a discount with any condition changes no price by itself.
    #[serde(default, deserialize_with = "crate::free_form::object")]
    pub conditions: Map<String, Value>,
    /// From when on; `startDate` is read too.
    #[serde(alias = "startDate")]
    pub valid_from: Timestamp,
    /// Until when, that instant excluded; `endDate` is read too.
    #[serde(alias = "endDate")]
    pub valid_until: Timestamp,
    /// How often it may be used in all; without limit when missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_uses: Option<u64>,
    /// How often one user may use it; without limit when missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_uses_per_user: Option<u64>,
    /// Whether it is switched on.
    pub is_active: bool,
    /// When. Added by us; other documents do not state it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Timestamp>,
    /// Who. Added by us; other documents do not state it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_by: Option<String>,
}

impl DiscountUpdated {
    /// States that `updated_fields` changed; set the other fields to the discount's current values afterwards.
    #[must_use]
    pub fn new(
        discount_id: DiscountId,
        updated_fields: Vec<String>,
        name: impl Into<String>,
        discount_type: DiscountType,
        value: Decimal,
        validity: Range<Timestamp>,
        is_active: bool,
    ) -> Self {
        Self {
            discount_id,
            updated_fields,
            name: name.into(),
            description: String::new(),
            discount_type,
            value,
            conditions: Map::new(),
            valid_from: validity.start,
            valid_until: validity.end,
            max_uses: None,
            max_uses_per_user: None,
            is_active,
            updated_at: None,
            updated_by: None,
        }
    }
}

impl Event for DiscountUpdated {
    const TYPE: &'static str = "DiscountUpdated";
    const VERSION: Version = Version::new(1, 0);
    const AGGREGATE: &'static str = "discount";
    const ROUTING_KEY: &'static str = "product.discount.updated.v1";
    const KEY: &'static str = "discountId";

    fn key(&self) -> &str {
        self.discount_id.as_str()
    }
}
