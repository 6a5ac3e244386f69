//! The projection as the client's fallback: what it knows of a variant, in the shape of the live answer.

use super::{KnownVariant, Projection};
use product_client::{Attribute, FallbackSource, GetVariant, Stored, Variant, VariantPrice};
use product_types::InventoryStatus;

/// Asked only when the live read gave no definitive answer. What it gives is marked as unconfirmed by the client.
impl FallbackSource<GetVariant> for Projection {
    async fn fallback(&self, operation: &GetVariant) -> Option<Stored<Variant>> {
        match self.variant(&operation.variant_id).await {
            Ok(known) => known.map(stored),
            Err(failure) => {
                // Without a projection the call's own error stands, and the line cannot be priced.
                tracing::error!(failure = failure.one_line(), "the projection cannot be read");
                None
            }
        }
    }
}

fn stored(known: KnownVariant) -> Stored<Variant> {
    let as_of = known.as_of;
    let variant = Variant {
        purchasable: known.purchasable(),
        id: known.id,
        product_id: known.product_id,
        sku: known.sku,
        name: known.name,
        status: known.status,
        attributes: known
            .attributes
            .into_iter()
            .map(|attribute| Attribute {
                name: attribute.name,
                value: attribute.value,
            })
            .collect(),
        product_status: known.product_status,
        price: known.price.map(|(price, since)| VariantPrice {
            amount: price.amount,
            currency: price.currency,
            effective_date: since,
        }),
        inventory_setup: known.inventory_setup,
        created_at: known.created_at,
        updated_at: as_of,
        // An order needs none of these, so the projection does not keep them.
        images: Vec::new(),
        inventory_status: InventoryStatus::Unknown,
        inventory_as_of: None,
        version: 0,
    };
    Stored::new(variant, as_of)
}
