//! Drives a [`LogSource`]: takes its records, and hears when partitions come and go.

use super::Handler;
use super::control::Phase;
use super::engine::Engine;
use super::handover::turn;
use super::job::{Job, Step, Unsettled};
use super::partitions::{Partitions, Position};
use super::worker::Worker;
use crate::clock::{self, Instant};
use crate::error::Kind;
use crate::{DeadLetters, Error, InboxStore, LogEvent, LogSource, Partition, Record, reason};
use event_contracts::FromEnvelope;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use tokio::sync::watch;

/// How many records are taken at once while they come without a wait; then others have their turn.
const BURST: usize = 64;

/// Reads the log until the end, whichever it is, and drains.
pub(super) async fn receive<S, H, D, M, I>(
    source: S,
    worker: &Worker<H, D, I>,
    shutdown: impl Future<Output = ()>,
) -> Result<(), Error>
where
    S: LogSource,
    I: InboxStore,
    H: Handler<M, I::Transaction>,
    D: DeadLetters,
    M: FromEnvelope + Send,
{
    // Beside all else, so that the drain timeout counts from the shutdown also when a call of the group takes its time.
    let told = async {
        tokio::select! {
            biased;
            () = shutdown => worker.control.drain(),
            _ = worker.control.draining() => {}
        }
    };
    tokio::join!(told, drive::<S, H, D, M, I>(source, worker)).1
}

async fn drive<S, H, D, M, I>(source: S, worker: &Worker<H, D, I>) -> Result<(), Error>
where
    S: LogSource,
    I: InboxStore,
    H: Handler<M, I::Transaction>,
    D: DeadLetters,
    M: FromEnvelope + Send,
{
    let config = &worker.config;
    let engine = Engine::new(config.concurrency, &worker.store, |job| {
        worker.attempt::<Recorded<S::Record>, M>(job)
    });
    let mut reader = Reader {
        source,
        worker,
        engine,
        partitions: Partitions::default(),
        phase: worker.control.watch(),
        commit_at: clock::after(config.commit_interval),
        cut_off: None,
        key: String::new(),
    };
    let mut broken = None;
    loop {
        let is_paused = match *reader.phase.borrow_and_update() {
            Phase::Draining { .. } => break,
            now => now == Phase::Paused,
        };
        reader.engine.stop(is_paused);
        reader.keep_up(is_paused);
        let event = tokio::select! {
            biased;
            () = clock::sleep_until(reader.commit_at) => {
                let deadline = clock::after(config.call_timeout);
                // A group that does not answer must not keep the consumer from ending.
                tokio::select! {
                    biased;
                    _ = worker.control.draining() => break,
                    () = reader.commit(|_| true, deadline) => {}
                }
                // Counted from the end, or a group that is slow would keep the records from being taken.
                reader.commit_at = clock::after(config.commit_interval);
                continue;
            }
            () = turn(&mut reader.engine, &mut reader.phase) => continue,
            event = reader.source.next() => event,
        };
        match reader.take(event).await {
            Ok(true) => {}
            Ok(false) => break,
            Err(cause) => {
                tracing::error!(
                    consumer = config.name,
                    error = reason::with_causes(&cause),
                    "the source is broken for good: the consumer ends"
                );
                broken = Some(Error::new(Kind::Source(Box::new(cause))));
                break;
            }
        }
    }
    worker.control.drain();
    reader.end().await;
    broken.map_or(Ok(()), Err)
}

/// The source, and what came of it.
pub(super) struct Reader<'a, S: LogSource, H, D, I, M, A, F> {
    pub(super) source: S,
    pub(super) worker: &'a Worker<H, D, I>,
    pub(super) engine: Engine<'a, Recorded<S::Record>, M, A, F>,
    pub(super) partitions: Partitions,
    pub(super) phase: watch::Receiver<Phase>,
    /// When what is done is to be committed next.
    pub(super) commit_at: Instant,
    /// The partition whose commit took all the time, so that the others come before it.
    pub(super) cut_off: Option<Partition>,
    /// The key of the record that is being opened.
    pub(super) key: String,
}

impl<S, H, D, I, M, A, F> Reader<'_, S, H, D, I, M, A, F>
where
    S: LogSource,
    I: InboxStore,
    D: DeadLetters,
    M: FromEnvelope + Send,
    A: Fn(Job<Recorded<S::Record>, M>) -> F,
    F: Future<Output = Step<Recorded<S::Record>, M>>,
{
    /// Takes what happened, and the records that are there already. `false` when the source was closed.
    async fn take(&mut self, event: Result<Option<LogEvent<S::Record>>, S::Error>) -> Result<bool, S::Error> {
        let mut next = Some(event);
        let mut taken = 0;
        let other = poll_fn(|cx| {
            loop {
                let event = match next.take() {
                    Some(event) => event,
                    None => match pin!(self.source.next()).poll(cx) {
                        Poll::Ready(event) => event,
                        Poll::Pending => return Poll::Ready(None),
                    },
                };
                let record = match event {
                    Ok(Some(LogEvent::Record(record))) => record,
                    other => return Poll::Ready(Some(other)),
                };
                let recorded = Recorded(record);
                let place = recorded.place();
                if self.partitions.received(&place) {
                    self.accept(cx, recorded);
                    taken += 1;
                }
                // Where nothing is held, nothing is full.
                let is_full =
                    self.engine.held() > 0 && self.partitions.is_full(&place.partition, &self.worker.config);
                if taken == BURST || is_full {
                    return Poll::Ready(None);
                }
            }
        })
        .await;
        self.worker.counters().received(taken);
        match other {
            Some(event) => match event? {
                None => return Ok(false),
                Some(LogEvent::Assigned(partitions)) => self.partitions.assigned(&partitions),
                Some(LogEvent::Revoked(partitions)) => self.revoked(&partitions).await,
                Some(LogEvent::Lost(partitions)) => self.lost(&partitions).await,
                // Taken above.
                Some(LogEvent::Record(_)) => {}
            },
            None if taken == BURST => tokio::task::yield_now().await,
            None => {}
        }
        Ok(true)
    }

    fn accept(&mut self, cx: &mut std::task::Context<'_>, recorded: Recorded<S::Record>) {
        let job = self.worker.open(recorded, &mut self.key);
        let key = Some(&*self.key).filter(|key| !key.is_empty());
        self.engine.accept(cx, key, job);
        self.note_done();
    }

    /// Notes what is done, and lets records come or not.
    fn keep_up(&mut self, is_paused: bool) {
        self.note_done();
        self.worker.counters().in_flight(self.engine.held());
        let (pause, resume) = self.partitions.back_pressure(&self.worker.config, is_paused);
        if !pause.is_empty() {
            self.source.pause(&pause);
        }
        if !resume.is_empty() {
            self.source.resume(&resume);
        }
    }

    pub(super) fn note_done(&mut self) {
        for position in self.engine.take_done() {
            self.partitions.done(&position);
        }
    }
}

/// A record of a log: nobody is told that it is done but by the offset.
pub(super) struct Recorded<R>(R);

impl<R: Record> Unsettled for Recorded<R> {
    type Message = R;
    type Place = Position;

    fn message(&self) -> &R {
        &self.0
    }

    fn place(&self) -> Position {
        Position {
            partition: self.0.partition().clone(),
            offset: self.0.offset(),
        }
    }

    async fn settle(self) -> bool {
        true
    }
}
