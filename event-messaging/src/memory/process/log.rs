use super::link::{Link, disconnected};
use super::reply::Push;
use super::request::{Question, Request};
use crate::clock;
use crate::memory::error::Kind;
use crate::memory::{LogRecord, TransportError};
use crate::{LogEvent, LogSource, Partition};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;

/// How many events may be on their way.
const CREDIT: usize = 256;

/// How long a commit or a release may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// A consumer of a topic of a [`Server`](super::Server), one of its group. When the connection is lost it is told that
/// its partitions are lost, waits for the server and joins anew; a topic that is not there then is an error.
pub struct RemoteLogConsumer {
    socket: Arc<PathBuf>,
    group: String,
    topic: Arc<str>,
    link: Option<(Arc<Link>, mpsc::UnboundedReceiver<Push>)>,
    own: BTreeSet<u32>,
    paused: BTreeSet<u32>,
    /// Paused where the records are.
    stopped: BTreeSet<u32>,
    /// Records that were on their way when their partition was paused.
    kept: BTreeMap<u32, VecDeque<LogRecord>>,
}

impl RemoteLogConsumer {
    pub(super) fn new(socket: Arc<PathBuf>, group: &str, topic: &str) -> Self {
        Self {
            socket,
            group: group.to_owned(),
            topic: topic.into(),
            link: None,
            own: BTreeSet::new(),
            paused: BTreeSet::new(),
            stopped: BTreeSet::new(),
            kept: BTreeMap::new(),
        }
    }

    /// What was pushed next; `None` when the connection is lost.
    async fn pushed(&mut self) -> Option<Push> {
        if self.link.is_none() {
            let (link, pushed) = Link::await_open(&self.socket).await;
            let subscribe = Request::Subscribe {
                group: self.group.clone(),
                topic: self.topic.as_ref().to_owned(),
            };
            // A link that is lost already shows in what it pushes: nothing more.
            let _ = link.send(&subscribe);
            let _ = link.send(&Request::More(CREDIT));
            self.link = Some((link, pushed));
        }
        let (_, pushed) = self.link.as_mut()?;
        pushed.recv().await
    }

    /// A record that waited for its partition to go on.
    fn kept(&mut self) -> Option<LogRecord> {
        let paused = &self.paused;
        let mut open = self
            .kept
            .iter_mut()
            .filter(|(number, _)| !paused.contains(number));
        let record = open.find_map(|(_, records)| records.pop_front());
        self.kept.retain(|_, records| !records.is_empty());
        self.restart();
        record
    }

    /// Lets those partitions go on where the records are that are not paused and have none waiting here: so what waits
    /// here is never more than what was on its way.
    fn restart(&mut self) {
        let (paused, kept) = (&self.paused, &self.kept);
        let open: Vec<u32> = self
            .stopped
            .iter()
            .copied()
            .filter(|number| !paused.contains(number) && !kept.contains_key(number))
            .collect();
        if !open.is_empty() {
            for number in &open {
                self.stopped.remove(number);
            }
            self.send(&Request::Resume(open));
        }
    }

    fn heard(&mut self, push: Push) -> Result<Option<LogEvent<LogRecord>>, TransportError> {
        Ok(Some(match push {
            Push::Record {
                partition,
                offset,
                is_redelivered,
                message,
            } => {
                self.send(&Request::More(1));
                let name = Partition::new(Arc::clone(&self.topic), partition);
                let record = LogRecord::new(name, offset, Arc::new(message), is_redelivered);
                if self.paused.contains(&partition) || self.kept.contains_key(&partition) {
                    self.kept.entry(partition).or_default().push_back(record);
                    return Ok(None);
                }
                LogEvent::Record(record)
            }
            Push::Assigned(numbers) => {
                self.send(&Request::More(1));
                self.own.extend(&numbers);
                LogEvent::Assigned(self.named(&numbers))
            }
            Push::Revoked(numbers) => {
                self.send(&Request::More(1));
                self.drop_kept(&numbers);
                LogEvent::Revoked(self.named(&numbers))
            }
            Push::Lost(numbers) => {
                self.send(&Request::More(1));
                self.forget(&numbers);
                LogEvent::Lost(self.named(&numbers))
            }
            Push::Gone => {
                self.link = None;
                return Err(TransportError::new(Kind::Deleted(self.topic.as_ref().to_owned())));
            }
            Push::Delivery { .. } => return Ok(None),
        }))
    }

    /// The connection is lost, and with it every partition.
    fn lost(&mut self) -> Option<LogEvent<LogRecord>> {
        self.link = None;
        let numbers: Vec<u32> = std::mem::take(&mut self.own).into_iter().collect();
        self.paused.clear();
        self.stopped.clear();
        self.kept.clear();
        (!numbers.is_empty()).then(|| LogEvent::Lost(self.named(&numbers)))
    }

    fn forget(&mut self, numbers: &[u32]) {
        for number in numbers {
            self.own.remove(number);
            self.paused.remove(number);
            self.stopped.remove(number);
        }
        self.drop_kept(numbers);
    }

    fn drop_kept(&mut self, numbers: &[u32]) {
        for number in numbers {
            self.kept.remove(number);
        }
    }

    fn named(&self, numbers: &[u32]) -> Vec<Partition> {
        let named = numbers
            .iter()
            .map(|number| Partition::new(Arc::clone(&self.topic), *number));
        named.collect()
    }

    /// On a link that is lost nothing has to be said.
    fn send(&self, request: &Request) {
        if let Some((link, _)) = &self.link {
            let _ = link.send(request);
        }
    }

    async fn ask(&self, question: Question) -> Result<(), TransportError> {
        let (link, _) = self.link.as_ref().ok_or_else(disconnected)?;
        let link = Arc::clone(link);
        link.ask(question, clock::now() + PATIENCE).await.map(|_| ())
    }
}

impl LogSource for RemoteLogConsumer {
    type Record = LogRecord;

    type Error = TransportError;

    async fn next(&mut self) -> Result<Option<LogEvent<LogRecord>>, TransportError> {
        loop {
            if let Some(record) = self.kept() {
                return Ok(Some(LogEvent::Record(record)));
            }
            let event = match self.pushed().await {
                Some(push) => self.heard(push)?,
                None => self.lost(),
            };
            if event.is_some() {
                return Ok(event);
            }
        }
    }

    async fn commit(&mut self, partition: &Partition, next: u64) -> Result<(), TransportError> {
        if partition.topic() != self.topic.as_ref() {
            return Err(TransportError::new(Kind::Fenced(partition.to_string())));
        }
        let partition = partition.number();
        self.ask(Question::Commit { partition, next }).await
    }

    async fn release(&mut self, partitions: &[Partition]) -> Result<(), TransportError> {
        let numbers: Vec<u32> = partitions.iter().map(Partition::number).collect();
        self.forget(&numbers);
        self.ask(Question::Release(numbers)).await
    }

    fn pause(&mut self, partitions: &[Partition]) {
        let numbers: Vec<u32> = partitions.iter().map(Partition::number).collect();
        self.paused.extend(&numbers);
        self.stopped.extend(&numbers);
        self.send(&Request::Pause(numbers));
    }

    fn resume(&mut self, partitions: &[Partition]) {
        for partition in partitions {
            self.paused.remove(&partition.number());
        }
        self.restart();
    }
}

impl fmt::Debug for RemoteLogConsumer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RemoteLogConsumer")
            .field("group", &self.group)
            .field("topic", &self.topic)
            .field("partitions", &self.own)
            .finish_non_exhaustive()
    }
}
