use crate::event_union;
use crate::price::{ProductPriceChanged, ProductPriceEffective};
use crate::product::{ProductCreated, ProductDeleted, ProductStatusChanged, ProductUpdated};
use crate::variant::{ProductVariantAdded, ProductVariantRemoved, ProductVariantUpdated};

event_union! {
    /// Any event that the Product Service publishes.
    #[derive(Clone, Debug, PartialEq, Eq)]
    #[non_exhaustive]
    pub enum ProductEvent {
        /// A product came to be.
        Created(ProductCreated),
        /// A product's own fields changed.
        Updated(ProductUpdated),
        /// A product is gone.
        Deleted(ProductDeleted),
        /// A product went from one status to another.
        StatusChanged(ProductStatusChanged),
        /// A variant joined a product.
        VariantAdded(ProductVariantAdded),
        /// A variant's own fields changed.
        VariantUpdated(ProductVariantUpdated),
        /// A variant left its product.
        VariantRemoved(ProductVariantRemoved),
        /// Somebody set a price.
        PriceChanged(ProductPriceChanged),
        /// What a buyer pays changed without anybody setting a price.
        PriceEffective(ProductPriceEffective),
        _ => Unknown,
    }
}
