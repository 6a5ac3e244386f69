use crate::event_union;
use crate::inventory::{
    InventoryBackInStock, InventoryItemCreated, InventoryRecordInitialized, InventoryRecordUpdateFailed,
    InventoryReservationCancelled, InventoryReservationFulfilled, InventoryReserved, InventoryStatusUpdated,
    LowStockThresholdReached, OutOfStock, StockLevelChanged,
};

event_union! {
    /// Any event that the Inventory Service publishes.
    #[derive(Clone, Debug, PartialEq, Eq)]
    #[non_exhaustive]
    pub enum InventoryEvent {
        /// The stock of a variant in a warehouse changed.
        StockLevelChanged(StockLevelChanged),
        /// A variant has a stock record in a warehouse.
        ItemCreated(InventoryItemCreated),
        /// Some of the stock was set aside for an order.
        Reserved(InventoryReserved),
        /// Stock that had been set aside can be sold again.
        ReservationCancelled(InventoryReservationCancelled),
        /// Stock that had been set aside has left the warehouse.
        ReservationFulfilled(InventoryReservationFulfilled),
        /// A variant that was out of stock can be sold again.
        BackInStock(InventoryBackInStock),
        /// What the stock of a variant means has changed.
        StatusUpdated(InventoryStatusUpdated),
        /// The stock of a variant has come down to its threshold.
        LowStock(LowStockThresholdReached),
        /// There is nothing left of a variant.
        OutOfStock(OutOfStock),
        /// The Inventory Service keeps stock of a variant from now on.
        RecordInitialized(InventoryRecordInitialized),
        /// The Inventory Service could not keep the stock record of a variant.
        RecordUpdateFailed(InventoryRecordUpdateFailed),
        _ => Unknown,
    }
}
