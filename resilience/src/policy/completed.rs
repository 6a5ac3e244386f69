/// What a call brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Completed<T> {
    /// The value of the last attempt, or what stands in for it.
    pub value: T,
    /// How many attempts were begun; at least 1 unless the value is a fallback.
    pub attempts: u32,
    /// Whether the value came from a [fallback](crate::fallback) and not from the call itself.
    pub is_fallback: bool,
}

impl<T> Completed<T> {
    pub(super) fn live(value: T, attempts: u32) -> Self {
        Self {
            value,
            attempts,
            is_fallback: false,
        }
    }

    pub(super) fn fallback(value: T, attempts: u32) -> Self {
        Self {
            value,
            attempts,
            is_fallback: true,
        }
    }

    /// The value alone.
    pub fn into_value(self) -> T {
        self.value
    }
}
