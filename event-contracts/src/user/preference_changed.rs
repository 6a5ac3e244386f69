use crate::{Event, Version};
use product_types::{CategoryId, UserId};
use serde::{Deserialize, Serialize};

/// What a user likes to hear about: everything, not only what changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct UserPreferenceChanged {
    /// The user.
    pub user_id: UserId,
    /// These categories.
    #[serde(default)]
    pub preferred_categories: Vec<CategoryId>,
    /// These brands.
    #[serde(default)]
    pub preferred_brands: Vec<String>,
}

impl UserPreferenceChanged {
    /// States what the user likes to hear about.
    #[must_use]
    pub fn new(
        user_id: UserId,
        preferred_categories: Vec<CategoryId>,
        preferred_brands: Vec<String>,
    ) -> Self {
        Self {
            user_id,
            preferred_categories,
            preferred_brands,
        }
    }
}

impl Event for UserPreferenceChanged {
    const TYPE: &'static str = "UserPreferenceChanged";
    const VERSION: Version = Version::new(1, 0);
    const AGGREGATE: &'static str = "preference";
    const ROUTING_KEY: &'static str = "user.preference.changed.v1";
    const EXCHANGE: &'static str = "user.events";
    const KEY: &'static str = "userId";

    fn key(&self) -> &str {
        self.user_id.as_str()
    }
}
