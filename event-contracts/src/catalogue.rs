//! Every type of event that this crate knows, as data: for routing tables, documents and tests.

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

/// The one list of events, in the order of the documents: gives every type to `$then!`. An event is added here, and
/// with it to everything that goes over all of them.
macro_rules! all_events {
    ($then:ident) => {
        $then! {
            crate::product::ProductCreated,
            crate::product::ProductUpdated,
            crate::product::ProductDeleted,
            crate::product::ProductStatusChanged,
            crate::variant::ProductVariantAdded,
            crate::variant::ProductVariantUpdated,
            crate::variant::ProductVariantRemoved,
            crate::price::ProductPriceChanged,
            crate::category::CategoryCreated,
            crate::category::CategoryUpdated,
            crate::category::CategoryDeleted,
            crate::category::CategoryMoved,
            crate::discount::DiscountCreated,
            crate::discount::v2::DiscountCreated,
            crate::discount::DiscountUpdated,
            crate::discount::DiscountDeleted,
            crate::discount::DiscountExpired,
            crate::price::ProductPriceEffective,
            crate::discount::DiscountAppliedToProduct,
            crate::discount::DiscountRemovedFromProduct,
            crate::inventory::StockLevelChanged,
            crate::inventory::InventoryItemCreated,
            crate::inventory::InventoryReserved,
            crate::inventory::InventoryReservationCancelled,
            crate::inventory::InventoryReservationFulfilled,
            crate::inventory::InventoryBackInStock,
            crate::inventory::InventoryStatusUpdated,
            crate::inventory::LowStockThresholdReached,
            crate::inventory::OutOfStock,
            crate::inventory::InventoryRecordInitialized,
            crate::inventory::InventoryRecordUpdateFailed,
            crate::review::ProductReviewStatsUpdated,
            crate::user::UserRoleUpdated,
            crate::user::UserRoleAssigned,
            crate::user::UserRoleRemoved,
            crate::user::UserPreferenceChanged,
            crate::user::ProductViewed,
        }
    };
}

#[cfg(feature = "schema")]
pub(crate) use all_events;

macro_rules! entries {
    ($($event:ty,)+) => {
        /// All events of this crate, in the order of the documents: one entry a type and major version.
        pub const ALL: &[EventType] = &[$(EventType::of::<$event>(),)+];
    };
}

all_events!(entries);
