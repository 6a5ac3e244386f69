//! What the User Service says of its users, on the exchange `user.events`. Keyed by the user.
//!
//! Routing keys that no document gives are ours, made as the documented one is: `user.<aggregate>.<action>.v1`.

mod preference_changed;
mod product_viewed;
mod role_assigned;
mod role_removed;
mod role_updated;

pub use preference_changed::UserPreferenceChanged;
pub use product_viewed::ProductViewed;
pub use role_assigned::UserRoleAssigned;
pub use role_removed::UserRoleRemoved;
pub use role_updated::UserRoleUpdated;
