//! What a journal says is there: read entry by entry, written anew without what is gone, put into a broker and a log.

use super::journal::{self, kind};
use super::request::retention;
use super::wire::Take;
use crate::OutboundMessage;
use crate::memory::queue::Shape;
use crate::memory::sharing::fnv;
use crate::memory::{Broker, Log, Retention};
use std::collections::{BTreeMap, VecDeque};
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::Path;

const BUFFER: usize = 1 << 20;

#[derive(Default)]
pub(super) struct Image {
    queues: BTreeMap<String, Queue>,
    topics: BTreeMap<String, Topic>,
}

struct Queue {
    shape: Shape,
    /// Exchange and pattern.
    bindings: Vec<(String, String)>,
    messages: BTreeMap<u64, OutboundMessage>,
}

struct Topic {
    capacity: usize,
    retention: Retention,
    partitions: Vec<Records>,
    /// By group and partition.
    committed: BTreeMap<(String, u32), u64>,
}

#[derive(Default)]
struct Records {
    start: u64,
    kept: VecDeque<OutboundMessage>,
}

impl Image {
    /// Reads a journal up to the first entry that is damaged or not whole: its writer was killed there. One that is
    /// not there is empty.
    pub(super) fn read(path: &Path) -> io::Result<Self> {
        let mut image = Self::default();
        let mut file = match File::open(path) {
            Ok(file) => BufReader::with_capacity(BUFFER, file),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(image),
            Err(error) => return Err(error),
        };
        while let Some(entry) = entry(&mut file)? {
            if image.apply(Take(&entry)).is_none() {
                return Err(io::Error::new(
                    io::ErrorKind::InvalidData,
                    "the journal has an entry that this version does not know",
                ));
            }
        }
        Ok(image)
    }

    /// Writes a journal of what is there in place of the one at `path`, and gives it to go on. Whenever the process is
    /// killed, one of the two is there, and whole.
    pub(super) fn write(&self, path: &Path) -> io::Result<File> {
        self.write_in_steps(path, &mut || {})
    }

    /// Calls `stepped` after each step.
    fn write_in_steps(&self, path: &Path, stepped: &mut dyn FnMut()) -> io::Result<File> {
        let beside = path.with_extension("new");
        let mut writer = BufWriter::with_capacity(BUFFER, File::create(&beside)?);
        stepped();
        let mut framed = Vec::new();
        self.entries(|entry| {
            framed.clear();
            journal::frame(&mut framed, &entry);
            writer.write_all(&framed)?;
            stepped();
            Ok(())
        })?;
        let file = writer.into_inner().map_err(io::IntoInnerError::into_error)?;
        stepped();
        file.sync_all()?;
        stepped();
        fs::rename(&beside, path)?;
        stepped();
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
        stepped();
        Ok(file)
    }

    /// Puts everything into a broker and a log that are empty.
    pub(super) fn restore(self, broker: &Broker, log: &Log) -> Result<(), crate::Error> {
        for (name, queue) in self.queues {
            let restored = broker.declare(&name, queue.shape);
            for (exchange, pattern) in &queue.bindings {
                broker.bind(&name, exchange, pattern)?;
            }
            for (place, message) in queue.messages {
                restored.restore(place, message);
            }
        }
        for (name, topic) in self.topics {
            log.create_topic(&name, topic.partitions.len(), topic.capacity, topic.retention);
            for (number, records) in topic.partitions.into_iter().enumerate() {
                log.restore(&name, number, records.start, records.kept);
            }
            for ((group, partition), next) in topic.committed {
                log.restore_group(&name, &group, partition, next);
            }
        }
        Ok(())
    }

    /// `None` for an entry of a kind that is not known. One about what was deleted meanwhile changes nothing.
    fn apply(&mut self, mut take: Take<'_>) -> Option<()> {
        let (kind, name) = (take.u8()?, take.text()?);
        match kind {
            kind::QUEUE => {
                let shape = Shape {
                    shards: take.size()?,
                    is_exclusive: take.flag()?,
                    capacity: take.size()?,
                };
                self.queues.entry(name).or_insert_with(|| Queue {
                    shape,
                    bindings: Vec::new(),
                    messages: BTreeMap::new(),
                });
            }
            kind::BIND => {
                let binding = (take.text()?, take.text()?);
                if let Some(queue) = self.queues.get_mut(&name)
                    && !queue.bindings.contains(&binding)
                {
                    queue.bindings.push(binding);
                }
            }
            kind::DELETE_QUEUE => {
                self.queues.remove(&name);
            }
            kind::STORED => {
                let (place, message) = (take.u64()?, take.message()?);
                if let Some(queue) = self.queues.get_mut(&name) {
                    queue.messages.insert(place, message);
                }
            }
            kind::SETTLED => {
                let place = take.u64()?;
                if let Some(queue) = self.queues.get_mut(&name) {
                    queue.messages.remove(&place);
                }
            }
            kind::TOPIC => {
                let (partitions, capacity) = (take.size()?, take.size()?);
                let retention = retention(take.flag()?);
                self.topics.entry(name).or_insert_with(|| Topic {
                    capacity: capacity.max(1),
                    retention,
                    partitions: (0..partitions.max(1)).map(|_| Records::default()).collect(),
                    committed: BTreeMap::new(),
                });
            }
            kind::DELETE_TOPIC => {
                self.topics.remove(&name);
            }
            kind::APPENDED => {
                let (partition, message) = (take.u32()?, take.message()?);
                if let Some(topic) = self.topics.get_mut(&name) {
                    topic.append(partition, message);
                }
            }
            kind::COMMITTED => {
                let (group, partition, next) = (take.text()?, take.u32()?, take.u64()?);
                if let Some(topic) = self.topics.get_mut(&name) {
                    let committed = topic.committed.entry((group, partition)).or_default();
                    *committed = next.max(*committed);
                }
            }
            kind::BEGINS => {
                let (partition, start) = (take.u32()?, take.u64()?);
                let topic = self.topics.get_mut(&name);
                if let Some(records) = topic.and_then(|topic| topic.records(partition)) {
                    records.start = start;
                }
            }
            _ => return None,
        }
        Some(())
    }

    fn entries(&self, mut write: impl FnMut(Vec<u8>) -> io::Result<()>) -> io::Result<()> {
        for (name, queue) in &self.queues {
            write(journal::queue(name, queue.shape))?;
            for (exchange, pattern) in &queue.bindings {
                write(journal::bind(name, exchange, pattern))?;
            }
            for (place, message) in &queue.messages {
                write(journal::stored(name, *place, message))?;
            }
        }
        for (name, topic) in &self.topics {
            let partitions = topic.partitions.len();
            write(journal::topic(name, partitions, topic.capacity, topic.retention))?;
            for (number, records) in (0..).zip(&topic.partitions) {
                write(journal::begins(name, number, records.start))?;
                for message in &records.kept {
                    write(journal::appended(name, number, message))?;
                }
            }
            for ((group, partition), next) in &topic.committed {
                write(journal::committed(name, group, *partition, *next))?;
            }
        }
        Ok(())
    }
}

impl Topic {
    fn append(&mut self, partition: u32, message: OutboundMessage) {
        let capacity = self.capacity;
        if let Some(records) = self.records(partition) {
            records.kept.push_back(message);
            // It was appended because there was room, so the oldest were dropped.
            while records.kept.len() > capacity {
                records.kept.pop_front();
                records.start += 1;
            }
        }
    }

    fn records(&mut self, partition: u32) -> Option<&mut Records> {
        self.partitions.get_mut(usize::try_from(partition).ok()?)
    }
}

/// The next entry; `None` at the end, and where one is not whole or damaged.
fn entry(file: &mut BufReader<File>) -> io::Result<Option<Vec<u8>>> {
    let (mut head, mut entry) = (Vec::new(), Vec::new());
    file.take(16).read_to_end(&mut head)?;
    let mut head = Take(&head);
    let (Some(length), Some(check)) = (head.u64(), head.u64()) else {
        return Ok(None);
    };
    let read = file.take(length).read_to_end(&mut entry)?;
    Ok((read as u64 == length && fnv(&entry) == check).then_some(entry))
}

#[cfg(test)]
mod tests;
