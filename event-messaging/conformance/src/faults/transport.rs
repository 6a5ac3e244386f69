use super::Intake;
use event_messaging::{Publisher, Received};
use std::collections::BTreeMap;
use std::fmt;
use std::future::{Future, ready};
use std::path::Path;

/// The exchange (or topic) from which everything reaches the consumers.
pub const EXCHANGE: &str = "product.events";

/// The exchange (or topic) of the dead letters.
pub const DEAD_LETTERS: &str = "conformance.dead-letters";

/// An exchange (or topic) that exists where the broker asks for it, and that reaches nobody.
pub const NOWHERE: &str = "conformance.nowhere";

/// A transport under test: one topology of it, that no other test knows of.
///
/// What is published to [`EXCHANGE`] with a routing key that begins with `product.` reaches one queue, or one group,
/// which several consumers share so that the order within a key is kept. What is published to [`DEAD_LETTERS`] is kept
/// until [`dead_letters`](Self::dead_letters) takes it. Nothing published to [`NOWHERE`] reaches anybody.
///
/// Setting up may panic: it is a part of a test. The methods that make something go wrong say [`CannotInject`] unless
/// they are written; the faults that need them are then *not checked*, and the suite says so.
pub trait Transport: Sized + Send + Sync + 'static {
    /// The way out.
    type Publisher: Publisher + 'static;

    /// The way in: [`FromQueue`](super::FromQueue) or [`FromLog`](super::FromLog).
    type Intake: Intake + 'static;

    /// Makes the topology anew. `folder` is this test's alone; its name is unique on this machine, and files in it
    /// are removed after the test.
    fn fresh(folder: &Path) -> impl Future<Output = Self> + Send;

    /// The topology that another process made for `folder`.
    fn attach(folder: &Path) -> impl Future<Output = Self> + Send;

    /// A publisher, with a channel of its own where the transport has such a thing.
    fn publisher(&self) -> Self::Publisher;

    /// A consumer's way in, which holds at most `prefetch` unsettled messages where the transport limits that.
    fn intake(&self, prefetch: usize) -> Self::Intake;

    /// How many messages the consumers have not settled (or, of a log, committed).
    fn waiting(&self) -> impl Future<Output = u64> + Send;

    /// Takes the dead letters that have come since the last call.
    fn dead_letters(&self) -> impl Future<Output = Vec<Letter>> + Send;

    /// From now on the broker refuses messages of this key, or takes them again: they are answered with
    /// [`Nacked`](event_messaging::Outcome::Nacked), and those of other keys are not.
    fn refuse(&self, key: &str, is_refused: bool) -> impl Future<Output = Result<(), CannotInject>> + Send {
        let _ = (key, is_refused);
        ready(Err(CannotInject))
    }

    /// Cuts the connections of all publishers and intakes made by this value; they may be made again at once.
    fn cut(&self) -> impl Future<Output = Result<(), CannotInject>> + Send {
        ready(Err(CannotInject))
    }

    /// From now on the broker takes nothing from publishers made by this value and answers nothing, or does so again.
    /// Consumers go on.
    fn block(&self, is_blocked: bool) -> impl Future<Output = Result<(), CannotInject>> + Send {
        let _ = is_blocked;
        ready(Err(CannotInject))
    }

    /// The broker closes the channel of this publisher at its next message, and no other channel.
    fn close_channel(
        &self,
        publisher: &Self::Publisher,
    ) -> impl Future<Output = Result<(), CannotInject>> + Send {
        let _ = publisher;
        ready(Err(CannotInject))
    }

    /// The broker's process is killed and started again, with all that it had confirmed. Returns when it is back.
    fn restart(&self) -> impl Future<Output = Result<(), CannotInject>> + Send {
        ready(Err(CannotInject))
    }

    /// The queue (or topic) of the consumers is deleted.
    fn delete_intake(&self) -> impl Future<Output = Result<(), CannotInject>> + Send {
        ready(Err(CannotInject))
    }
}

/// A transport cannot make that happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CannotInject;

impl fmt::Display for CannotInject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the transport cannot make it happen")
    }
}

impl std::error::Error for CannotInject {}

/// A dead letter, as it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Letter {
    /// The headers, among them those of [`DeadLetterExchange`](event_messaging::DeadLetterExchange).
    pub headers: BTreeMap<String, String>,
    /// The body.
    pub body: Vec<u8>,
}

impl Letter {
    /// The letter that a message is.
    #[must_use]
    pub fn of<R: Received>(message: &R) -> Self {
        let headers = message.headers();
        Self {
            headers: headers
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            body: message.body().to_vec(),
        }
    }
}
