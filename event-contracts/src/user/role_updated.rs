use crate::{Event, Version};
use product_types::{Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// A user has these roles now, and no others. Also bound at the exchanges `iam.events` and `auth.events`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct UserRoleUpdated {
    /// The user.
    pub user_id: UserId,
    /// The names of all roles.
    pub roles: Vec<String>,
    /// When.
    pub updated_at: Timestamp,
}

impl UserRoleUpdated {
    /// States all roles that the user has.
    #[must_use]
    pub fn new(user_id: UserId, roles: Vec<String>, updated_at: Timestamp) -> Self {
        Self {
            user_id,
            roles,
            updated_at,
        }
    }
}

impl Event for UserRoleUpdated {
    const TYPE: &'static str = "UserRoleUpdated";
    const VERSION: Version = Version::new(1, 0);
    const AGGREGATE: &'static str = "role";
    const ROUTING_KEY: &'static str = "user.role.updated.v1";
    const EXCHANGE: &'static str = "user.events";
    const KEY: &'static str = "userId";

    fn key(&self) -> &str {
        self.user_id.as_str()
    }
}
