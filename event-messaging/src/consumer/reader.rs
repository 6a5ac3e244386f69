//! Drives a [`LogSource`]: takes its records, commits what is done, and answers when partitions come and go.

use super::Handler;
use super::call::{self, CallError};
use super::control::Phase;
use super::engine::Engine;
use super::job::{Job, Step, Unsettled};
use super::partitions::{Partitions, Position};
use super::queue::at;
use super::worker::Worker;
use crate::clock::{self, Instant};
use crate::error::Kind;
use crate::{DeadLetters, Error, InboxStore, LogEvent, LogSource, Partition, Record, reason};
use event_contracts::FromEnvelope;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;
use tokio::sync::watch;

/// How many records are taken at once while they come without a wait; then others have their turn.
const BURST: usize = 64;

/// How much time the commit of what is done, and the release of what was revoked, have each when the handlers have taken
/// all of the drain timeout.
const LAST_CALL: Duration = Duration::from_secs(1);

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
struct Reader<'a, S: LogSource, H, D, I, M, A, F> {
    source: S,
    worker: &'a Worker<H, D, I>,
    engine: Engine<'a, Recorded<S::Record>, M, A, F>,
    partitions: Partitions,
    phase: watch::Receiver<Phase>,
    /// When what is done is to be committed next.
    commit_at: Instant,
    /// The partition whose commit took all the time, so that the others come before it.
    cut_off: Option<Partition>,
    /// The key of the record that is being opened.
    key: String,
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
                let partition = record.partition().clone();
                if self.accept(cx, record) {
                    taken += 1;
                }
                if taken == BURST || self.partitions.is_full(&partition, &self.worker.config) {
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

    fn accept(&mut self, cx: &mut std::task::Context<'_>, record: S::Record) -> bool {
        let recorded = Recorded(record);
        if !self.partitions.received(&recorded.place()) {
            return false;
        }
        let job = self.worker.open(recorded, &mut self.key);
        let key = Some(&*self.key).filter(|key| !key.is_empty());
        self.engine.accept(cx, key, job);
        self.note_done();
        true
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

    fn note_done(&mut self) {
        for position in self.engine.take_done() {
            self.partitions.done(&position);
        }
    }

    /// Commits what is done in the partitions that `of` names, as far as it gets until `deadline`; handlers go on
    /// meanwhile.
    async fn commit(&mut self, of: impl Fn(&Partition) -> bool, deadline: Instant) {
        self.note_done();
        let mut due = self.partitions.to_commit();
        due.retain(|(partition, _)| of(partition));
        let first = due.partition_point(|(partition, _)| Some(partition) <= self.cut_off.as_ref());
        due.rotate_left(first);
        for (partition, next) in due {
            let commit = self.source.commit(&partition, next);
            let Err(error) = alongside(&mut self.engine, &mut self.phase, deadline, commit).await else {
                self.partitions.committed(&partition, next);
                continue;
            };
            self.worker.counters().settle_failures(1);
            tracing::warn!(
                consumer = self.worker.config.name,
                %partition,
                next,
                error = error.reason(),
                "offset not committed: its records may come again"
            );
            if matches!(error, CallError::Late) {
                self.cut_off = Some(partition);
                break;
            }
        }
        let source = &self.source;
        let lag = self.partitions.lag(|partition| source.lag(partition));
        self.worker.counters().lag(lag);
    }

    /// Gives partitions up in good order.
    async fn revoked(&mut self, partitions: &[Partition]) {
        let theirs = |place: &Position| partitions.contains(&place.partition);
        let deadline = clock::after(self.worker.config.drain_timeout);
        let mut given_back = self.engine.drop_waiting(theirs);
        let (engine, phase) = (&mut self.engine, &mut self.phase);
        let finished = async {
            while engine.is_any_running(theirs) {
                turn(engine, phase).await;
                // Those that failed are to be tried by somebody else.
                given_back += engine.drop_waiting(theirs);
            }
        };
        let _ = clock::until(deadline, finished).await;
        given_back += self.engine.drop_running(theirs) + self.engine.drop_waiting(theirs);
        self.worker.counters().given_back(given_back);
        self.engine.wake().await;
        let by = self.last_call(deadline);
        self.commit(|partition| partitions.contains(partition), by).await;
        self.partitions.gone(partitions);
        let by = self.last_call(deadline);
        let release = self.source.release(partitions);
        if let Err(error) = alongside(&mut self.engine, &mut self.phase, by, release).await {
            tracing::warn!(
                consumer = self.worker.config.name,
                error = error.reason(),
                "the group was not told that partitions are released"
            );
        }
    }

    /// Drops all that belongs to partitions which are somebody else's already.
    async fn lost(&mut self, partitions: &[Partition]) {
        let theirs = |place: &Position| partitions.contains(&place.partition);
        let dropped = self.engine.drop_running(theirs) + self.engine.drop_waiting(theirs);
        self.worker.counters().given_back(dropped);
        self.partitions.gone(partitions);
        tracing::warn!(
            consumer = self.worker.config.name,
            ?partitions,
            dropped,
            "partitions lost: their records are handled by somebody else"
        );
        self.engine.wake().await;
    }

    /// Until when a call may take that follows on handlers which had until `deadline`.
    fn last_call(&self, deadline: Instant) -> Instant {
        let limit = clock::after(self.worker.config.call_timeout);
        deadline.max(clock::after(LAST_CALL)).min(limit)
    }

    /// Lets what runs finish, and commits.
    async fn end(mut self) {
        let told = self.worker.control.draining().await;
        let deadline = clock::later(told, self.worker.config.drain_timeout);
        self.engine.drain(deadline).await;
        let by = self.last_call(deadline);
        self.commit(|_| true, by).await;
        self.worker.counters().given_back(self.engine.held());
        self.worker.counters().in_flight(0);
    }
}

/// Waits for a call of the source until `deadline`, and lets attempts begin and end meanwhile.
async fn alongside<T, E, U, M, A, F>(
    engine: &mut Engine<'_, U, M, A, F>,
    phase: &mut watch::Receiver<Phase>,
    deadline: Instant,
    call: impl Future<Output = Result<T, E>>,
) -> Result<T, CallError<E>>
where
    U: Unsettled,
    A: Fn(Job<U, M>) -> F,
    F: Future<Output = Step<U, M>>,
{
    let mut answer = pin!(clock::until(deadline, call));
    loop {
        tokio::select! {
            biased;
            answer = &mut answer => return call::answered(answer),
            () = turn(engine, phase) => {}
        }
    }
}

/// Waits until attempts end, or may begin, or the consumer is told something, and does what follows from it. Cancel safe.
async fn turn<U, M, A, F>(engine: &mut Engine<'_, U, M, A, F>, phase: &mut watch::Receiver<Phase>)
where
    U: Unsettled,
    A: Fn(Job<U, M>) -> F,
    F: Future<Output = Step<U, M>>,
{
    let wake_at = engine.wake_at();
    tokio::select! {
        biased;
        _ = phase.changed() => {
            engine.stop(*phase.borrow() != Phase::Running);
            engine.wake().await;
        }
        () = engine.progress() => {}
        () = at(wake_at) => engine.wake().await,
    }
}

/// A record of a log: nobody is told that it is done but by the offset.
struct Recorded<R>(R);

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
