use crate::discount::v2::Benefit;
use crate::{Error, Event, Payload, Version, discount};
use product_types::{Decimal, DiscountId, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::ops::Range;

/// A discount came to be. Version 1 is read too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DiscountCreated {
    /// The discount.
    pub discount_id: DiscountId,
    /// Its name, unique.
    pub name: String,
    /// Its description; empty without one.
    #[serde(default)]
    pub description: String,
    /// What it gives.
    pub benefit: Benefit,
    /// What must be met; a discount with any condition changes no price by itself.
    #[serde(default, deserialize_with = "crate::free_form::object")]
    pub conditions: Map<String, Value>,
    /// From when on.
    pub valid_from: Timestamp,
    /// Until when, that instant excluded.
    pub valid_until: Timestamp,
    /// How often it may be used in all; without limit when missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_uses: Option<u64>,
    /// How often one user may use it; without limit when missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_uses_per_user: Option<u64>,
    /// Whether it is switched on.
    pub is_active: bool,
    /// When; missing from a writer of version 1 that does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
    /// Who; missing from a writer of version 1 that does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_by: Option<String>,
}

impl DiscountCreated {
    /// A discount without conditions and limits; set the other fields afterwards.
    #[must_use]
    pub fn new(
        discount_id: DiscountId,
        name: impl Into<String>,
        benefit: Benefit,
        validity: Range<Timestamp>,
        is_active: bool,
    ) -> Self {
        Self {
            discount_id,
            name: name.into(),
            description: String::new(),
            benefit,
            conditions: Map::new(),
            valid_from: validity.start,
            valid_until: validity.end,
            max_uses: None,
            max_uses_per_user: None,
            is_active,
            created_at: None,
            created_by: None,
        }
    }
}

impl Event for DiscountCreated {
    const TYPE: &'static str = discount::DiscountCreated::TYPE;
    const VERSION: Version = Version::new(2, 0);
    const OLDEST_MAJOR: u16 = 1;
    const AGGREGATE: &'static str = "discount";
    const ROUTING_KEY: &'static str = "product.discount.created.v2";
    const KEY: &'static str = "discountId";

    fn key(&self) -> &str {
        self.discount_id.as_str()
    }

    fn read_payload(payload: Payload<'_>) -> Result<Self, Error> {
        if payload.version().major == Self::VERSION.major {
            return payload.decode();
        }
        payload.upcast::<discount::DiscountCreated>().map(Self::from)
    }
}

/// Nothing is made up: a fixed amount stays one whose currency is not known.
impl From<discount::DiscountCreated> for DiscountCreated {
    fn from(old: discount::DiscountCreated) -> Self {
        Self {
            discount_id: old.discount_id,
            name: old.name,
            description: old.description,
            benefit: Benefit::from_type_and_value(old.discount_type, old.value),
            conditions: old.conditions,
            valid_from: old.valid_from,
            valid_until: old.valid_until,
            max_uses: old.max_uses,
            max_uses_per_user: old.max_uses_per_user,
            is_active: old.is_active,
            created_at: old.created_at,
            created_by: old.created_by,
        }
    }
}

/// What version 1 has no place for is lost: the currency of a fixed amount. Where there is no number, its `value`,
/// which version 1 requires, is nought: nothing is taken off a price.
impl From<DiscountCreated> for discount::DiscountCreated {
    fn from(new: DiscountCreated) -> Self {
        let mut old = Self::new(
            new.discount_id,
            new.name,
            new.benefit.discount_type(),
            new.benefit.value().unwrap_or(Decimal::ZERO),
            new.valid_from..new.valid_until,
            new.is_active,
        );
        old.description = new.description;
        old.conditions = new.conditions;
        old.max_uses = new.max_uses;
        old.max_uses_per_user = new.max_uses_per_user;
        old.created_at = new.created_at;
        old.created_by = new.created_by;
        old
    }
}
