use super::Faults;
use super::line::Line;
use super::plan::{Fault, Passing, Plan};
use crate::clock::{self, Instant};
use crate::{LogEvent, LogSource, Partition, Received};
use event_contracts::RawEnvelope;
use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

/// A source of a log that fails as planned. Made by [`Faults::log`].
pub struct FaultyLog<L: LogSource> {
    inner: L,
    line: Arc<Line>,
    records: Arc<Plan>,
    commits: Arc<Plan>,
    read: u64,
    committed: u64,
    /// A record that is late, and until when.
    late: Option<(L::Record, Instant)>,
}

/// An error of the log, or one that was planned.
#[derive(Debug)]
#[non_exhaustive]
pub enum FaultError<E> {
    /// Planned.
    Injected,
    /// The log's own.
    Transport(E),
}

impl<L: LogSource> FaultyLog<L> {
    pub(super) fn new(inner: L, faults: &Faults) -> Self {
        Self {
            inner,
            line: Arc::clone(&faults.line),
            records: Arc::clone(&faults.deliveries),
            commits: Arc::clone(&faults.commits),
            read: 0,
            committed: 0,
            late: None,
        }
    }

    fn decide(&mut self, record: &L::Record) -> Option<Fault> {
        self.read += 1;
        let raw = RawEnvelope::parse(record.body()).ok();
        let message_id = raw.as_ref().map_or("", |raw| raw.message_id());
        let key = raw.as_ref().and_then(|raw| raw.partition_key()).unwrap_or("");
        self.line
            .decide(&self.records, &Passing::new(self.read, message_id, key))
    }
}

impl<L: LogSource> LogSource for FaultyLog<L>
where
    L::Record: Sync,
{
    type Record = L::Record;

    type Error = FaultError<L::Error>;

    async fn next(&mut self) -> Result<Option<LogEvent<L::Record>>, Self::Error> {
        self.line.up().await;
        if let Some((_, until)) = &self.late {
            clock::sleep_until(*until).await;
        }
        if let Some((record, _)) = self.late.take() {
            return Ok(Some(LogEvent::Record(record)));
        }
        let event = self.inner.next().await.map_err(FaultError::Transport)?;
        let Some(LogEvent::Record(record)) = event else {
            return Ok(event);
        };
        if let Some(Fault::Delay(time)) = self.decide(&record) {
            let until = clock::after(time);
            // Kept here, so that it is not lost when this future is dropped.
            self.late = Some((record, until));
            clock::sleep_until(until).await;
            return Ok(self.late.take().map(|(record, _)| LogEvent::Record(record)));
        }
        Ok(Some(LogEvent::Record(record)))
    }

    async fn commit(&mut self, partition: &Partition, next: u64) -> Result<(), Self::Error> {
        self.committed += 1;
        let passing = Passing::new(self.committed, "", "");
        let fault = self.line.decide(&self.commits, &passing);
        match fault {
            Some(Fault::Refuse | Fault::LoseMessage) => return Err(FaultError::Injected),
            Some(Fault::Delay(time)) => clock::sleep(time).await,
            _ => {}
        }
        let committed = self.inner.commit(partition, next).await;
        committed.map_err(FaultError::Transport)?;
        if fault == Some(Fault::LoseAnswer) {
            return Err(FaultError::Injected);
        }
        Ok(())
    }

    async fn release(&mut self, partitions: &[Partition]) -> Result<(), Self::Error> {
        let released = self.inner.release(partitions).await;
        released.map_err(FaultError::Transport)
    }

    fn pause(&mut self, partitions: &[Partition]) {
        self.inner.pause(partitions);
    }

    fn resume(&mut self, partitions: &[Partition]) {
        self.inner.resume(partitions);
    }

    fn lag(&self, partition: &Partition) -> Option<u64> {
        self.inner.lag(partition)
    }
}

impl<L: LogSource> fmt::Debug for FaultyLog<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FaultyLog")
            .field("line", &self.line)
            .field("read", &self.read)
            .finish_non_exhaustive()
    }
}

impl<E> fmt::Display for FaultError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Injected => "a fault was injected",
            Self::Transport(_) => "the log failed",
        })
    }
}

impl<E: StdError + 'static> StdError for FaultError<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Injected => None,
            Self::Transport(cause) => Some(cause),
        }
    }
}
