use std::sync::Arc;

/// An adaptive limit has moved.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LimitChange {
    /// The limit's name.
    pub name: Arc<str>,
    /// How many calls might be under way at once before.
    pub from: u32,
    /// How many may be from now on.
    pub to: u32,
}
