use super::face::Face;
use super::server::{ServerProcess, socket};
use event_messaging::memory::faults::{Fault, Faults, FaultyPublisher, Plan};
use event_messaging::memory::process::{Client, RemotePublisher};
use event_messaging::{OutboundMessage, Outcome, Publisher};
use event_messaging_conformance::faults::{CannotInject, Letter, Transport};
use std::collections::BTreeSet;
use std::marker::PhantomData;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// The broker in a process of its own, behind a connection that fails on demand.
pub(crate) struct Memory<F> {
    client: Client,
    faults: Faults,
    refused: Arc<Mutex<BTreeSet<String>>>,
    folder: PathBuf,
    /// Only where it was made, and not where it was attached to.
    server: Mutex<Option<ServerProcess>>,
    face: PhantomData<fn() -> F>,
}

/// A publisher of it: a channel of its own on the one connection.
pub(crate) struct MemoryPublisher {
    inner: FaultyPublisher<RemotePublisher>,
    is_to_be_closed: Arc<AtomicBool>,
}

/// A client of the broker of a folder.
pub(crate) fn client(folder: &Path) -> Client {
    Client::new(socket(folder)).with_patience(Duration::from_secs(60))
}

impl<F: Face> Memory<F> {
    /// Freezes the broker where it is, or lets it go on: its connections stay open, and it takes and says nothing.
    pub(crate) fn freeze(&self, is_frozen: bool) {
        let server = self.server.lock().unwrap();
        server.as_ref().unwrap().freeze(is_frozen);
    }

    fn new(folder: &Path, server: Option<ServerProcess>) -> Self {
        Self {
            client: client(folder),
            // Longer than anybody waits: who is blocked ends by a deadline of its own.
            faults: Faults::new().with_answer_within(Duration::from_secs(60)),
            refused: Arc::default(),
            folder: folder.to_owned(),
            server: Mutex::new(server),
            face: PhantomData,
        }
    }
}

impl<F: Face> Transport for Memory<F> {
    type Publisher = MemoryPublisher;

    type Intake = F::Intake;

    async fn fresh(folder: &Path) -> Self {
        let memory = Self::new(folder, Some(ServerProcess::start(folder)));
        F::declare(&memory.client).await;
        memory
    }

    async fn attach(folder: &Path) -> Self {
        Self::new(folder, None)
    }

    fn publisher(&self) -> MemoryPublisher {
        let (refused, is_to_be_closed) = (Arc::clone(&self.refused), Arc::new(AtomicBool::new(false)));
        let plan = Plan::script({
            let is_to_be_closed = Arc::clone(&is_to_be_closed);
            move |passing| {
                let is_refused = refused.lock().unwrap().contains(passing.key);
                let is_closed = is_to_be_closed.swap(false, Ordering::Relaxed);
                match (is_closed, is_refused) {
                    (true, _) => Some(Fault::CloseChannel),
                    (false, true) => Some(Fault::Refuse),
                    (false, false) => None,
                }
            }
        });
        let publisher = F::publisher(&self.client).with_answer_within(Duration::from_secs(60));
        MemoryPublisher {
            inner: self.faults.clone().with_publish_plan(plan).publisher(publisher),
            is_to_be_closed,
        }
    }

    fn intake(&self, prefetch: usize) -> F::Intake {
        F::intake(&self.client, &self.faults, prefetch)
    }

    async fn waiting(&self) -> u64 {
        F::waiting(&self.client).await
    }

    async fn dead_letters(&self) -> Vec<Letter> {
        F::dead_letters(&self.client).await
    }

    async fn refuse(&self, key: &str, is_refused: bool) -> Result<(), CannotInject> {
        let mut refused = self.refused.lock().unwrap();
        if is_refused {
            refused.insert(key.to_owned());
        } else {
            refused.remove(key);
        }
        Ok(())
    }

    async fn cut(&self) -> Result<(), CannotInject> {
        self.faults.cut();
        Ok(())
    }

    async fn block(&self, is_blocked: bool) -> Result<(), CannotInject> {
        if is_blocked {
            self.faults.block();
        } else {
            self.faults.unblock();
        }
        Ok(())
    }

    async fn close_channel(&self, publisher: &MemoryPublisher) -> Result<(), CannotInject> {
        publisher.is_to_be_closed.store(true, Ordering::Relaxed);
        Ok(())
    }

    async fn restart(&self) -> Result<(), CannotInject> {
        {
            let mut server = self.server.lock().unwrap();
            // Killed before the next one takes its socket.
            drop(server.take());
            *server = Some(ServerProcess::start(&self.folder));
        }
        // Whoever answers is back.
        F::waiting(&self.client).await;
        Ok(())
    }

    async fn delete_intake(&self) -> Result<(), CannotInject> {
        F::delete(&self.client).await;
        Ok(())
    }
}

impl Publisher for MemoryPublisher {
    async fn publish(&self, batch: Vec<OutboundMessage>) -> Vec<Outcome> {
        self.inner.publish(batch).await
    }
}
