use crate::Context;
use std::error::Error as StdError;
use std::fmt;
use std::future::Future;

/// What a consumer does with an event: a closure, or a type of its own.
///
/// `M` is what it takes: [`Envelope<E>`](event_contracts::Envelope) for one type of event,
/// [`ProductEvent`](event_contracts::ProductEvent) for all of the Product Service's, or any other
/// [`FromEnvelope`](event_contracts::FromEnvelope). `T` is the [inbox's](crate::InboxStore) transaction, in which
/// the effect is to be written; `()` without an inbox.
///
/// With an inbox, an effect that is written in the transaction happens exactly once, and one that is not (a call
/// to another service) happens at least once. Without an inbox, the same event may come more than once. The future
/// is dropped when the handler's deadline or the drain timeout ends first, and then the transaction is rolled back
/// and the message is tried again.
///
/// ```
/// use event_contracts::{Envelope, price::ProductPriceChanged};
/// use event_messaging::{Context, Handler};
///
/// struct PriceList { /* what it needs besides the transaction */ }
///
/// impl<T: Send> Handler<Envelope<ProductPriceChanged>, T> for PriceList {
///     type Error = std::io::Error;
///
///     async fn handle(
///         &self,
///         event: Envelope<ProductPriceChanged>,
///         _transaction: &mut T,
///         _context: &Context<'_>,
///     ) -> Result<(), Self::Error> {
///         let _price = event.payload().current_amount();
///         Ok(())
///     }
/// }
/// ```
pub trait Handler<M, T = ()>: Send + Sync {
    /// Why it failed. Any error says "try again"; [`HandlerError::permanent`] says "never".
    type Error: Into<HandlerError> + Send;

    /// Handles one message. After `Ok` its transaction is committed, and then it is acknowledged.
    fn handle(
        &self,
        message: M,
        transaction: &mut T,
        context: &Context<'_>,
    ) -> impl Future<Output = Result<(), Self::Error>> + Send;
}

impl<M, T, F, R, E> Handler<M, T> for F
where
    M: Send,
    T: Send,
    F: Fn(M) -> R + Send + Sync,
    R: Future<Output = Result<(), E>> + Send,
    E: Into<HandlerError> + Send,
{
    type Error = E;

    fn handle(&self, message: M, _: &mut T, _: &Context<'_>) -> impl Future<Output = Result<(), E>> + Send {
        self(message)
    }
}

/// Why a handler failed, and whether trying again may help.
///
/// Every error becomes one that may be tried again, so that `?` works in a handler.
pub struct HandlerError {
    cause: Box<dyn StdError + Send + Sync>,
    is_permanent: bool,
}

impl HandlerError {
    /// Trying again does not help: the message goes to the dead letters at once.
    #[must_use]
    pub fn permanent(cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            cause: cause.into(),
            is_permanent: true,
        }
    }

    /// Trying again may help. What `?` and `into()` make.
    #[must_use]
    pub fn transient(cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            cause: cause.into(),
            is_permanent: false,
        }
    }

    /// Whether trying again cannot help.
    #[must_use]
    pub fn is_permanent(&self) -> bool {
        self.is_permanent
    }

    /// The error of the handler.
    #[must_use]
    pub fn cause(&self) -> &(dyn StdError + Send + Sync + 'static) {
        &*self.cause
    }
}

impl<E: StdError + Send + Sync + 'static> From<E> for HandlerError {
    fn from(cause: E) -> Self {
        Self::transient(cause)
    }
}

impl fmt::Debug for HandlerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HandlerError")
            .field("cause", &self.cause)
            .field("is_permanent", &self.is_permanent)
            .finish()
    }
}
