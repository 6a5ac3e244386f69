use crate::domain::{Check, SetPrice};
use crate::http::fields::{Fields, FromFields, FromJson, read_object};
use serde_json::Value;

impl FromFields for SetPrice {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let base_price = fields.required("basePrice");
        let sale_price = fields.optional("salePrice");
        let msrp = fields.optional("msrp");
        let currency = fields.required("currency");
        let price_type = fields.required("priceType");
        let effective_from = fields.optional("effectiveFrom");
        let effective_until = fields.optional("effectiveUntil");
        let change_reason = fields.optional("changeReason");
        let metadata = fields.optional("metadata");
        Some(Self {
            base_price: base_price?,
            sale_price,
            msrp,
            currency: currency?,
            price_type: price_type?,
            effective_from,
            effective_until,
            change_reason,
            metadata: metadata.unwrap_or_default(),
        })
    }
}

impl FromJson for SetPrice {
    fn from_json(value: Value, at: &str, problems: &mut Check) -> Option<Self> {
        read_object(value, at, problems)
    }
}
