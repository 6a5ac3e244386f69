//! A topic: its partitions' records, and the groups that read them.

use super::group::{Group, Limits, News, Refusal};
use super::records::Records;
use super::{LogRecord, Retention};
use crate::clock::Instant;
use crate::memory::TransportError;
use crate::memory::error::Kind;
use crate::memory::recorder::Recorder;
use crate::memory::sharing::part_of;
use crate::{OutboundMessage, Partition};
use std::collections::BTreeMap;
#[cfg(all(feature = "process", unix))]
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

pub(super) struct Topic {
    partitions: Vec<Partition>,
    capacity: usize,
    retention: Retention,
    limits: Limits,
    state: Mutex<State>,
    /// Told of all that somebody may wait for.
    pub(super) changed: Notify,
    recorder: Option<Arc<dyn Recorder>>,
}

struct State {
    records: Vec<Records>,
    groups: BTreeMap<String, Group>,
    is_deleted: bool,
}

/// What a member gets.
pub(super) enum Step {
    Record(LogRecord),
    News(News),
    /// It is no member any more.
    ThrownOut,
    Nothing,
}

/// Whether a record found its place.
pub(super) enum Append {
    Done,
    Full(OutboundMessage),
    Deleted,
}

impl Topic {
    pub(super) fn new(
        name: &str,
        partitions: usize,
        capacity: usize,
        retention: Retention,
        limits: Limits,
        recorder: Option<Arc<dyn Recorder>>,
    ) -> Self {
        let name: Arc<str> = name.into();
        let count = u32::try_from(partitions.max(1)).unwrap_or(u32::MAX);
        let partitions: Vec<_> = (0..count)
            .map(|number| Partition::new(Arc::clone(&name), number))
            .collect();
        let records = partitions.iter().map(|_| Records::default()).collect();
        Self {
            partitions,
            capacity: capacity.max(1),
            retention,
            limits,
            state: Mutex::new(State {
                records,
                groups: BTreeMap::new(),
                is_deleted: false,
            }),
            changed: Notify::new(),
            recorder,
        }
    }

    pub(super) fn name(&self) -> &str {
        self.partitions[0].topic()
    }

    pub(super) fn partition(&self, number: usize) -> &Partition {
        &self.partitions[number]
    }

    /// The number of a partition, if it is one of this topic.
    pub(super) fn number(&self, partition: &Partition) -> Option<usize> {
        let number = usize::try_from(partition.number()).ok()?;
        (self.partitions.get(number)? == partition).then_some(number)
    }

    pub(super) fn append(&self, message: OutboundMessage) -> Append {
        let number = part_of(&message.key, self.partitions.len());
        let mut state = self.state();
        if state.is_deleted {
            return Append::Deleted;
        }
        let State { records, groups, .. } = &mut *state;
        let done = || match self.retention {
            Retention::Newest => u64::MAX,
            Retention::UntilCommitted => {
                let committed = groups.values().map(|group| group.committed(number));
                committed.min().unwrap_or(0)
            }
        };
        if !records[number].make_room(self.capacity, done) {
            return Append::Full(message);
        }
        if let Some(recorder) = &self.recorder {
            recorder.appended(self.name(), self.partitions[number].number(), &message);
        }
        state.records[number].push(message);
        drop(state);
        self.changed.notify_waiters();
        Append::Done
    }

    pub(super) fn join(&self, group: &str, now: Instant) -> u64 {
        let mut state = self.state();
        let id = state.group(group, self.limits).join(now);
        drop(state);
        self.changed.notify_waiters();
        id
    }

    pub(super) fn leave(&self, group: &str, id: u64, now: Instant) {
        self.state().group(group, self.limits).leave(id, now);
        self.changed.notify_waiters();
    }

    /// What a member gets next, beginning with partition `first`; records of those that are `paused` stay.
    pub(super) fn step(
        &self,
        group: &str,
        id: u64,
        now: Instant,
        first: usize,
        paused: impl Fn(usize) -> bool,
    ) -> Result<Step, TransportError> {
        let mut state = self.state();
        if state.is_deleted {
            return Err(TransportError::new(Kind::Deleted(self.name().to_owned())));
        }
        let State { records, groups, .. } = &mut *state;
        let Some(group) = groups.get_mut(group) else {
            return Ok(Step::ThrownOut);
        };
        if !group.hear(id, now) {
            return Ok(Step::ThrownOut);
        }
        if let Some(news) = group.news(id) {
            return Ok(Step::News(news));
        }
        let count = self.partitions.len();
        for number in (0..count).map(|step| (first + step) % count) {
            if paused(number) {
                continue;
            }
            let Some(offset) = group.next(id, number, records[number].start()) else {
                continue;
            };
            if let Some(message) = records[number].at(offset) {
                let is_redelivered = group.advance(number);
                let partition = self.partitions[number].clone();
                return Ok(Step::Record(LogRecord::new(
                    partition,
                    offset,
                    message,
                    is_redelivered,
                )));
            }
        }
        Ok(Step::Nothing)
    }

    pub(super) fn commit(
        &self,
        group: &str,
        id: u64,
        now: Instant,
        partition: &Partition,
        next: u64,
    ) -> Result<(), TransportError> {
        let fenced = || TransportError::new(Kind::Fenced(partition.to_string()));
        let number = self.number(partition).ok_or_else(fenced)?;
        let mut state = self.state();
        if state.is_deleted {
            return Err(TransportError::new(Kind::Deleted(self.name().to_owned())));
        }
        let members = state.group(group, self.limits);
        if !members.hear(id, now) {
            return Err(fenced());
        }
        members
            .commit(id, number, next)
            .map_err(|refusal| match refusal {
                Refusal::NotOwner => fenced(),
                Refusal::Ahead { read } => TransportError::new(Kind::Ahead {
                    partition: partition.to_string(),
                    read,
                }),
            })?;
        if let Some(recorder) = &self.recorder {
            recorder.committed(self.name(), group, partition.number(), next);
        }
        drop(state);
        // There may be room now.
        self.changed.notify_waiters();
        Ok(())
    }

    pub(super) fn release(&self, group: &str, id: u64, now: Instant, partitions: &[Partition]) {
        let mut state = self.state();
        let members = state.group(group, self.limits);
        if members.hear(id, now) {
            for number in partitions.iter().filter_map(|partition| self.number(partition)) {
                members.release(id, number);
            }
        }
        drop(state);
        self.changed.notify_waiters();
    }

    #[cfg(all(feature = "process", unix))]
    pub(super) fn restore(&self, partition: usize, start: u64, kept: VecDeque<OutboundMessage>) {
        if let Some(records) = self.state().records.get_mut(partition) {
            *records = Records::restored(start, kept);
        }
    }

    #[cfg(all(feature = "process", unix))]
    pub(super) fn restore_group(&self, group: &str, partition: u32, next: u64) {
        if let Ok(partition) = usize::try_from(partition) {
            self.state().group(group, self.limits).restore(partition, next);
        }
    }

    pub(super) fn end_sessions(&self) {
        let mut state = self.state();
        for group in state.groups.values_mut() {
            group.clear();
        }
        drop(state);
        self.changed.notify_waiters();
    }

    pub(super) fn delete(&self) {
        let mut state = self.state();
        state.is_deleted = true;
        for records in &mut state.records {
            records.clear();
        }
        drop(state);
        self.changed.notify_waiters();
    }

    pub(super) fn len(&self) -> usize {
        self.state().records.iter().map(Records::len).sum()
    }

    /// How many records the group has not committed.
    pub(super) fn lag(&self, group: &str) -> u64 {
        (0..self.partitions.len())
            .map(|number| self.lag_of(group, number))
            .sum()
    }

    /// How many records of a partition the group has not committed.
    pub(super) fn lag_of(&self, group: &str, number: usize) -> u64 {
        let state = self.state();
        let done = state.groups.get(group).map_or(0, |group| group.committed(number));
        let records = &state.records[number];
        records.end() - done.max(records.start())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// The group, which begins with the oldest records when it is new.
    fn group(&mut self, name: &str, limits: Limits) -> &mut Group {
        if !self.groups.contains_key(name) {
            let starts = self.records.iter().map(Records::start);
            self.groups.insert(name.to_owned(), Group::new(starts, limits));
        }
        self.groups
            .get_mut(name)
            .expect("it was inserted if it was not there")
    }
}
