//! Commits what is done, and gives partitions up: all that a consumer of a log asks of its group.

use super::call::{self, CallError};
use super::control::Phase;
use super::engine::Engine;
use super::job::{Job, Step, Unsettled};
use super::partitions::Position;
use super::queue::at;
use super::reader::{Reader, Recorded};
use crate::clock::{self, Instant};
use crate::{DeadLetters, InboxStore, LogSource, Partition};
use event_contracts::FromEnvelope;
use std::future::Future;
use std::pin::pin;
use std::time::Duration;
use tokio::sync::watch;

/// How much time the commit of what is done, and the release of what was revoked, have each when the handlers have taken
/// all of the drain timeout.
const LAST_CALL: Duration = Duration::from_secs(1);

impl<S, H, D, I, M, A, F> Reader<'_, S, H, D, I, M, A, F>
where
    S: LogSource,
    I: InboxStore,
    D: DeadLetters,
    M: FromEnvelope + Send,
    A: Fn(Job<Recorded<S::Record>, M>) -> F,
    F: Future<Output = Step<Recorded<S::Record>, M>>,
{
    /// Commits what is done in the partitions that `of` names, as far as it gets until `deadline`; handlers go on
    /// meanwhile.
    pub(super) async fn commit(&mut self, of: impl Fn(&Partition) -> bool, deadline: Instant) {
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
    pub(super) async fn revoked(&mut self, partitions: &[Partition]) {
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
    pub(super) async fn lost(&mut self, partitions: &[Partition]) {
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
    pub(super) async fn end(mut self) {
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
pub(super) async fn turn<U, M, A, F>(engine: &mut Engine<'_, U, M, A, F>, phase: &mut watch::Receiver<Phase>)
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
