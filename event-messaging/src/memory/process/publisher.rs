use super::link::Link;
use super::reply::Answer;
use super::request::{Face, Question};
use crate::clock::{self, Instant};
use crate::{OutboundMessage, Outcome, Publisher};
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, Semaphore};

/// A publisher to a [`Server`](super::Server). Calls share one connection and do not wait for each other; in the order
/// in which they begin, their messages are stored.
///
/// An answer takes at most 8 seconds, which is more than the server waits for room in a full queue, and less than a
/// [`Relay`](crate::Relay) waits; at most 1,024 messages are unconfirmed at a time, and calls beyond that wait. A server
/// that is not there, or that takes nothing, makes every message [`Outcome::Unknown`] in that time; those handed over to
/// the latter stay unconfirmed until it answers or the connection is lost, so that no more than these are held.
pub struct RemotePublisher {
    socket: Arc<PathBuf>,
    face: Face,
    link: Mutex<Option<Arc<Link>>>,
    answer_within: Duration,
    unconfirmed: usize,
    window: Arc<Semaphore>,
}

impl RemotePublisher {
    pub(super) fn new(socket: Arc<PathBuf>, face: Face) -> Self {
        let unconfirmed = 1_024;
        Self {
            socket,
            face,
            link: Mutex::new(None),
            answer_within: Duration::from_secs(8),
            unconfirmed,
            window: Arc::new(Semaphore::new(unconfirmed)),
        }
    }

    /// Sets how long a call may take.
    #[must_use]
    pub fn with_answer_within(mut self, time: Duration) -> Self {
        self.answer_within = time;
        self
    }

    /// Sets how many messages may be unconfirmed at a time, at least 1.
    #[must_use]
    pub fn with_unconfirmed(mut self, messages: usize) -> Self {
        self.unconfirmed = messages.clamp(1, u32::MAX as usize);
        self.window = Arc::new(Semaphore::new(self.unconfirmed));
        self
    }

    async fn hand_over(&self, messages: Vec<OutboundMessage>, deadline: Instant) -> Option<Vec<Outcome>> {
        let permits = u32::try_from(messages.len()).unwrap_or(u32::MAX);
        let window = Arc::clone(&self.window).acquire_many_owned(permits);
        let window = clock::until(deadline, window).await?.ok()?;
        // Held while the question is put, so that calls keep their order.
        let mut place = clock::until(deadline, self.link.lock()).await?;
        let link = match place.take().filter(|link| !link.is_lost()) {
            Some(link) => link,
            None => clock::until(deadline, Link::await_open(&self.socket)).await?.0,
        };
        *place = Some(Arc::clone(&link));
        let asked = link
            .put(Question::Publish(self.face, messages), Some(window))
            .ok()?;
        drop(place);
        let answer = asked.answer(deadline).await;
        match answer {
            Ok(Answer::Outcomes(outcomes)) => Some(outcomes),
            _ => None,
        }
    }
}

impl Publisher for RemotePublisher {
    async fn publish(&self, mut batch: Vec<OutboundMessage>) -> Vec<Outcome> {
        let expected = batch.len();
        let deadline = clock::after(self.answer_within);
        let mut outcomes = Vec::with_capacity(expected);
        while !batch.is_empty() {
            let rest = batch.split_off(batch.len().min(self.unconfirmed));
            let messages = std::mem::replace(&mut batch, rest);
            let size = messages.len();
            let answered = self.hand_over(messages, deadline).await.unwrap_or_default();
            let done = outcomes.len() + size;
            outcomes.extend(answered);
            outcomes.resize(done, Outcome::Unknown);
        }
        outcomes.resize(expected, Outcome::Unknown);
        outcomes
    }
}

impl fmt::Debug for RemotePublisher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RemotePublisher")
            .field("socket", &self.socket)
            .field("face", &self.face)
            .finish_non_exhaustive()
    }
}
