use super::error::{Error, Kind};
use event_messaging::{Publisher, Relay, RelayConfig, RelayWaker};
use event_messaging_sqlite::SqliteStore;
use futures_util::future::BoxFuture;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::watch;

/// A publisher of any kind, ready to be given a relay.
pub(super) struct Publish(MakeRelay);

type MakeRelay = Box<dyn FnOnce(SqliteStore, RelayConfig) -> Result<Prepared, Error> + Send>;

/// A relay that does not run yet.
pub(super) struct Prepared {
    pub(super) waker: RelayWaker,
    run: Box<dyn FnOnce(watch::Receiver<bool>) -> BoxFuture<'static, ()> + Send>,
}

impl Publish {
    pub(super) fn to(publisher: impl Publisher + 'static) -> Self {
        Self(Box::new(move |outbox, config| {
            let relay =
                Relay::new(outbox, publisher, config).map_err(|cause| Error::new(Kind::Relay(cause)))?;
            Ok(Prepared {
                waker: relay.waker(),
                run: Box::new(move |mut stop| {
                    Box::pin(async move {
                        let stopped = async move {
                            // Who holds the sender is gone: then it is time to stop as well.
                            let _ = stop.wait_for(|stop| *stop).await;
                        };
                        let counts = relay.run(stopped).await;
                        tracing::info!(sent = counts.sent, "the relay of events has stopped");
                    })
                }),
            })
        }))
    }

    pub(super) fn prepare(self, outbox: SqliteStore, config: RelayConfig) -> Result<Prepared, Error> {
        (self.0)(outbox, config)
    }
}

impl Prepared {
    /// Runs until `stop`, and then sends what is there. `runs` is set for as long.
    pub(super) async fn run(self, stop: watch::Receiver<bool>, runs: Arc<AtomicBool>) {
        let _running = Running::begin(runs);
        (self.run)(stop).await;
    }
}

/// Unsets the flag however the relay ends.
struct Running(Arc<AtomicBool>);

impl Running {
    fn begin(flag: Arc<AtomicBool>) -> Self {
        flag.store(true, Ordering::Relaxed);
        Self(flag)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}
