/// A limit has moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct LimitChange {
    /// How many calls might be under way at once before.
    pub from: u32,
    /// How many may be from now on.
    pub to: u32,
}

impl LimitChange {
    pub(super) fn between(from: u32, to: u32) -> Option<Self> {
        (from != to).then_some(Self { from, to })
    }
}
