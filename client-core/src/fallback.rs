//! What to say while the service can't be asked.

use std::future::Future;

use product_types::Timestamp;

use crate::{Error, Operation};

/// Knows an older answer to an operation, such as a local projection filled from the service's events.
///
/// It is asked only when the call failed by [`Error::is_unavailable`]: a refusal (404, 403, ...) or a mistake of the
/// caller stands, whatever the projection says.
pub trait FallbackSource<O: Operation>: Send + Sync {
    /// The last known answer, or `None` to let the call's error stand.
    fn fallback(&self, operation: &O) -> impl Future<Output = Option<Stored<O::Output>>> + Send;
}

/// A value kept from earlier, and when it was true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored<T> {
    /// The value.
    pub value: T,
    /// When the service said so.
    pub as_of: Timestamp,
}

impl<T> Stored<T> {
    /// A value that was true at `as_of`.
    pub fn new(value: T, as_of: Timestamp) -> Self {
        Self { value, as_of }
    }
}

/// An answer of the service, or what was known before it stopped answering.
///
/// There is no short way to the value in both cases: whoever takes an unconfirmed value has seen that it is one.
#[derive(Debug)]
pub enum Answer<T> {
    /// The service said so now.
    Live(T),
    /// The service could not be asked; this was true at `as_of`.
    Unconfirmed {
        /// The value kept from earlier.
        value: T,
        /// When the service said so.
        as_of: Timestamp,
        /// Why the service could not be asked.
        cause: Error,
    },
}

impl<T> Answer<T> {
    /// Whether the service said so now.
    pub const fn is_live(&self) -> bool {
        matches!(self, Self::Live(_))
    }

    /// The value, if the service said so now.
    pub fn live(self) -> Option<T> {
        match self {
            Self::Live(value) => Some(value),
            Self::Unconfirmed { .. } => None,
        }
    }
}
