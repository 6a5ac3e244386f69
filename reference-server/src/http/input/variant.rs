use crate::domain::{Check, NewVariant, VariantPatch};
use crate::http::fields::{Fields, FromFields, FromJson, read_object};
use product_types::ProductStatus;
use serde_json::Value;

impl FromFields for NewVariant {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let sku = fields.required("sku");
        let name = fields.required("name");
        let status = fields.optional("status");
        let attributes = fields.optional("attributes");
        let images = fields.optional("images");
        let price = fields.optional("price");
        Some(Self {
            id: None,
            sku: sku?,
            name: name?,
            status: status.unwrap_or(ProductStatus::Active),
            attributes: attributes.unwrap_or_default(),
            images: images.unwrap_or_default(),
            price,
        })
    }
}

impl FromJson for NewVariant {
    fn from_json(value: Value, at: &str, problems: &mut Check) -> Option<Self> {
        read_object(value, at, problems)
    }
}

impl FromFields for VariantPatch {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self {
            sku: fields.optional("sku"),
            name: fields.optional("name"),
            status: fields.optional("status"),
            attributes: fields.optional("attributes"),
            images: fields.optional("images"),
        })
    }
}
