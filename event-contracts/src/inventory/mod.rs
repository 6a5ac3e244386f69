//! What the Inventory Service says of stock, on the exchange `inventory.events`.
//!
//! The documents call these events by name and leave most of their payloads open: what is not in every shape that
//! they show is optional here, and stock is named by the variant's id, or else by its sku. Routing keys that no
//! document gives are ours, made as the documented ones are: `inventory.<aggregate>.<action>.v1`. Bind `inventory.#`.

mod back_in_stock;
mod change_type;
mod item_created;
mod key;
mod low_stock;
mod out_of_stock;
mod record_initialized;
mod record_update_failed;
mod reservation_cancelled;
mod reservation_fulfilled;
mod reserved;
mod status_updated;
mod stock_level_changed;

pub use back_in_stock::InventoryBackInStock;
pub use change_type::StockChangeType;
pub use item_created::InventoryItemCreated;
pub use low_stock::LowStockThresholdReached;
pub use out_of_stock::OutOfStock;
pub use record_initialized::InventoryRecordInitialized;
pub use record_update_failed::InventoryRecordUpdateFailed;
pub use reservation_cancelled::InventoryReservationCancelled;
pub use reservation_fulfilled::InventoryReservationFulfilled;
pub use reserved::InventoryReserved;
pub use status_updated::InventoryStatusUpdated;
pub use stock_level_changed::StockLevelChanged;
