use super::LogRecord;
use super::group::News;
use super::topic::{Step, Topic};
use crate::clock;
use crate::memory::TransportError;
use crate::{LogEvent, LogSource, Partition};
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// A consumer of a [`Log`](super::Log), one of its group.
///
/// It joins when it is first asked what happens next, counts as alive while it is asked, and leaves when it is
/// dropped. When it was silent for longer than the session timeout its partitions are others': the next thing it
/// is told is [`LogEvent::Lost`], and then it joins anew.
pub struct LogConsumer {
    topic: Arc<Topic>,
    group: String,
    heartbeat: Duration,
    /// Its number in the group, once it has joined.
    id: Option<u64>,
    /// What it was told that it has.
    own: BTreeSet<usize>,
    paused: BTreeSet<usize>,
    /// Where to look first, so that every partition has its turn.
    first: usize,
}

impl LogConsumer {
    pub(super) fn new(topic: Arc<Topic>, group: &str, session: Duration) -> Self {
        Self {
            topic,
            group: group.to_owned(),
            heartbeat: session / 3,
            id: None,
            own: BTreeSet::new(),
            paused: BTreeSet::new(),
            first: 0,
        }
    }

    /// Ends without a word, as a process that is killed does: the group notices after the session timeout.
    pub fn abandon(mut self) {
        self.id = None;
    }

    /// What happens next, if it has happened already.
    fn step(&mut self) -> Result<Option<LogEvent<LogRecord>>, TransportError> {
        let now = clock::now();
        let id = match self.id {
            Some(id) => id,
            None => *self.id.insert(self.topic.join(&self.group, now)),
        };
        let paused = |number| self.paused.contains(&number);
        let step = self.topic.step(&self.group, id, now, self.first, paused)?;
        Ok(match step {
            Step::Record(record) => {
                use crate::Record;
                self.first = self
                    .topic
                    .number(record.partition())
                    .map_or(0, |number| number + 1);
                Some(LogEvent::Record(record))
            }
            Step::News(news) => Some(self.heard(news)),
            Step::ThrownOut => {
                self.id = None;
                self.paused.clear();
                let lost: Vec<usize> = std::mem::take(&mut self.own).into_iter().collect();
                if lost.is_empty() {
                    return self.step();
                }
                Some(LogEvent::Lost(self.named(&lost)))
            }
            Step::Nothing => None,
        })
    }

    fn heard(&mut self, news: News) -> LogEvent<LogRecord> {
        match news {
            News::Assigned(numbers) => {
                self.own.extend(&numbers);
                LogEvent::Assigned(self.named(&numbers))
            }
            News::Revoked(numbers) => LogEvent::Revoked(self.named(&numbers)),
            News::Lost(numbers) => {
                self.forget(&numbers);
                LogEvent::Lost(self.named(&numbers))
            }
        }
    }

    fn forget(&mut self, numbers: &[usize]) {
        for number in numbers {
            self.own.remove(number);
            self.paused.remove(number);
        }
    }

    fn named(&self, numbers: &[usize]) -> Vec<Partition> {
        let named = numbers.iter().map(|number| self.topic.partition(*number).clone());
        named.collect()
    }
}

impl LogSource for LogConsumer {
    type Record = LogRecord;

    type Error = TransportError;

    async fn next(&mut self) -> Result<Option<LogEvent<LogRecord>>, TransportError> {
        let topic = Arc::clone(&self.topic);
        loop {
            // Created before looking, so that what happens in between wakes it.
            let changed = topic.changed.notified();
            if let Some(event) = self.step()? {
                return Ok(Some(event));
            }
            let _ = clock::until(clock::after(self.heartbeat), changed).await;
        }
    }

    async fn commit(&mut self, partition: &Partition, next: u64) -> Result<(), TransportError> {
        // A number that nobody has is fenced off like one that was lost.
        let id = self.id.unwrap_or(u64::MAX);
        self.topic.commit(&self.group, id, clock::now(), partition, next)
    }

    async fn release(&mut self, partitions: &[Partition]) -> Result<(), TransportError> {
        let numbers: Vec<usize> = partitions
            .iter()
            .filter_map(|partition| self.topic.number(partition))
            .collect();
        self.forget(&numbers);
        if let Some(id) = self.id {
            self.topic.release(&self.group, id, clock::now(), partitions);
        }
        Ok(())
    }

    fn pause(&mut self, partitions: &[Partition]) {
        let numbers = partitions
            .iter()
            .filter_map(|partition| self.topic.number(partition));
        self.paused.extend(numbers);
    }

    fn resume(&mut self, partitions: &[Partition]) {
        for number in partitions
            .iter()
            .filter_map(|partition| self.topic.number(partition))
        {
            self.paused.remove(&number);
        }
    }

    fn lag(&self, partition: &Partition) -> Option<u64> {
        let number = self.topic.number(partition)?;
        Some(self.topic.lag_of(&self.group, number))
    }
}

impl Drop for LogConsumer {
    fn drop(&mut self) {
        if let Some(id) = self.id {
            self.topic.leave(&self.group, id, clock::now());
        }
    }
}

impl fmt::Debug for LogConsumer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LogConsumer")
            .field("topic", &self.topic.name())
            .field("group", &self.group)
            .field("partitions", &self.own)
            .finish_non_exhaustive()
    }
}
