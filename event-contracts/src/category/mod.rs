//! What happens to categories. Keyed by the category.

mod created;
mod deleted;
mod moved;
mod updated;

pub use created::CategoryCreated;
pub use deleted::CategoryDeleted;
pub use moved::CategoryMoved;
pub use updated::CategoryUpdated;
