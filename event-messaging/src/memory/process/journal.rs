//! The file from which a killed server comes back: what was declared, stored and settled, in order.

use super::image::Image;
use super::wire::Put;
use crate::OutboundMessage;
use crate::memory::Retention;
use crate::memory::queue::Shape;
use crate::memory::recorder::Recorder;
use crate::memory::sharing::fnv;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use tokio::sync::watch;

/// Entries are noted in memory, in the order of what they tell, and a thread writes them at once. Who needs one to be
/// safe waits for [`sync`](Self::sync); many who wait share one flush of the disk. When the file has grown too large, the
/// thread writes it anew, without what is gone; meanwhile entries are noted, and who waits for one waits a little longer.
#[derive(Debug)]
pub(super) struct Journal {
    notes: Mutex<Notes>,
    noted: Condvar,
    /// How many entries are on the disk for certain; `None` when it failed.
    synced: watch::Sender<Option<u64>>,
    path: PathBuf,
    /// From which size on the file is written anew, if it is also twice as large as it was then.
    limit: AtomicU64,
}

/// Above this size, in bytes, a journal is written anew unless another is set.
const LIMIT: u64 = 64 << 20;

#[derive(Debug, Default)]
struct Notes {
    bytes: Vec<u8>,
    entries: u64,
    /// Up to which entry somebody waits for the disk.
    wanted: u64,
    is_closed: bool,
}

/// What an entry tells. The numbers are those of the file's format.
pub(super) mod kind {
    pub(in crate::memory::process) const QUEUE: u8 = 1;
    pub(in crate::memory::process) const BIND: u8 = 2;
    pub(in crate::memory::process) const DELETE_QUEUE: u8 = 3;
    pub(in crate::memory::process) const STORED: u8 = 4;
    pub(in crate::memory::process) const SETTLED: u8 = 5;
    pub(in crate::memory::process) const TOPIC: u8 = 6;
    pub(in crate::memory::process) const DELETE_TOPIC: u8 = 7;
    pub(in crate::memory::process) const APPENDED: u8 = 8;
    pub(in crate::memory::process) const COMMITTED: u8 = 9;
    pub(in crate::memory::process) const BEGINS: u8 = 10;
}

impl Journal {
    /// A journal that goes on at the end of `file`, which is the one at `path`.
    pub(super) fn new(path: &Path, file: File) -> io::Result<Arc<Self>> {
        let size = file.metadata()?.len();
        let journal = Arc::new(Self {
            notes: Mutex::default(),
            noted: Condvar::new(),
            synced: watch::Sender::new(Some(0)),
            path: path.to_owned(),
            limit: AtomicU64::new(LIMIT),
        });
        let writer = Arc::clone(&journal);
        thread::Builder::new()
            .name("journal".to_owned())
            .spawn(move || writer.write(file, size))?;
        Ok(journal)
    }

    /// Waits until everything noted so far is on the disk. False when it cannot be written any more.
    pub(super) async fn sync(&self) -> bool {
        let target = {
            let mut notes = self.notes();
            notes.wanted = notes.entries;
            notes.entries
        };
        self.noted.notify_one();
        let mut synced = self.synced.subscribe();
        let reached = synced
            .wait_for(|synced| synced.is_none_or(|synced| synced >= target))
            .await;
        reached.is_ok_and(|synced| synced.is_some())
    }

    /// Waits until it cannot be written any more.
    pub(super) async fn failed(&self) {
        // An error would mean that the sender is gone, and it is a part of this.
        let _ = self.synced.subscribe().wait_for(Option::is_none).await;
    }

    /// Lets the thread end after what is noted.
    pub(super) fn close(&self) {
        self.notes().is_closed = true;
        self.noted.notify_one();
    }

    pub(super) fn note(&self, entry: &[u8]) {
        let mut notes = self.notes();
        frame(&mut notes.bytes, entry);
        notes.entries += 1;
        drop(notes);
        self.noted.notify_one();
    }

    /// Sets from which size on, in bytes, the file is written anew.
    pub(super) fn set_limit(&self, bytes: u64) {
        self.limit.store(bytes, Ordering::Relaxed);
    }

    fn write(&self, mut file: File, mut size: u64) {
        let mut synced = 0;
        let mut size_anew = size;
        loop {
            let mut notes = self.notes();
            while notes.bytes.is_empty() && notes.wanted <= synced && !notes.is_closed {
                notes = self.noted.wait(notes).unwrap_or_else(PoisonError::into_inner);
            }
            let (bytes, entries) = (std::mem::take(&mut notes.bytes), notes.entries);
            let (must_sync, is_closed) = (notes.wanted > synced, notes.is_closed);
            drop(notes);
            let written = file.write_all(&bytes).and_then(|()| {
                size += bytes.len() as u64;
                if size > self.limit.load(Ordering::Relaxed).max(2 * size_anew) {
                    file = Image::read(&self.path)?.write(&self.path)?;
                    size = file.metadata()?.len();
                    size_anew = size;
                    synced = entries;
                } else if must_sync {
                    file.sync_data()?;
                    synced = entries;
                }
                Ok(())
            });
            if let Err(error) = written {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "the journal cannot be written"
                );
                self.synced.send_replace(None);
                return;
            }
            self.synced.send_replace(Some(synced));
            if is_closed && bytes.is_empty() {
                return;
            }
        }
    }

    fn notes(&self) -> MutexGuard<'_, Notes> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Recorder for Journal {
    fn stored(&self, queue: &str, place: u64, message: &OutboundMessage) {
        self.note(&stored(queue, place, message));
    }

    fn settled(&self, queue: &str, place: u64) {
        self.note(&settled(queue, place));
    }

    fn appended(&self, topic: &str, partition: u32, message: &OutboundMessage) {
        self.note(&appended(topic, partition, message));
    }

    fn committed(&self, topic: &str, group: &str, partition: u32, next: u64) {
        self.note(&committed(topic, group, partition, next));
    }
}

/// An entry with its length and a check in front: a process may be killed in the middle of writing it.
pub(super) fn frame(bytes: &mut Vec<u8>, entry: &[u8]) {
    bytes.extend_from_slice(&(entry.len() as u64).to_be_bytes());
    bytes.extend_from_slice(&fnv(entry).to_be_bytes());
    bytes.extend_from_slice(entry);
}

pub(super) fn queue(name: &str, shape: Shape) -> Vec<u8> {
    let mut put = entry(kind::QUEUE, name);
    put.size(shape.shards);
    put.u8(u8::from(shape.is_exclusive));
    put.size(shape.capacity);
    put.0
}

pub(super) fn bind(queue: &str, exchange: &str, pattern: &str) -> Vec<u8> {
    let mut put = entry(kind::BIND, queue);
    put.text(exchange);
    put.text(pattern);
    put.0
}

pub(super) fn delete_queue(name: &str) -> Vec<u8> {
    entry(kind::DELETE_QUEUE, name).0
}

pub(super) fn stored(queue: &str, place: u64, message: &OutboundMessage) -> Vec<u8> {
    let mut put = entry(kind::STORED, queue);
    put.u64(place);
    put.message(message);
    put.0
}

pub(super) fn settled(queue: &str, place: u64) -> Vec<u8> {
    let mut put = entry(kind::SETTLED, queue);
    put.u64(place);
    put.0
}

pub(super) fn topic(name: &str, partitions: usize, capacity: usize, retention: Retention) -> Vec<u8> {
    let mut put = entry(kind::TOPIC, name);
    put.size(partitions);
    put.size(capacity);
    put.u8(u8::from(retention == Retention::Newest));
    put.0
}

pub(super) fn delete_topic(name: &str) -> Vec<u8> {
    entry(kind::DELETE_TOPIC, name).0
}

pub(super) fn appended(topic: &str, partition: u32, message: &OutboundMessage) -> Vec<u8> {
    let mut put = entry(kind::APPENDED, topic);
    put.u32(partition);
    put.message(message);
    put.0
}

pub(super) fn committed(topic: &str, group: &str, partition: u32, next: u64) -> Vec<u8> {
    let mut put = entry(kind::COMMITTED, topic);
    put.text(group);
    put.u32(partition);
    put.u64(next);
    put.0
}

/// A partition begins at this offset: what was before it is gone.
pub(super) fn begins(topic: &str, partition: u32, start: u64) -> Vec<u8> {
    let mut put = entry(kind::BEGINS, topic);
    put.u32(partition);
    put.u64(start);
    put.0
}

fn entry(kind: u8, name: &str) -> Put {
    let mut put = Put::default();
    put.u8(kind);
    put.text(name);
    put
}
