//! What happens to a product as a whole.

pub(crate) mod brand;
mod created;
mod deleted;
mod status_changed;
mod updated;

pub use created::{CategoryName, ProductCreated};
pub use deleted::ProductDeleted;
pub use status_changed::ProductStatusChanged;
pub use updated::ProductUpdated;
