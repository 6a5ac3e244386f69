//! The suite of stores: several handles on one file, as several processes have; and one pool for all.

use crate::support::{Folder, Wall, open};
use event_messaging_conformance::store::Stores;
use event_messaging_sqlite::{SqliteOptions, SqliteStore};
use std::time::Duration;

struct File {
    folder: Folder,
    wall: Wall,
}

impl Stores for File {
    type Store = SqliteStore;

    async fn open(&self) -> SqliteStore {
        self.wall.of(open(&self.folder.file()).await)
    }

    async fn pass(&self, time: Duration) {
        self.wall.pass(time);
    }
}

struct OnePool {
    store: SqliteStore,
    wall: Wall,
}

impl Stores for OnePool {
    type Store = SqliteStore;

    async fn open(&self) -> SqliteStore {
        self.store.clone()
    }

    async fn pass(&self, time: Duration) {
        self.wall.pass(time);
    }
}

mod handles_on_one_file {
    use super::*;

    async fn fresh() -> File {
        File {
            folder: Folder::new(),
            wall: Wall::new(),
        }
    }

    event_messaging_conformance::store_tests! { #[tokio::test] fresh }
}

mod one_connection_in_memory {
    use super::*;

    async fn fresh() -> OnePool {
        let wall = Wall::new();
        let store = SqliteStore::open(SqliteOptions::memory()).await.unwrap();
        OnePool {
            store: wall.of(store),
            wall,
        }
    }

    event_messaging_conformance::store_tests! { #[tokio::test] fresh }
}
