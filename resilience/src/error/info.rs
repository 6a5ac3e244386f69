use std::error::Error as StdError;
use std::time::Duration;

use super::{BoxedError, Error, ErrorKind};
use crate::breaker::Open;
use crate::bulkhead::Full;
use crate::rate_limit::Limited;
use crate::retry::Stop;
use crate::timeout::Elapsed;

/// What an [`Error`] tells whatever the type of the operation's own error is. A plain value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ErrorInfo {
    /// What ended the call.
    pub kind: ErrorKind,
    /// How many attempts were begun; 0 if the call never left.
    pub attempts: u32,
    /// What stood against another attempt; `None` if none was in question.
    pub stop: Option<Stop>,
    /// How long to wait before calling again.
    pub retry_after: Option<Duration>,
}

impl<E> Error<E>
where
    E: Into<Box<dyn StdError + Send + Sync>>,
{
    /// The same error with the operation's own in a box: the one form that [`find`](Error::find) knows again.
    ///
    /// For a face whose error type is a box anyhow. Allocates only if there is an error of the operation.
    #[must_use]
    pub fn erase(self) -> Error<BoxedError> {
        Error {
            cause: self.cause,
            inner: self.inner.map(|error| BoxedError::from(error.into())),
            attempts: self.attempts,
            stop: self.stop,
            retry_after: self.retry_after,
        }
    }
}

impl Error<BoxedError> {
    /// Finds what this crate has to say in `error` or the chain of its sources.
    ///
    /// It knows [`Error<BoxedError>`](BoxedError), which [`erase`](Error::erase) makes of any other, and the rejections
    /// of the single layers. An `Error<E>` that was boxed as it is, only who knows `E` can find, by `downcast_ref`.
    ///
    /// ```
    /// use resilience::{Error, ErrorKind};
    ///
    /// # fn rejected() -> Box<dyn std::error::Error + Send + Sync> {
    /// #     use resilience::{breaker::{BreakerPolicy, CircuitBreaker}, time};
    /// #     let breaker = CircuitBreaker::new("catalogue", BreakerPolicy::default().with_consecutive_failures(1)).unwrap();
    /// #     breaker.admit(time::now()).unwrap().failure(time::now());
    /// #     breaker.admit(time::now()).unwrap_err().into()
    /// # }
    /// let boxed = std::io::Error::other(rejected());
    /// let found = Error::find(&boxed).expect("the breaker said no");
    /// assert_eq!(found.kind, ErrorKind::CircuitOpen);
    /// assert!(found.retry_after.is_some());
    /// ```
    #[must_use]
    pub fn find(error: &(dyn StdError + 'static)) -> Option<ErrorInfo> {
        let mut next = Some(error);
        while let Some(error) = next {
            // An `io::Error` does not name what it holds as its source, but that one's source.
            let held = error
                .downcast_ref::<std::io::Error>()
                .and_then(std::io::Error::get_ref);
            let found = recognise(error).or_else(|| held.and_then(|held| recognise(held)));
            if found.is_some() {
                return found;
            }
            next = error.source();
        }
        None
    }
}

fn recognise(error: &(dyn StdError + 'static)) -> Option<ErrorInfo> {
    if let Some(error) = error.downcast_ref::<Error<BoxedError>>() {
        return Some(error.info());
    }
    rejection(error.downcast_ref::<Open>())
        .or_else(|| rejection(error.downcast_ref::<Full>()))
        .or_else(|| rejection(error.downcast_ref::<Limited>()))
        .or_else(|| rejection(error.downcast_ref::<Elapsed>()))
}

/// What the error made of a bare rejection would tell.
fn rejection<R>(rejection: Option<&R>) -> Option<ErrorInfo>
where
    R: Clone,
    Error<BoxedError>: From<R>,
{
    rejection.cloned().map(|rejection| Error::from(rejection).info())
}
