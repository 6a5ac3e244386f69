use crate::event_union;
use crate::user::{ProductViewed, UserPreferenceChanged, UserRoleAssigned, UserRoleRemoved, UserRoleUpdated};

event_union! {
    /// Any event that the User Service publishes. One cache of roles is fed by all three that tell of them.
    #[derive(Clone, Debug, PartialEq, Eq)]
    #[non_exhaustive]
    pub enum UserEvent {
        /// A user has these roles now, and no others.
        RoleUpdated(UserRoleUpdated),
        /// A user was given one role more.
        RoleAssigned(UserRoleAssigned),
        /// A role was taken from a user.
        RoleRemoved(UserRoleRemoved),
        /// What a user likes to hear about.
        PreferenceChanged(UserPreferenceChanged),
        /// A user looked at a product.
        ProductViewed(ProductViewed),
        _ => Unknown,
    }
}
