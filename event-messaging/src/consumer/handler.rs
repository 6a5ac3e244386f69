use std::error::Error as StdError;
use std::future::Future;

/// What a consumer does with an event: a closure, or a type of its own.
///
/// `M` is what it takes: [`Envelope<E>`](event_contracts::Envelope) for one type of event,
/// [`ProductEvent`](event_contracts::ProductEvent) for all of the Product Service's, or any other
/// [`FromEnvelope`](event_contracts::FromEnvelope). Messages that `M` does not accept are acknowledged and counted.
///
/// The same event may come more than once; see [`SequenceGate`](crate::SequenceGate). The future is dropped when
/// the drain timeout ends first, and then the message is delivered again: commit all of an effect, or nothing.
///
/// ```
/// use event_contracts::{Envelope, price::ProductPriceChanged};
/// use event_messaging::Handler;
///
/// struct PriceList { /* a pool of connections, say */ }
///
/// impl Handler<Envelope<ProductPriceChanged>> for PriceList {
///     type Error = std::io::Error;
///
///     async fn handle(&self, event: Envelope<ProductPriceChanged>) -> Result<(), Self::Error> {
///         let _price = event.payload().current_amount();
///         Ok(())
///     }
/// }
/// ```
pub trait Handler<M>: Send + Sync {
    /// Why it failed; logged, and the message is tried again.
    type Error: Into<Box<dyn StdError + Send + Sync>> + Send;

    /// Handles one message; it is acknowledged after `Ok`.
    fn handle(&self, message: M) -> impl Future<Output = Result<(), Self::Error>> + Send;
}

impl<M, F, R, E> Handler<M> for F
where
    F: Fn(M) -> R + Send + Sync,
    R: Future<Output = Result<(), E>> + Send,
    E: Into<Box<dyn StdError + Send + Sync>> + Send,
{
    type Error = E;

    fn handle(&self, message: M) -> impl Future<Output = Result<(), E>> + Send {
        self(message)
    }
}
