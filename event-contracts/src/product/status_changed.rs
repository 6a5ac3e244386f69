use crate::{Error, Event, Payload, Version};
use product_types::{ProductId, ProductStatus, Timestamp};
use serde::{Deserialize, Serialize};

/// A product went from one status to another.
///
/// `ProductPublished`, `ProductUnpublished` and `ProductDiscontinued`, by which other documents tell of one step
/// each, are read as this too: to `ACTIVE`, `INACTIVE` and `DISCONTINUED`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ProductStatusChanged {
    /// The product; `id` is read too.
    #[serde(alias = "id")]
    pub product_id: ProductId,
    /// From where; missing only when the message was of one of the other names, which do not say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old_status: Option<ProductStatus>,
    /// To where.
    pub new_status: ProductStatus,
    /// When.
    pub changed_at: Timestamp,
    /// Who; missing only when the message was of one of the other names and does not say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed_by: Option<String>,
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
            old_status: Some(old_status),
            new_status,
            changed_at,
            changed_by: Some(changed_by.into()),
        }
    }
}

impl Event for ProductStatusChanged {
    const TYPE: &'static str = "ProductStatusChanged";
    const ALIASES: &'static [&'static str] =
        &["ProductPublished", "ProductUnpublished", "ProductDiscontinued"];
    const VERSION: Version = Version::new(1, 0);
    const AGGREGATE: &'static str = "product";
    const ROUTING_KEY: &'static str = "product.product.statuschanged.v1";
    const KEY: &'static str = "productId";

    fn key(&self) -> &str {
        self.product_id.as_str()
    }

    fn read_payload(payload: Payload<'_>) -> Result<Self, Error> {
        let Some(new_status) = status_in_name(payload.written_type()) else {
            return payload.decode();
        };
        let step: Step = payload.decode()?;
        Ok(Self {
            product_id: step.product_id,
            old_status: step.old_status,
            new_status,
            changed_at: step.changed_at.unwrap_or(payload.timestamp()),
            changed_by: step.changed_by,
        })
    }
}

/// The status that a name of this event tells, however it is spelled: `ProductPublished`, `product.published`,
/// `com.example.catalog.product_published`.
fn status_in_name(name: &str) -> Option<ProductStatus> {
    let name = name.to_ascii_lowercase();
    [
        ("unpublished", ProductStatus::Inactive),
        ("published", ProductStatus::Active),
        ("discontinued", ProductStatus::Discontinued),
    ]
    .into_iter()
    .find_map(|(step, status)| name.ends_with(step).then_some(status))
}

/// A step that its name tells; no document gives more of its payload than the product.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Step {
    #[serde(alias = "id")]
    product_id: ProductId,
    #[serde(default)]
    old_status: Option<ProductStatus>,
    #[serde(
        default,
        alias = "publishedAt",
        alias = "unpublishedAt",
        alias = "discontinuedAt"
    )]
    changed_at: Option<Timestamp>,
    #[serde(
        default,
        alias = "publishedBy",
        alias = "unpublishedBy",
        alias = "discontinuedBy"
    )]
    changed_by: Option<String>,
}
