/// An answer that says where it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Answer<T> {
    /// From the service itself.
    Live(T),
    /// From the fallback.
    Fallback(T),
}

impl<T> Answer<T> {
    /// Whether it came from the fallback.
    #[must_use]
    pub fn is_fallback(&self) -> bool {
        matches!(self, Self::Fallback(_))
    }

    /// The value, wherever it came from.
    pub fn into_value(self) -> T {
        match self {
            Self::Live(value) | Self::Fallback(value) => value,
        }
    }
}
