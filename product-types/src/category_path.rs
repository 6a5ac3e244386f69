use crate::ParseError;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// Where a category stands: the ids from the root down to itself, as `/id/id`.
///
/// It is read without its leading slash too, as some documents write it, and always written with it.
///
/// ```
/// use product_types::CategoryPath;
///
/// let path: CategoryPath = "cat_outdoor/cat_jackets".parse()?;
/// assert_eq!(path.as_str(), "/cat_outdoor/cat_jackets");
/// assert_eq!(path.ids().last(), Some("cat_jackets"));
/// # Ok::<(), product_types::ParseError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CategoryPath(Arc<str>);

impl CategoryPath {
    /// The path as it is written, with its leading slash.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The ids, from the root down to the category itself; never none.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.split('/').filter(|id| !id.is_empty())
    }
}

impl FromStr for CategoryPath {
    type Err = ParseError;

    /// Reads ids with slashes between them, and one before them or not.
    fn from_str(text: &str) -> Result<Self, ParseError> {
        let inner = text.strip_prefix('/').unwrap_or(text);
        if inner.split('/').any(str::is_empty) {
            return Err(ParseError::new(
                "category path",
                "ids are wanted with slashes between them, such as /id/id",
            ));
        }
        Ok(Self(if inner.len() < text.len() {
            Arc::from(text)
        } else {
            Arc::from(format!("/{inner}"))
        }))
    }
}

impl fmt::Display for CategoryPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for CategoryPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CategoryPath({self})")
    }
}

impl Serialize for CategoryPath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for CategoryPath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::wire::from_str(deserializer, "category path")
    }
}

crate::schema::text!(
    CategoryPath,
    "Where a category stands: the ids from the root down to itself.",
    { "pattern": "^(/[^/]+)+$", "examples": ["/cat_outdoor/cat_jackets"] },
    read { "pattern": "^/?[^/]+(/[^/]+)*$", "examples": ["/cat_outdoor/cat_jackets"] }
);
