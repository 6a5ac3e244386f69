use super::parts::check_metadata;
use super::{Check, Invalid, Metadata};
use product_types::{CategoryId, Timestamp};
use serde::{Deserialize, Serialize};

/// How deep the tree may be; a root has level 1.
pub(crate) const MAX_LEVEL: u32 = 5;

/// A node of the tree that products are sorted into, as the API shows it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Category {
    pub(crate) id: CategoryId,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) parent_id: Option<CategoryId>,
    pub(crate) level: u32,
    /// The ids from the root down to this one, each with a slash before it.
    pub(crate) path: String,
    /// The categories directly below, by name.
    pub(crate) children: Vec<CategorySummary>,
    pub(crate) metadata: Metadata,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}

/// A category in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CategorySummary {
    pub(crate) id: CategoryId,
    pub(crate) name: String,
}

/// A category to be created.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NewCategory {
    /// A UUID of the caller's, or `None` for a new one.
    pub(crate) id: Option<CategoryId>,
    /// 1 to 100 characters, unique within the parent.
    pub(crate) name: String,
    /// At most 1000 characters.
    pub(crate) description: String,
    /// `None` for a root. The parent must exist, and be above [`MAX_LEVEL`].
    pub(crate) parent_id: Option<CategoryId>,
    pub(crate) metadata: Metadata,
}

impl NewCategory {
    /// A category that has only a name.
    pub(crate) fn named(name: impl Into<String>) -> Self {
        Self {
            id: None,
            name: name.into(),
            description: String::new(),
            parent_id: None,
            metadata: Metadata::new(),
        }
    }

    /// What can be told from the input alone.
    pub(crate) fn validate(&self) -> Result<(), Invalid> {
        let mut check = Check::new();
        check.text("name", &self.name, 1..=100);
        check.text("description", &self.description, 0..=1000);
        check_metadata(&mut check, &self.metadata);
        check.finish()
    }
}
