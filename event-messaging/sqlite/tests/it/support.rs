//! Databases in files of their own, and a clock to turn by hand.

use event_contracts::MessageId;
use event_messaging::{InboxStore, OutboundMessage};
use event_messaging_sqlite::{SqliteOptions, SqliteStore};
use product_types::Timestamp;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};
use std::time::Duration;

pub(crate) const SECOND: Duration = Duration::from_secs(1);

/// A folder that goes with the test.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("event-messaging-sqlite-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.0.join("store.sqlite")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A wall clock that goes only when it is told to, also backwards. Clones are one clock.
#[derive(Clone)]
pub(crate) struct Wall(Arc<AtomicI64>);

impl Wall {
    pub(crate) fn new() -> Self {
        Self(Arc::new(AtomicI64::new(1_790_000_000_000)))
    }

    pub(crate) fn pass(&self, time: Duration) {
        self.0.fetch_add(millis(time), Ordering::SeqCst);
    }

    pub(crate) fn go_back(&self, time: Duration) {
        self.0.fetch_sub(millis(time), Ordering::SeqCst);
    }

    pub(crate) fn of(&self, store: SqliteStore) -> SqliteStore {
        let wall = self.clone();
        store.with_clock(move || Timestamp::from_unix_millis(wall.0.load(Ordering::SeqCst)).unwrap())
    }
}

fn millis(time: Duration) -> i64 {
    time.as_millis().try_into().unwrap()
}

pub(crate) async fn open(file: &Path) -> SqliteStore {
    SqliteStore::open(SqliteOptions::file(file)).await.unwrap()
}

/// A message of the key that is in front of `#`.
pub(crate) fn message(id: &str) -> OutboundMessage {
    let key = id.split('#').next().unwrap();
    let id = MessageId::new(id).unwrap();
    OutboundMessage::new(id, "product.events", "product.updated", key, "{}")
}

pub(crate) async fn write(store: &SqliteStore, ids: &[&str]) {
    let mut transaction = store.begin().await.unwrap();
    for id in ids {
        store.enqueue(&mut transaction, &message(id)).await.unwrap();
    }
    store.commit(transaction).await.unwrap();
}
