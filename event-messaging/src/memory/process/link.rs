//! A client's connection: questions that are answered in any order, and what comes unasked.

use super::reply::{Answer, Push, Reason, Reply};
use super::request::{Question, Request};
use super::socket::{Frame, Reader, write_all};
use crate::clock::{self, Instant};
use crate::memory::TransportError;
use crate::memory::error::Kind;
use std::collections::HashMap;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::net::UnixStream;
use tokio::sync::{OwnedSemaphorePermit, mpsc, oneshot};

/// The pause before the next try to reach a server that is not there.
const AGAIN_AFTER: Duration = Duration::from_millis(20);

/// It ends when all who hold it are gone, after all that was sent was written.
#[derive(Debug)]
pub(super) struct Link {
    frames: mpsc::UnboundedSender<Vec<u8>>,
    asked: AtomicU64,
    open: Arc<Mutex<Open>>,
}

/// The questions that are not answered yet.
#[derive(Debug, Default)]
struct Open {
    questions: HashMap<u64, Waiting>,
    is_lost: bool,
}

/// A question that is not answered yet.
#[derive(Debug)]
struct Waiting {
    /// `None` when its asker has gone.
    asker: Option<oneshot::Sender<Answer>>,
    /// The room it takes up until it is answered, or the connection lost; not only until its asker goes, or questions to a
    /// server that takes nothing would pile up.
    window: Option<OwnedSemaphorePermit>,
}

/// A question that was sent. Its asker may go before the answer comes.
pub(super) struct Asked {
    number: u64,
    open: Arc<Mutex<Open>>,
    answered: oneshot::Receiver<Answer>,
}

impl Link {
    /// Connects, and gives what comes unasked; that ends when the connection does.
    pub(super) async fn open(socket: &Path) -> io::Result<(Arc<Self>, mpsc::UnboundedReceiver<Push>)> {
        let (reading, writing) = UnixStream::connect(socket).await?.into_split();
        let (frames, to_write) = mpsc::unbounded_channel();
        let (pushes, pushed) = mpsc::unbounded_channel();
        let open = Arc::new(Mutex::new(Open::default()));
        let answered = Arc::clone(&open);
        // Weak, because the connection ends with those who can send.
        let back = frames.downgrade();
        tokio::spawn(async move {
            let mut reader = Reader::new(reading);
            tokio::select! {
                () = read_all(&mut reader, &answered, &pushes, &back) => {}
                // Nobody can send any more, or the server takes no more: then nobody waits either.
                () = write_all(writing, to_write) => {}
            }
            let mut open = lock(&answered);
            open.is_lost = true;
            open.questions.clear();
        });
        let link = Self {
            frames,
            asked: AtomicU64::new(0),
            open,
        };
        Ok((Arc::new(link), pushed))
    }

    /// Connects as soon as there is a server, however long that takes.
    pub(super) async fn await_open(socket: &Path) -> (Arc<Self>, mpsc::UnboundedReceiver<Push>) {
        loop {
            match Self::open(socket).await {
                Ok(opened) => return opened,
                Err(error) => {
                    tracing::debug!(error = &error as &dyn std::error::Error, "no server yet");
                    clock::sleep(AGAIN_AFTER).await;
                }
            }
        }
    }

    pub(super) fn is_lost(&self) -> bool {
        lock(&self.open).is_lost
    }

    /// Sends what has no answer.
    pub(super) fn send(&self, request: &Request) -> Result<(), TransportError> {
        if self.is_lost() {
            return Err(disconnected());
        }
        self.frames.send(request.framed()).map_err(|_| disconnected())
    }

    /// Asks, and waits for the answer until `deadline`.
    pub(super) async fn ask(&self, question: Question, deadline: Instant) -> Result<Answer, TransportError> {
        self.put(question, None)?.answer(deadline).await
    }

    /// Asks. `window` is held until the question is answered, or the connection lost.
    pub(super) fn put(
        &self,
        question: Question,
        window: Option<OwnedSemaphorePermit>,
    ) -> Result<Asked, TransportError> {
        let (answer, answered) = oneshot::channel();
        let number = self.asked.fetch_add(1, Ordering::Relaxed);
        let waiting = Waiting {
            asker: Some(answer),
            window,
        };
        {
            let mut open = lock(&self.open);
            // Nobody would clear it away.
            if open.is_lost {
                return Err(disconnected());
            }
            open.questions.insert(number, waiting);
        }
        let open = Arc::clone(&self.open);
        let asked = Asked {
            number,
            open,
            answered,
        };
        self.send(&Request::Ask(number, question))?;
        Ok(asked)
    }
}

impl Asked {
    /// Waits for the answer until `deadline`.
    pub(super) async fn answer(mut self, deadline: Instant) -> Result<Answer, TransportError> {
        match clock::until(deadline, &mut self.answered).await {
            Some(Ok(Answer::Refused(Reason::Fenced, partition))) => {
                Err(TransportError::new(Kind::Fenced(partition)))
            }
            Some(Ok(Answer::Refused(Reason::Other, why))) => Err(TransportError::new(Kind::Refused(why))),
            Some(Ok(answer)) => Ok(answer),
            Some(Err(_)) => Err(disconnected()),
            None => Err(TransportError::new(Kind::Io(io::ErrorKind::TimedOut.into()))),
        }
    }
}

async fn read_all(
    reader: &mut Reader,
    open: &Mutex<Open>,
    pushes: &mpsc::UnboundedSender<Push>,
    back: &mpsc::WeakUnboundedSender<Vec<u8>>,
) {
    while let Ok(reply) = reader.frame::<Reply>().await {
        match reply {
            Reply::Answer(number, answer) => {
                let waiting = lock(open).questions.remove(&number);
                if let Some(asker) = waiting.and_then(|waiting| waiting.asker) {
                    // Who asked may have gone.
                    let _ = asker.send(answer);
                }
            }
            Reply::Push(push) => {
                // A delivery that was on its way when its consumer went is nobody's.
                if let Err(mpsc::error::SendError(Push::Delivery { tag, .. })) = pushes.send(push)
                    && let Some(frames) = back.upgrade()
                {
                    let _ = frames.send(Request::GiveBack(tag).framed());
                }
            }
        }
    }
}

impl Drop for Asked {
    fn drop(&mut self) {
        let mut open = lock(&self.open);
        match open.questions.get_mut(&self.number) {
            Some(waiting) if waiting.window.is_some() => waiting.asker = None,
            _ => {
                open.questions.remove(&self.number);
            }
        }
    }
}

pub(super) fn disconnected() -> TransportError {
    TransportError::new(Kind::Disconnected)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
