/// A limit has moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct LimitChange {
    /// How many calls might be under way at once before.
    pub from: u32,
    /// How many may be from now on.
    pub to: u32,
}
