use super::Faults;
use super::line::Line;
use super::plan::{Fault, Passing, Plan};
use super::reorder::reordered;
use crate::clock;
use crate::{OutboundMessage, Outcome, Publisher};
use std::fmt;
use std::future::pending;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::watch;

/// A publisher whose connection fails as planned: one channel of it. Made by [`Faults::publisher`].
pub struct FaultyPublisher<P> {
    inner: P,
    line: Arc<Line>,
    plan: Arc<Plan>,
    random: Option<Mutex<fastrand::Rng>>,
    answer_within: Duration,
    /// How many messages were given to it.
    passed: AtomicU64,
    /// How often its channel was closed.
    closings: watch::Sender<u64>,
}

/// How a call ended.
enum End {
    Answered,
    Late,
    Cut,
}

impl<P: Publisher> FaultyPublisher<P> {
    pub(super) fn new(inner: P, faults: &Faults) -> Self {
        Self {
            inner,
            line: Arc::clone(&faults.line),
            plan: Arc::clone(&faults.publishing),
            random: faults
                .reorder
                .map(|seed| Mutex::new(fastrand::Rng::with_seed(seed))),
            answer_within: faults.answer_within,
            passed: AtomicU64::new(0),
            closings: watch::Sender::new(0),
        }
    }

    /// Closes its channel: what it has unconfirmed is [`Outcome::Unknown`], and the next call has a new one.
    pub fn close_channel(&self) {
        self.closings.send_modify(|closings| *closings += 1);
    }

    /// Hands the batch over as planned, and notes each answer as it comes.
    async fn hand_over(&self, batch: Vec<OutboundMessage>, answers: &mut [Option<Outcome>]) {
        let mut harmless = Vec::new();
        for (position, message) in self.order(batch) {
            let number = self.passed.fetch_add(1, Ordering::Relaxed) + 1;
            let passing = Passing::new(number, message.message_id.as_str(), &message.key);
            let Some(fault) = self.line.decide(&self.plan, &passing) else {
                harmless.push((position, message));
                continue;
            };
            self.pass(std::mem::take(&mut harmless), answers).await;
            answers[position] = self.fail(message, fault).await;
        }
        self.pass(harmless, answers).await;
    }

    /// The messages with their positions in the batch, in the order in which they go.
    fn order(&self, batch: Vec<OutboundMessage>) -> Vec<(usize, OutboundMessage)> {
        let Some(random) = &self.random else {
            return batch.into_iter().enumerate().collect();
        };
        let keys: Vec<&str> = batch.iter().map(|message| message.key.as_str()).collect();
        let order = reordered(&keys, &mut random.lock().unwrap_or_else(PoisonError::into_inner));
        let mut batch: Vec<Option<OutboundMessage>> = batch.into_iter().map(Some).collect();
        let taken = order
            .into_iter()
            .filter_map(|position| Some((position, batch[position].take()?)));
        taken.collect()
    }

    async fn pass(&self, messages: Vec<(usize, OutboundMessage)>, answers: &mut [Option<Outcome>]) {
        if messages.is_empty() {
            return;
        }
        self.line.open().await;
        let (positions, messages): (Vec<usize>, Vec<_>) = messages.into_iter().unzip();
        let outcomes = self.inner.publish(messages).await;
        for (position, outcome) in positions.into_iter().zip(outcomes) {
            answers[position] = Some(outcome);
        }
    }

    async fn fail(&self, message: OutboundMessage, fault: Fault) -> Option<Outcome> {
        self.line.open().await;
        match fault {
            Fault::Refuse => Some(Outcome::Nacked),
            Fault::Return => Some(Outcome::Unroutable),
            Fault::LoseMessage => Some(Outcome::Unknown),
            Fault::LoseAnswer => {
                self.inner.publish(vec![message]).await;
                Some(Outcome::Unknown)
            }
            Fault::Duplicate => {
                self.inner.publish(vec![message.clone()]).await;
                self.publish_one(message).await
            }
            Fault::Delay(time) => {
                clock::sleep(time).await;
                self.publish_one(message).await
            }
            Fault::Hang => pending().await,
            Fault::Cut => {
                self.line.cut(Duration::ZERO);
                pending().await
            }
            Fault::CloseChannel => {
                self.close_channel();
                pending().await
            }
        }
    }

    async fn publish_one(&self, message: OutboundMessage) -> Option<Outcome> {
        self.inner.publish(vec![message]).await.first().copied()
    }
}

impl<P: Publisher> Publisher for FaultyPublisher<P> {
    async fn publish(&self, batch: Vec<OutboundMessage>) -> Vec<Outcome> {
        let mut answers = vec![None; batch.len()];
        let (mut cuts, mut closings) = (self.line.cuts(), self.closings.subscribe());
        let deadline = clock::after(self.answer_within);
        let end = tokio::select! {
            biased;
            _ = cuts.changed() => End::Cut,
            _ = closings.changed() => End::Cut,
            () = self.hand_over(batch, &mut answers) => End::Answered,
            () = clock::sleep_until(deadline) => End::Late,
        };
        if matches!(end, End::Cut) {
            answers.fill(None);
        }
        answers
            .into_iter()
            .map(|answer| answer.unwrap_or(Outcome::Unknown))
            .collect()
    }
}

impl<P> fmt::Debug for FaultyPublisher<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FaultyPublisher")
            .field("line", &self.line)
            .finish_non_exhaustive()
    }
}
