//! What happens to a product's variants, and the variant itself as events state it.

mod added;
mod removed;
mod state;
mod updated;

pub use added::ProductVariantAdded;
pub use removed::ProductVariantRemoved;
pub use state::{Attribute, Image, VariantState};
pub use updated::ProductVariantUpdated;
