//! Drives a [`LogSource`]: takes its records, commits what is done, and answers when partitions come and go.

use super::Handler;
use super::control::{Control, Phase};
use super::engine::Engine;
use super::job::{Job, Step, Unsettled};
use super::partitions::{Partitions, Position};
use super::queue::at;
use super::worker::Worker;
use crate::clock::{self, Instant};
use crate::error::Kind;
use crate::{DeadLetters, Error, InboxStore, LogEvent, LogSource, Partition, Record};
use event_contracts::FromEnvelope;
use std::error::Error as StdError;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

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
    let config = &worker.config;
    let engine = Engine::new(config.concurrency, &worker.store, |job| {
        worker.attempt::<Recorded<S::Record>, M>(job)
    });
    let mut reader = Reader {
        source,
        worker,
        engine,
        partitions: Partitions::default(),
        commit_at: clock::now() + config.commit_interval,
        key: String::new(),
    };
    let mut phase = worker.control.watch();
    let mut shutdown = pin!(shutdown);
    let mut broken = None;
    loop {
        let is_paused = match *phase.borrow_and_update() {
            Phase::Draining => break,
            now => now == Phase::Paused,
        };
        reader.engine.stop(is_paused);
        reader.keep_up(is_paused);
        let (wake_at, commit_at) = (reader.engine.wake_at(), reader.commit_at);
        let event = tokio::select! {
            biased;
            () = &mut shutdown => break,
            _ = phase.changed() => {
                reader.engine.stop(*phase.borrow() != Phase::Running);
                reader.engine.wake().await;
                continue;
            }
            () = clock::sleep_until(commit_at) => {
                // A group that does not answer must not keep the consumer from ending.
                tokio::select! {
                    biased;
                    () = &mut shutdown => break,
                    () = draining(&worker.control) => break,
                    () = reader.commit(|_| true) => {}
                }
                continue;
            }
            () = reader.engine.progress() => continue,
            () = at(wake_at) => {
                reader.engine.wake().await;
                continue;
            }
            event = reader.source.next() => event,
        };
        match reader.take(event).await {
            Ok(true) => {}
            Ok(false) => break,
            Err(cause) => {
                tracing::error!(
                    consumer = config.name,
                    error = &cause as &dyn StdError,
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
    /// When what is done is to be committed next.
    commit_at: Instant,
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
                let recorded = Recorded(record);
                let place = recorded.place();
                if self.partitions.received(&place) {
                    self.accept(cx, recorded);
                    taken += 1;
                }
                if taken == BURST || self.partitions.is_full(&place.partition, &self.worker.config) {
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
                Some(LogEvent::Revoked(partitions)) => {
                    self.revoked(&partitions).await;
                    self.engine.wake().await;
                }
                Some(LogEvent::Lost(partitions)) => {
                    self.lost(&partitions);
                    self.engine.wake().await;
                }
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

    fn note_done(&mut self) {
        for position in self.engine.take_done() {
            self.partitions.done(&position);
        }
    }

    /// Commits what is done in the partitions that `of` names; handlers go on meanwhile.
    async fn commit(&mut self, of: impl Fn(&Partition) -> bool) {
        self.note_done();
        self.commit_at = clock::now() + self.worker.config.commit_interval;
        for (partition, next) in self.partitions.to_commit() {
            if !of(&partition) {
                continue;
            }
            let committed = alongside(&mut self.engine, self.source.commit(&partition, next)).await;
            match committed {
                Ok(()) => self.partitions.committed(&partition, next),
                Err(error) => {
                    self.worker.counters().settle_failures(1);
                    tracing::warn!(
                        consumer = self.worker.config.name,
                        %partition,
                        next,
                        error = &error as &dyn StdError,
                        "offset not committed: its records may come again"
                    );
                }
            }
        }
        let source = &self.source;
        let lag = self.partitions.lag(|partition| source.lag(partition));
        self.worker.counters().lag(lag);
    }

    /// Gives partitions up in good order.
    async fn revoked(&mut self, partitions: &[Partition]) {
        let theirs = |place: &Position| partitions.contains(&place.partition);
        let deadline = clock::now() + self.worker.config.drain_timeout;
        let mut given_back = self.engine.drop_waiting(theirs);
        let engine = &mut self.engine;
        let finished = async {
            while engine.is_any_running(theirs) {
                let wake_at = engine.wake_at();
                tokio::select! {
                    biased;
                    () = engine.progress() => {}
                    () = at(wake_at) => engine.wake().await,
                }
                // Those that failed are to be tried by somebody else.
                given_back += engine.drop_waiting(theirs);
            }
        };
        let _ = clock::until(deadline, finished).await;
        given_back += self.engine.drop_running(theirs) + self.engine.drop_waiting(theirs);
        self.worker.counters().given_back(given_back);
        self.commit(|partition| partitions.contains(partition)).await;
        self.partitions.gone(partitions);
        if let Err(error) = alongside(&mut self.engine, self.source.release(partitions)).await {
            tracing::warn!(
                consumer = self.worker.config.name,
                error = &error as &dyn StdError,
                "the group was not told that partitions are released"
            );
        }
    }

    /// Drops all that belongs to partitions which are somebody else's already.
    fn lost(&mut self, partitions: &[Partition]) {
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
    }

    /// Lets what runs finish, and commits.
    async fn end(mut self) {
        let deadline = clock::now() + self.worker.config.drain_timeout;
        self.engine.drain(deadline).await;
        // What is done is worth a commit, also when the drain took all its time.
        let deadline = deadline.max(clock::now() + Duration::from_secs(1));
        let _ = clock::until(deadline, self.commit(|_| true)).await;
        self.worker.counters().given_back(self.engine.held());
        self.worker.counters().in_flight(0);
    }
}

async fn draining(control: &Control) {
    // The sender lives as long as the control.
    let _ = control.watch().wait_for(|phase| *phase == Phase::Draining).await;
}

/// Waits for `future`, and lets attempts run meanwhile.
async fn alongside<T, U, M, A, F>(engine: &mut Engine<'_, U, M, A, F>, future: impl Future<Output = T>) -> T
where
    U: Unsettled,
    A: Fn(Job<U, M>) -> F,
    F: Future<Output = Step<U, M>>,
{
    let mut future = pin!(future);
    loop {
        tokio::select! {
            biased;
            output = &mut future => return output,
            () = engine.progress() => {}
        }
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
