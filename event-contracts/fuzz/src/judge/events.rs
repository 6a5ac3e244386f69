//! Everything that a message is read as.

use super::{Case, event, view};
use event_contracts::category::{CategoryCreated, CategoryDeleted, CategoryMoved, CategoryUpdated};
use event_contracts::discount::{
    self, DiscountAppliedToProduct, DiscountDeleted, DiscountExpired, DiscountRemovedFromProduct,
    DiscountUpdated,
};
use event_contracts::inventory::{
    InventoryBackInStock, InventoryItemCreated, InventoryRecordInitialized, InventoryRecordUpdateFailed,
    InventoryReservationCancelled, InventoryReservationFulfilled, InventoryReserved, InventoryStatusUpdated,
    LowStockThresholdReached, OutOfStock, StockLevelChanged,
};
use event_contracts::price::{ProductPriceChanged, ProductPriceEffective};
use event_contracts::product::{ProductCreated, ProductDeleted, ProductStatusChanged, ProductUpdated};
use event_contracts::review::ProductReviewStatsUpdated;
use event_contracts::user::{
    ProductViewed, UserPreferenceChanged, UserRoleAssigned, UserRoleRemoved, UserRoleUpdated,
};
use event_contracts::variant::{ProductVariantAdded, ProductVariantRemoved, ProductVariantUpdated};
use event_contracts::view::{
    ProductCreatedView, ProductPriceChangedView, ProductPriceEffectiveView, ProductUpdatedView,
    StockLevelChangedView,
};
use event_contracts::{Envelope, InventoryEvent, ProductEvent, RawEnvelope, UserEvent};

type Judge<V> = fn(Case<'_>) -> Result<V, String>;
type JudgeOfView = fn(&RawEnvelope<'_>) -> Result<(), String>;

/// Every type of event, each with the union that has it.
pub(super) const TYPED: &[Judge<bool>] = &[
    event::typed::<ProductCreated, ProductEvent>,
    event::typed::<ProductUpdated, ProductEvent>,
    event::typed::<ProductDeleted, ProductEvent>,
    event::typed::<ProductStatusChanged, ProductEvent>,
    event::typed::<ProductVariantAdded, ProductEvent>,
    event::typed::<ProductVariantUpdated, ProductEvent>,
    event::typed::<ProductVariantRemoved, ProductEvent>,
    event::typed::<ProductPriceChanged, ProductEvent>,
    event::typed::<ProductPriceEffective, ProductEvent>,
    event::typed::<CategoryCreated, ProductEvent>,
    event::typed::<CategoryUpdated, ProductEvent>,
    event::typed::<CategoryDeleted, ProductEvent>,
    event::typed::<CategoryMoved, ProductEvent>,
    event::typed::<discount::DiscountCreated, Envelope<discount::DiscountCreated>>,
    event::typed::<discount::v2::DiscountCreated, ProductEvent>,
    event::typed::<DiscountUpdated, ProductEvent>,
    event::typed::<DiscountDeleted, ProductEvent>,
    event::typed::<DiscountExpired, ProductEvent>,
    event::typed::<DiscountAppliedToProduct, ProductEvent>,
    event::typed::<DiscountRemovedFromProduct, ProductEvent>,
    event::typed::<StockLevelChanged, InventoryEvent>,
    event::typed::<InventoryItemCreated, InventoryEvent>,
    event::typed::<InventoryReserved, InventoryEvent>,
    event::typed::<InventoryReservationCancelled, InventoryEvent>,
    event::typed::<InventoryReservationFulfilled, InventoryEvent>,
    event::typed::<InventoryBackInStock, InventoryEvent>,
    event::typed::<InventoryStatusUpdated, InventoryEvent>,
    event::typed::<LowStockThresholdReached, InventoryEvent>,
    event::typed::<OutOfStock, InventoryEvent>,
    event::typed::<InventoryRecordInitialized, InventoryEvent>,
    event::typed::<InventoryRecordUpdateFailed, InventoryEvent>,
    event::typed::<ProductReviewStatsUpdated, Envelope<ProductReviewStatsUpdated>>,
    event::typed::<UserRoleUpdated, UserEvent>,
    event::typed::<UserRoleAssigned, UserEvent>,
    event::typed::<UserRoleRemoved, UserEvent>,
    event::typed::<UserPreferenceChanged, UserEvent>,
    event::typed::<ProductViewed, UserEvent>,
];

/// Every union that keeps what it does not know.
pub(super) const UNIONS: &[Judge<()>] = &[
    |case| event::union(case, ProductEvent::to_json),
    |case| event::union(case, InventoryEvent::to_json),
    |case| event::union(case, UserEvent::to_json),
];

/// Every view.
pub(super) const VIEWS: &[JudgeOfView] = &[
    |raw| view::agrees::<ProductCreatedView<'_>>(raw),
    |raw| view::agrees::<ProductUpdatedView<'_>>(raw),
    |raw| view::agrees::<ProductPriceChangedView<'_>>(raw),
    |raw| view::agrees::<ProductPriceEffectiveView<'_>>(raw),
    |raw| view::agrees::<StockLevelChangedView<'_>>(raw),
];

#[cfg(test)]
mod tests {
    use super::TYPED;
    use event_contracts::catalogue;

    #[test]
    fn no_event_is_forgotten() {
        assert_eq!(TYPED.len(), catalogue::ALL.len());
    }
}
