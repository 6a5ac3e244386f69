use crate::{Event, Version};
use product_types::{RoleId, Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// A user was given one role more. Also bound at the exchanges `iam.events` and `auth.events`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct UserRoleAssigned {
    /// The user.
    pub user_id: UserId,
    /// The role.
    pub role_id: RoleId,
    /// The role's name.
    pub role_name: String,
    /// When; `at` is read too. Optional, because the documents do not spell the name out.
    #[serde(default, alias = "at", skip_serializing_if = "Option::is_none")]
    pub assigned_at: Option<Timestamp>,
    /// Who; `by` is read too. Optional, because the documents do not spell the name out.
    #[serde(default, alias = "by", skip_serializing_if = "Option::is_none")]
    pub assigned_by: Option<String>,
}

impl UserRoleAssigned {
    /// States that the user was given the role.
    #[must_use]
    pub fn new(
        user_id: UserId,
        role_id: RoleId,
        role_name: impl Into<String>,
        assigned_at: Timestamp,
        assigned_by: impl Into<String>,
    ) -> Self {
        Self {
            user_id,
            role_id,
            role_name: role_name.into(),
            assigned_at: Some(assigned_at),
            assigned_by: Some(assigned_by.into()),
        }
    }
}

impl Event for UserRoleAssigned {
    const TYPE: &'static str = "UserRoleAssigned";
    const VERSION: Version = Version::new(1, 0);
    const AGGREGATE: &'static str = "role";
    const ROUTING_KEY: &'static str = "user.role.assigned.v1";
    const EXCHANGE: &'static str = "user.events";
    const KEY: &'static str = "userId";

    fn key(&self) -> &str {
        self.user_id.as_str()
    }
}
