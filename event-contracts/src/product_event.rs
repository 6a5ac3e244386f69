use crate::category::{CategoryCreated, CategoryDeleted, CategoryMoved, CategoryUpdated};
use crate::discount::v2::DiscountCreated;
use crate::discount::{
    DiscountAppliedToProduct, DiscountDeleted, DiscountExpired, DiscountRemovedFromProduct, DiscountUpdated,
};
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
        /// A category came to be.
        CategoryCreated(CategoryCreated),
        /// A category's own fields changed.
        CategoryUpdated(CategoryUpdated),
        /// A category is gone.
        CategoryDeleted(CategoryDeleted),
        /// A category has a new place in the tree.
        CategoryMoved(CategoryMoved),
        /// A discount came to be; version 1 is read into version 2.
        DiscountCreated(DiscountCreated),
        /// A discount's fields changed.
        DiscountUpdated(DiscountUpdated),
        /// A discount is gone.
        DiscountDeleted(DiscountDeleted),
        /// The time of a discount is over.
        DiscountExpired(DiscountExpired),
        /// A discount was put on a variant.
        DiscountApplied(DiscountAppliedToProduct),
        /// A discount was taken off a variant.
        DiscountRemoved(DiscountRemovedFromProduct),
        _ => Unknown,
    }
}
