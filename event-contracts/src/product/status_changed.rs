use crate::{Event, Version};
use product_types::{ProductId, ProductStatus, Timestamp};
use serde::{Deserialize, Serialize};

/// A product went from one status to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ProductStatusChanged {
    /// The product; `id` is read too.
    #[serde(alias = "id")]
    pub product_id: ProductId,
    /// From where.
    pub old_status: ProductStatus,
    /// To where.
    pub new_status: ProductStatus,
    /// When.
    pub changed_at: Timestamp,
    /// Who.
    pub changed_by: String,
}

impl ProductStatusChanged {
    /// States that the status went from `old_status` to `new_status`.
    #[must_use]
    pub fn new(
        product_id: ProductId,
        old_status: ProductStatus,
        new_status: ProductStatus,
        changed_at: Timestamp,
        changed_by: impl Into<String>,
    ) -> Self {
        Self {
            product_id,
            old_status,
            new_status,
            changed_at,
            changed_by: changed_by.into(),
        }
    }
}

impl Event for ProductStatusChanged {
    const TYPE: &'static str = "ProductStatusChanged";
    const VERSION: Version = Version::new(1, 0);
    const AGGREGATE: &'static str = "product";
    const ROUTING_KEY: &'static str = "product.product.statuschanged.v1";
    const KEY: &'static str = "productId";

    fn key(&self) -> &str {
        self.product_id.as_str()
    }
}
