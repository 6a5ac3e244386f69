//! What happens to discounts, and to which variants they are applied.

mod applied;
mod created;
mod deleted;
mod expired;
mod removed;
mod updated;
pub mod v2;

pub use applied::DiscountAppliedToProduct;
pub use created::DiscountCreated;
pub use deleted::DiscountDeleted;
pub use expired::DiscountExpired;
pub use removed::DiscountRemovedFromProduct;
pub use updated::DiscountUpdated;
