use std::error::Error as StdError;
use std::fmt;

/// An error of any type, in a box; it looks like the error that it holds.
///
/// Unlike `Box<dyn Error + Send + Sync>` itself it is an error, so `Error<BoxedError>` is one too, and has the error
/// in the box as its source.
pub struct BoxedError(Box<dyn StdError + Send + Sync>);

impl BoxedError {
    /// The box.
    #[must_use]
    pub fn into_inner(self) -> Box<dyn StdError + Send + Sync> {
        self.0
    }

    /// The error in the box.
    #[must_use]
    pub fn get_ref(&self) -> &(dyn StdError + Send + Sync + 'static) {
        &*self.0
    }
}

impl From<Box<dyn StdError + Send + Sync>> for BoxedError {
    fn from(error: Box<dyn StdError + Send + Sync>) -> Self {
        Self(error)
    }
}

impl fmt::Debug for BoxedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for BoxedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl StdError for BoxedError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()
    }
}
