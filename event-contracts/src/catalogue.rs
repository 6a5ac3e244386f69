//! Every type of event that this crate knows, as data: for routing tables, documents and tests.

use crate::category::{CategoryCreated, CategoryDeleted, CategoryMoved, CategoryUpdated};
use crate::discount::{
    self, DiscountAppliedToProduct, DiscountCreated, DiscountDeleted, DiscountExpired,
    DiscountRemovedFromProduct, DiscountUpdated,
};
use crate::inventory::{
    InventoryBackInStock, InventoryItemCreated, InventoryRecordInitialized, InventoryRecordUpdateFailed,
    InventoryReservationCancelled, InventoryReservationFulfilled, InventoryReserved, InventoryStatusUpdated,
    LowStockThresholdReached, OutOfStock, StockLevelChanged,
};
use crate::price::{ProductPriceChanged, ProductPriceEffective};
use crate::product::{ProductCreated, ProductDeleted, ProductStatusChanged, ProductUpdated};
use crate::review::ProductReviewStatsUpdated;
use crate::user::{ProductViewed, UserPreferenceChanged, UserRoleAssigned, UserRoleRemoved, UserRoleUpdated};
use crate::variant::{ProductVariantAdded, ProductVariantRemoved, ProductVariantUpdated};
use crate::{Event, Version};

/// What a type of event states about itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EventType {
    /// The canonical name.
    pub name: &'static str,
    /// Other names, accepted when read.
    pub aliases: &'static [&'static str],
    /// The version that is written.
    pub version: Version,
    /// The oldest major version that is read.
    pub oldest_major: u16,
    /// The kind of thing that the event is about.
    pub aggregate: &'static str,
    /// The payload's field within whose value order is kept.
    pub key: &'static str,
    /// The routing key on a topic exchange.
    pub routing_key: &'static str,
    /// The exchange.
    pub exchange: &'static str,
    /// The Kafka topic.
    pub topic: &'static str,
}

impl EventType {
    /// What `E` states; works for an event of your own too.
    #[must_use]
    pub const fn of<E: Event>() -> Self {
        Self {
            name: E::TYPE,
            aliases: E::ALIASES,
            version: E::VERSION,
            oldest_major: E::OLDEST_MAJOR,
            aggregate: E::AGGREGATE,
            key: E::KEY,
            routing_key: E::ROUTING_KEY,
            exchange: E::EXCHANGE,
            topic: E::TOPIC,
        }
    }
}

/// All events of this crate, in the order of the documents: one entry a type and major version.
pub const ALL: &[EventType] = &[
    EventType::of::<ProductCreated>(),
    EventType::of::<ProductUpdated>(),
    EventType::of::<ProductDeleted>(),
    EventType::of::<ProductStatusChanged>(),
    EventType::of::<ProductVariantAdded>(),
    EventType::of::<ProductVariantUpdated>(),
    EventType::of::<ProductVariantRemoved>(),
    EventType::of::<ProductPriceChanged>(),
    EventType::of::<CategoryCreated>(),
    EventType::of::<CategoryUpdated>(),
    EventType::of::<CategoryDeleted>(),
    EventType::of::<CategoryMoved>(),
    EventType::of::<DiscountCreated>(),
    EventType::of::<discount::v2::DiscountCreated>(),
    EventType::of::<DiscountUpdated>(),
    EventType::of::<DiscountDeleted>(),
    EventType::of::<DiscountExpired>(),
    EventType::of::<ProductPriceEffective>(),
    EventType::of::<DiscountAppliedToProduct>(),
    EventType::of::<DiscountRemovedFromProduct>(),
    EventType::of::<StockLevelChanged>(),
    EventType::of::<InventoryItemCreated>(),
    EventType::of::<InventoryReserved>(),
    EventType::of::<InventoryReservationCancelled>(),
    EventType::of::<InventoryReservationFulfilled>(),
    EventType::of::<InventoryBackInStock>(),
    EventType::of::<InventoryStatusUpdated>(),
    EventType::of::<LowStockThresholdReached>(),
    EventType::of::<OutOfStock>(),
    EventType::of::<InventoryRecordInitialized>(),
    EventType::of::<InventoryRecordUpdateFailed>(),
    EventType::of::<ProductReviewStatsUpdated>(),
    EventType::of::<UserRoleUpdated>(),
    EventType::of::<UserRoleAssigned>(),
    EventType::of::<UserRoleRemoved>(),
    EventType::of::<UserPreferenceChanged>(),
    EventType::of::<ProductViewed>(),
];
