use super::worker::Worker;
use super::{ConsumerConfig, ConsumerCounts, Control, Handler, housekeeping, reader};
use crate::{DeadLetters, Error, InboxStore, LogSource, NoInbox};
use event_contracts::FromEnvelope;
use std::fmt;
use std::future::Future;
use std::marker::PhantomData;

/// Hands the records of a log to a typed handler, as [`Consumer`](super::Consumer) does with the messages of a queue;
/// what is different follows from records that cannot be settled one by one:
///
/// - Of each partition the offset is committed below which **everything** is done, from time to time and at the end.
///   Records behind one that is not done yet may be handled, and come again after a crash; an
///   [inbox](Self::with_inbox) absorbs that.
/// - A record counts as done when its effect is, or when its dead letter is safe: poison does not stop its partition.
/// - At most `prefetch` records of each partition are held; a partition that is behind is paused, alone.
/// - When partitions are revoked, those of their records that are being handled may finish within the drain timeout,
///   the offsets are committed, and then the partitions are released. Of partitions that are lost everything is
///   dropped, and nothing is committed.
/// - While the group does not answer a commit, what is held is handled and no more is taken, for `call_timeout` at most
///   and then after every `commit_interval` again. A revocation ends a second or two after the drain timeout at the
///   latest, answered or not.
///
/// Without an inbox, a record that waits for a late retry holds back its partition's offset, and after a while, by
/// `commit_window`, its partition.
pub struct LogConsumer<S, H, D, M, I = NoInbox> {
    source: S,
    worker: Worker<H, D, I>,
    message: PhantomData<fn() -> M>,
}

impl<S, H, D, M> LogConsumer<S, H, D, M> {
    /// A consumer of `source`, which puts what it cannot handle among `dead_letters`, and has no inbox.
    ///
    /// # Errors
    ///
    /// When values of the configuration are out of their range.
    pub fn new(source: S, handler: H, dead_letters: D, config: ConsumerConfig) -> Result<Self, Error> {
        config.validate()?;
        Ok(Self {
            source,
            worker: Worker::new(handler, dead_letters, config),
            message: PhantomData,
        })
    }

    /// Writes each message's id into `inbox`, in the transaction that the handler gets and writes its effect with.
    #[must_use]
    pub fn with_inbox<I: InboxStore>(self, inbox: I) -> LogConsumer<S, H, D, M, I> {
        LogConsumer {
            source: self.source,
            worker: self.worker.with_inbox(inbox),
            message: PhantomData,
        }
    }
}

impl<S, H, D, M, I> LogConsumer<S, H, D, M, I> {
    /// The handle, by which the consumer is watched and told to pause or to end.
    #[must_use]
    pub fn control(&self) -> Control {
        self.worker.control.clone()
    }
}

impl<S, H, D, M, I> LogConsumer<S, H, D, M, I>
where
    S: LogSource,
    I: InboxStore,
    H: Handler<M, I::Transaction>,
    D: DeadLetters,
    M: FromEnvelope + Send,
{
    /// Runs until `shutdown` completes, [`Control::drain`] is called or the source is closed, and says what it has
    /// done.
    ///
    /// Then nothing more is received, handlers that run may finish within the drain timeout, and what is done is
    /// committed. Dropping the future commits nothing more.
    ///
    /// # Errors
    ///
    /// When the source is broken for good; what was begun was finished, as at a shutdown.
    pub async fn run(self, shutdown: impl Future<Output = ()>) -> Result<ConsumerCounts, Error> {
        let Self { source, worker, .. } = self;
        let (received, ()) = tokio::join!(
            reader::receive::<S, H, D, M, I>(source, &worker, shutdown),
            housekeeping::keep::<_, _, _, M>(&worker)
        );
        worker.meters.report(worker.counters().snapshot());
        received.map(|()| worker.counters().snapshot())
    }
}

/// Neither the source nor the handler has to be printable: a closure is not.
impl<S, H, D, M, I> fmt::Debug for LogConsumer<S, H, D, M, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LogConsumer")
            .field("config", &self.worker.config)
            .field("counts", &self.worker.control.counts())
            .finish_non_exhaustive()
    }
}
