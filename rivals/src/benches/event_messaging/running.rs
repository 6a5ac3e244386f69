//! What all measurements share: a runtime, and something that runs in it and counts what it has done.

use crate::harness::Batch;
use event_messaging_sqlite::{SqliteOptions, SqliteStore};
use std::future::{Future, poll_fn};
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::Poll;
use tokio::runtime::{Builder, Runtime};

pub(super) fn runtime() -> Runtime {
    Builder::new_current_thread()
        .enable_time()
        .build()
        .expect("a runtime can be made")
}

/// Runs `running`, which does not end, until it has done as many more as it is asked for; `done` counts them.
pub(super) fn until_done<T: 'static>(
    runtime: Runtime,
    running: impl Future<Output = T> + 'static,
    done: impl Fn() -> u64 + 'static,
) -> Batch {
    let mut running = Running {
        future: Some(Box::pin(running)),
        runtime,
    };
    let mut target = 0;
    Box::new(move |calls| {
        target += calls;
        let Running { future, runtime } = &mut running;
        runtime.block_on(poll_fn(|cx| {
            let is_running = future
                .as_mut()
                .is_some_and(|future| future.as_mut().poll(cx).is_pending());
            assert!(is_running, "nobody has stopped it");
            if done() >= target {
                Poll::Ready(())
            } else {
                Poll::Pending
            }
        }));
    })
}

/// What runs, and where.
struct Running<T> {
    future: Option<Pin<Box<dyn Future<Output = T>>>>,
    runtime: Runtime,
}

/// What runs may give back a connection, for which it must find its runtime.
impl<T> Drop for Running<T> {
    fn drop(&mut self) {
        let _context = self.runtime.enter();
        self.future = None;
    }
}

/// Keeps a thing for as long as the batch lives.
pub(super) fn keeping(kept: impl Sized + 'static, mut batch: Batch) -> Batch {
    Box::new(move |calls| {
        let _kept = &kept;
        batch(calls);
    })
}

/// A store in a file of its own, as it is by default: with the journal ahead of it, and every commit on the disk. The
/// directory is to live as long as the store.
pub(super) fn store(runtime: &Runtime) -> (SqliteStore, Directory) {
    let directory = Directory::new();
    let options = SqliteOptions::file(directory.0.join("messaging.db"));
    let store = runtime.block_on(SqliteStore::open(options));
    (store.expect("the file can be made"), directory)
}

/// A directory that is gone when it is dropped.
pub(super) struct Directory(PathBuf);

impl Directory {
    fn new() -> Self {
        static MADE: AtomicU64 = AtomicU64::new(0);
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("messaging-bench-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a directory can be made");
        Self(path)
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        // What is left is in the directory for such things.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
