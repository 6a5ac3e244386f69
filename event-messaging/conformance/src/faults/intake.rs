use event_contracts::Envelope;
use event_contracts::product::ProductDeleted;
use event_messaging::{
    Consumer, ConsumerConfig, ConsumerCounts, Control, DeadLetters, Error, Handler, InboxStore, LogConsumer,
    LogSource, Source,
};
use std::future::{Future, pending};
use std::pin::Pin;

/// The event that the suite sends: real, small, and whole without others.
pub type Deleted = Envelope<ProductDeleted>;

/// A consumer that runs until its [`Control`] is told to drain.
pub type Run = Pin<Box<dyn Future<Output = Result<ConsumerCounts, Error>> + Send>>;

/// The way in, whichever way its messages are settled. Made of a source by [`FromQueue`] and [`FromLog`]; nobody else
/// needs to write one.
pub trait Intake: Send {
    /// A consumer of it.
    ///
    /// # Errors
    ///
    /// When values of the configuration are out of their range.
    fn consume<H, D, I>(
        self,
        handler: H,
        dead_letters: D,
        inbox: I,
        config: ConsumerConfig,
    ) -> Result<(Control, Run), Error>
    where
        H: Handler<Deleted, I::Transaction> + 'static,
        D: DeadLetters + 'static,
        I: InboxStore + 'static;
}

/// The way in from a queue.
#[derive(Clone, Copy, Debug)]
pub struct FromQueue<S>(pub S);

/// The way in from a log.
#[derive(Clone, Copy, Debug)]
pub struct FromLog<L>(pub L);

impl<S: Source + 'static> Intake for FromQueue<S> {
    fn consume<H, D, I>(
        self,
        handler: H,
        dead_letters: D,
        inbox: I,
        config: ConsumerConfig,
    ) -> Result<(Control, Run), Error>
    where
        H: Handler<Deleted, I::Transaction> + 'static,
        D: DeadLetters + 'static,
        I: InboxStore + 'static,
    {
        let consumer = Consumer::new(self.0, handler, dead_letters, config)?.with_inbox(inbox);
        Ok((consumer.control(), Box::pin(consumer.run(pending()))))
    }
}

impl<L: LogSource + 'static> Intake for FromLog<L> {
    fn consume<H, D, I>(
        self,
        handler: H,
        dead_letters: D,
        inbox: I,
        config: ConsumerConfig,
    ) -> Result<(Control, Run), Error>
    where
        H: Handler<Deleted, I::Transaction> + 'static,
        D: DeadLetters + 'static,
        I: InboxStore + 'static,
    {
        let consumer = LogConsumer::new(self.0, handler, dead_letters, config)?.with_inbox(inbox);
        Ok((consumer.control(), Box::pin(consumer.run(pending()))))
    }
}
